import AulaModel

/// Looks at a request's options before anything is done: what the server refuses as `CreateOptions`, `ListOptions` and
/// so on (`ValidateListOptions` and its neighbours in k8s.io/apimachinery).
enum RequestOptions {
    private static let group = "meta.k8s.io"

    /// - Throws: 422 for an option whose value is none, 406 and 415 for a format that is not spoken here.
    static func check(_ request: SandboxRequest, verb: String, _ target: RequestTarget) throws(APIStatus) {
        if target.subresource != "log" { try checkAccept(request) }
        let name =
            switch verb {
            case "create": "CreateOptions"
            case "update": "UpdateOptions"
            case "patch": "PatchOptions"
            case "list", "watch": "ListOptions"
            case "delete", "deletecollection": "DeleteOptions"
            default: ""
            }
        let problems: [FieldProblem]
        switch verb {
        case "create", "update", "patch": problems = writeProblems(request, verb)
        case "list": problems = listProblems(request)
        case "watch": problems = watchProblems(request)
        case "delete", "deletecollection": problems = deleteProblems(request)
        default: problems = []
        }
        guard problems.isEmpty else { throw .invalid(kind: name, group: group, name: "", problems) }
    }

    private static let acceptable = ["*/*", "application/*", "application/json", "application/yaml"]
    static let bodyTypes = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]

    private static func checkAccept(_ request: SandboxRequest) throws(APIStatus) {
        guard let accept = request.headers["accept"], !accept.isEmpty else { return }
        let types = accept.split(separator: ",").map(Self.mediaType)
        guard !types.contains(where: acceptable.contains) else { return }
        throw APIStatus(
            code: 406, reason: "NotAcceptable",
            message: "406: Not Acceptable\n\nAvailable representations: " + bodyTypes.joined(separator: ", "),
            details: [:])
    }

    /// - Throws: 415 for a body that is neither JSON nor YAML nor protobuf.
    static func checkBody(_ request: SandboxRequest) throws(APIStatus) {
        let type = mediaType(request.headers["content-type"]?[...] ?? "")
        guard !type.isEmpty, !bodyTypes.contains(type) else { return }
        throw .unknownFormat(accepted: bodyTypes)
    }

    static func mediaType(_ header: Substring) -> String {
        String(header.prefix { $0 != ";" }.filter { $0 != " " }).lowercased()
    }

    private static func writeProblems(_ request: SandboxRequest, _ verb: String) -> [FieldProblem] {
        var problems = dryRunProblems(request.query.filter { $0.name == "dryRun" }.map(\.value))
        let isApply = mediaType(request.headers["content-type"]?[...] ?? "") == "application/apply-patch+yaml"
        let manager = request.parameter("fieldManager") ?? ""
        if verb == "patch" {
            if isApply, manager.isEmpty {
                problems.append(.required("fieldManager", "is required for apply patch"))
            } else if !isApply, let force = request.parameter("force"), ["true", "1"].contains(force) {
                problems.append(.forbidden("force", "may not be specified for non-apply patch"))
            }
        }
        if manager.utf8.count > 128 { problems.append(.tooLong("fieldManager", 128)) }
        if let word = request.parameter("fieldValidation"), !word.isEmpty, FieldValidation(rawValue: word) == nil {
            problems.append(.unsupported("fieldValidation", .string(word), ["", "Ignore", "Strict", "Warn"]))
        }
        return problems
    }

    private static func dryRunProblems(_ words: [String]) -> [FieldProblem] {
        guard words.contains(where: { $0 != "All" }) else { return [] }
        return [.unsupported("dryRun", .array(words.map { .string($0) }), ["All"])]
    }

    private static func deleteProblems(_ request: SandboxRequest) -> [FieldProblem] {
        let body = request.body.isEmpty ? [:] : (try? WriteRequest.decode(request.body)) ?? [:]
        var problems = dryRunProblems(
            request.query.filter { $0.name == "dryRun" }.map(\.value) + body.strings("dryRun"))
        guard let policy = body["propagationPolicy"]?.string ?? request.parameter("propagationPolicy") else {
            return problems
        }
        if Propagation(rawValue: policy) == nil {
            problems.append(
                .unsupported("propagationPolicy", .string(policy), ["Foreground", "Background", "Orphan", "nil"]))
        }
        if body["orphanDependents"]?.bool ?? (request.parameter("orphanDependents").map { $0 == "true" }) != nil {
            problems.append(
                .invalid(
                    "propagationPolicy", .string(policy),
                    "orphanDependents and deletionPropagation cannot be both set"))
        }
        return problems
    }

    private static let match = "resourceVersionMatch"

    private static func listProblems(_ request: SandboxRequest) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let version = request.parameter("resourceVersion") ?? ""
        if let word = request.parameter(match), !word.isEmpty {
            if version.isEmpty {
                problems.append(.forbidden(match, "\(match) is forbidden unless resourceVersion is provided"))
            }
            if request.parameter("continue")?.isEmpty == false {
                problems.append(.forbidden(match, "\(match) is forbidden when continue is provided"))
            }
            if !["Exact", "NotOlderThan"].contains(word) {
                problems.append(.unsupported(match, .string(word), ["Exact", "NotOlderThan", ""]))
            }
            if word == "Exact", version == "0" {
                problems.append(.forbidden(match, "\(match) \"exact\" is forbidden for resourceVersion \"0\""))
            }
        }
        if request.parameter("sendInitialEvents") != nil {
            problems.append(.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"))
        }
        return problems
    }

    private static func watchProblems(_ request: SandboxRequest) -> [FieldProblem] {
        let word = request.parameter(match) ?? ""
        let replays = request.parameter("sendInitialEvents") != nil
        if replays, word != "NotOlderThan" {
            return [.forbidden(match, "sendInitialEvents requires setting \(match) to NotOlderThan")]
        }
        if !replays, !word.isEmpty {
            return [.forbidden(match, "\(match) is forbidden for watch unless sendInitialEvents is provided")]
        }
        return []
    }
}
