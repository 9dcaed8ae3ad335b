import AulaModel

extension FieldCheck {
    func podProblems(_ value: JSON, _ field: String, _ object: JSON) -> [FieldProblem] {
        switch self {
        case .containerNames: Self.duplicates(value, field)
        case .volumeSource: Self.oneSource(value, field)
        case .mounts: Self.mounts(value, field, object)
        case .mountPaths: Self.mountPaths(value, field)
        case .variable: Self.variable(value, field)
        case .handler: Self.handler(value, field)
        case .resources: Self.resources(value, field)
        case .privilege:
            value["privileged"] == true && value["allowPrivilegeEscalation"] == false
                ? [
                    .invalid(
                        field, value, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
                ] : []
        default: []
        }
    }

    private static func duplicates(_ spec: JSON, _ field: String) -> [FieldProblem] {
        var seen: Set<JSON> = []
        return ["initContainers", "containers"].flatMap { list in
            spec.items(list).enumerated().compactMap { index, container in
                guard let name = container["name"], name != "", !seen.insert(name).inserted else { return nil }
                return FieldProblem.duplicate("\(field).\(list)[\(index)].name", name)
            }
        }
    }

    private static func oneSource(_ volume: JSON, _ field: String) -> [FieldProblem] {
        let sources = (volume.object?.keys ?? []).filter { $0 != "name" }
        if sources.isEmpty { return [.required(field, "must specify a volume type")] }
        return sources.dropFirst().map { .forbidden("\(field).\($0)", "may not specify more than 1 volume type") }
    }

    /// Each mount names a volume of the pod, or a claim that its stateful set makes.
    private static func mounts(_ spec: JSON, _ field: String, _ object: JSON) -> [FieldProblem] {
        let claims = object.items("spec", "volumeClaimTemplates").map(\.name)
        let volumes = Set(spec.items("volumes").compactMap { $0["name"]?.string } + claims)
        return ["initContainers", "containers"].flatMap { list in
            spec.items(list).enumerated().flatMap { index, container in
                container.items("volumeMounts").enumerated().compactMap { place, mount in
                    guard let name = mount["name"]?.string, !name.isEmpty, !volumes.contains(name) else { return nil }
                    return FieldProblem.notFound(
                        "\(field).\(list)[\(index)].volumeMounts[\(place)].name", .string(name))
                }
            }
        }
    }

    private static func mountPaths(_ mounts: JSON, _ field: String) -> [FieldProblem] {
        var seen: Set<JSON> = []
        return (mounts.array ?? []).enumerated().compactMap { index, mount in
            guard let path = mount["mountPath"], !seen.insert(path).inserted else { return nil }
            return .invalid("\(field)[\(index)].mountPath", path, "must be unique")
        }
    }

    private static func variable(_ variable: JSON, _ field: String) -> [FieldProblem] {
        guard let source = variable["valueFrom"] else { return [] }
        if let value = variable["value"]?.string, !value.isEmpty {
            return [.invalid("\(field).valueFrom", "", "may not be specified when `value` is not empty")]
        }
        switch source.object?.count ?? 0 {
        case 0:
            return [
                .invalid(
                    "\(field).valueFrom", "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, "
                        + "`configMapKeyRef` or `secretKeyRef`")
            ]
        case 1: return []
        default:
            return [.invalid("\(field).valueFrom", "", "may not have more than one field specified at a time")]
        }
    }

    private static func handler(_ holder: JSON, _ field: String) -> [FieldProblem] {
        let handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"].filter { holder[$0] != nil }
        if handlers.isEmpty { return [.required(field, "must specify a handler type")] }
        return handlers.dropFirst().map {
            .forbidden("\(field).\($0)", "may not specify more than 1 handler type")
        }
    }

    private static func resources(_ resources: JSON, _ field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for list in ["limits", "requests"] {
            for member in resources.members(list) {
                let place = "\(field).\(list)[\(member.key)]"
                if !member.key.contains("/"), !["cpu", "memory", "ephemeral-storage"].contains(member.key),
                    !member.key.hasPrefix("hugepages-")
                {
                    problems.append(.invalid(place, .string(member.key), "must be a standard resource for containers"))
                } else if amount(member.value).map({ $0 < .zero }) ?? true {
                    problems.append(.invalid(place, member.value, "must be greater than or equal to 0"))
                }
            }
        }
        for request in resources.members("requests") {
            guard let limit = resources[["limits", request.key]]?.string, let most = Quantity(limit),
                let wanted = amount(request.value), wanted > most
            else { continue }
            problems.append(
                .invalid(
                    "\(field).requests", request.value, "must be less than or equal to \(request.key) limit of \(limit)"
                ))
        }
        return problems
    }
}
