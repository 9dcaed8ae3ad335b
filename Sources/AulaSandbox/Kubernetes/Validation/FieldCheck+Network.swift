import AulaModel

extension FieldCheck {
    func networkProblems(_ value: JSON, _ field: String, _ object: JSON) -> [FieldProblem] {
        switch self {
        case .service: Self.service(value, field)
        case .servicePorts: Self.servicePorts(value, field, object[["spec", "type"]]?.string ?? "")
        case .ingress:
            value.items("rules").isEmpty && value["defaultBackend"] == nil
                ? [.invalid(field, value, "either `defaultBackend` or `rules` must be specified")] : []
        case .backend: Self.backend(value, field)
        case .host: Self.host(value.string ?? "", field)
        case .path:
            ["Exact", "Prefix"].contains(value["pathType"]?.string ?? "")
                && value["path"]?.string?.hasPrefix("/") != true
                ? [.invalid("\(field).path", value["path"] ?? "", "must be an absolute path")] : []
        case .endPort: Self.endPort(value, field)
        case .peer: Self.peer(value, field)
        case .labelSelector: Self.labelSelector(value, field)
        default: []
        }
    }

    private static let serviceTypes = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]

    private static func service(_ spec: JSON, _ field: String) -> [FieldProblem] {
        let type = spec["type"]?.string ?? ""
        var problems: [FieldProblem] = []
        if spec.items("ports").isEmpty, type != "ExternalName", spec["clusterIP"] != "None" {
            problems.append(.required("\(field).ports"))
        }
        if spec["clusterIP"] == "None", ["NodePort", "LoadBalancer"].contains(type) {
            problems.append(
                .invalid(
                    "\(field).clusterIPs[0]", "None", "may not be set to 'None' for \(type) services"))
        }
        if type == "ExternalName" {
            let name = spec["externalName"]?.string ?? ""
            if name.isEmpty { problems.append(.required("\(field).externalName")) }
            if spec["clusterIP"]?.string?.isEmpty == false {
                problems.append(.forbidden("\(field).clusterIPs", "may not be set for ExternalName services"))
            }
        } else if let address = spec["clusterIP"]?.string, address != "None", !address.isEmpty,
            !FieldForm.isAddress(address)
        {
            problems.append(
                .invalid(
                    "\(field).clusterIPs[0]", .string(address),
                    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
        }
        if !serviceTypes.contains(type) { problems.append(.unsupported("\(field).type", .string(type), serviceTypes)) }
        if type != "LoadBalancer", spec["loadBalancerClass"] != nil {
            problems.append(
                .forbidden("\(field).loadBalancerClass", "may only be used when `type` is 'LoadBalancer'"))
        }
        if let policy = spec["externalTrafficPolicy"], type == "ClusterIP", spec.items("externalIPs").isEmpty {
            problems.append(
                .invalid(
                    "\(field).externalTrafficPolicy", policy,
                    "may only be set for externally-accessible services"))
        }
        return problems
    }

    private static func servicePorts(_ ports: JSON, _ field: String, _ type: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let ports = ports.array ?? []
        var seen: Set<JSON> = []
        var names: Set<JSON> = []
        for (index, port) in ports.enumerated() {
            let place = "\(field)[\(index)]"
            let name = port["name"] ?? ""
            if name == "" {
                if ports.count > 1 { problems.append(.required("\(place).name")) }
            } else if !names.insert(name).inserted {
                problems.append(.duplicate("\(place).name", name))
            }
            if type == "ClusterIP", let number = port["nodePort"]?.int, number != 0 {
                problems.append(
                    .forbidden("\(place).nodePort", "may not be used when `type` is 'ClusterIP'"))
            }
            if !seen.insert([port["port"] ?? .null, port["protocol"] ?? "TCP"]).inserted {
                problems.append(.duplicate(place, ["port": port["port"] ?? 0, "protocol": port["protocol"] ?? "TCP"]))
            }
        }
        return problems
    }

    private static func backend(_ backend: JSON, _ field: String) -> [FieldProblem] {
        guard let service = backend["service"] else {
            return backend["resource"] == nil ? [.required(field, "must specify a service or a resource")] : []
        }
        if backend["resource"] != nil {
            return [.invalid(field, "", "cannot set both resource and service backends")]
        }
        var problems: [FieldProblem] = []
        let name = service["name"]?.string ?? ""
        if name.isEmpty {
            problems.append(.required("\(field).service.name"))
        } else if !NameRule.service.accepts(name) {
            problems.append(.invalid("\(field).service.name", .string(name), NameRule.service.message))
        }
        let port = service["port"] ?? [:]
        let number = port["number"]?.int ?? 0
        switch (port["name"]?.string ?? "", number) {
        case ("", 0): problems.append(.required(field, "port name or number is required"))
        case ("", _): FieldForm.port.problem(.int(number), "\(field).service.port.number").map { problems.append($0) }
        case (let name, 0):
            FieldForm.portname.problem(.string(name), "\(field).service.port.name").map { problems.append($0) }
        default: problems.append(.invalid(field, "", "cannot set both port name & port number"))
        }
        return problems
    }

    private static func host(_ host: String, _ field: String) -> [FieldProblem] {
        if host.isEmpty { return [] }
        if FieldForm.isAddress(host) {
            return [.invalid(field, .string(host), "must be a DNS name, not an IP address")]
        }
        let name = host.hasPrefix("*.") ? String(host.dropFirst(2)) : host
        if host.hasPrefix("*"), host.hasPrefix("*.") == false || !NameRule.subdomain.accepts(name) {
            return [
                .invalid(
                    field, .string(host),
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
                        + "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric "
                        + "character (e.g. '*.example.com', regex used for validation is "
                        + "'\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
            ]
        }
        return NameRule.subdomain.accepts(name) ? [] : [.invalid(field, .string(host), NameRule.subdomain.message)]
    }

    private static func endPort(_ port: JSON, _ field: String) -> [FieldProblem] {
        guard let end = port["endPort"]?.int else { return [] }
        guard let start = port["port"] else {
            return [.required("\(field).endPort", "must be specified when `endPort` is specified")]
        }
        guard let first = start.int else {
            return [.invalid("\(field).endPort", .int(end), "may not be specified when `port` is non-numeric")]
        }
        return end < first
            ? [.invalid("\(field).endPort", .int(end), "must be greater than or equal to `port`")] : []
    }

    private static func peer(_ peer: JSON, _ field: String) -> [FieldProblem] {
        let count = peer.object?.count ?? 0
        if count == 0 { return [.required(field, "must specify a peer")] }
        return peer["ipBlock"] != nil && count > 1
            ? [.forbidden(field, "may not specify both ipBlock and another peer")] : []
    }

    static func labelSelector(_ selector: JSON, _ field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for (index, expression) in selector.items("matchExpressions").enumerated() {
            let place = "\(field).matchExpressions[\(index)]"
            let hasValues = !expression.items("values").isEmpty
            switch expression["operator"]?.string ?? "" {
            case "In", "NotIn":
                if !hasValues {
                    problems.append(
                        .required("\(place).values", "must be specified when `operator` is 'In' or 'NotIn'"))
                }
            case "Exists", "DoesNotExist":
                if hasValues {
                    problems.append(
                        .forbidden(
                            "\(place).values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
                }
            case let word:
                problems.append(.invalid("\(place).operator", .string(word), "not a valid selector operator"))
            }
        }
        return problems + MetadataRules.labels(selector["matchLabels"], "\(field).matchLabels")
    }
}
