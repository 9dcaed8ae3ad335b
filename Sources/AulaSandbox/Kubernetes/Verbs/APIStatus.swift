import AulaModel
import Foundation

/// An answer that is no object: the API's `Status` of a failure.
struct APIStatus: Error {
    let code: Int
    var reason: String?
    let message: String
    var details: JSON?
    var headers: [(name: String, value: String)] = []
    /// The answer is the message alone, not a `Status`.
    var isPlain = false

    var response: SandboxResponse {
        if isPlain {
            return SandboxResponse(
                status: code, headers: [("Content-Type", "text/plain; charset=utf-8")],
                body: .bytes(Data((message + "\n").utf8)))
        }
        var body: JSON = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
            "code": .int(code),
        ]
        if let reason { body["reason"] = .string(reason) }
        if let details { body["details"] = details }
        return .json(code, body, headers: headers)
    }

    func adding(_ more: [(name: String, value: String)]) -> APIStatus {
        var status = self
        status.headers += more
        return status
    }

    private static func details(_ kind: Kind, _ name: String, byKindName: Bool = false) -> JSON {
        var details: JSON = ["kind": .string(byKindName ? kind.name : kind.plural)]
        if !name.isEmpty { details["name"] = .string(name) }
        if !kind.group.isEmpty { details["group"] = .string(kind.group) }
        return details
    }

    static func notFound(_ kind: Kind, _ name: String) -> APIStatus {
        APIStatus(
            code: 404, reason: "NotFound", message: "\(kind.qualifiedPlural) \"\(name)\" not found",
            details: details(kind, name))
    }

    static func alreadyExists(_ kind: Kind, _ name: String, isBeingDeleted: Bool) -> APIStatus {
        APIStatus(
            code: 409, reason: "AlreadyExists",
            message: (isBeingDeleted ? "object is being deleted: " : "")
                + "\(kind.qualifiedPlural) \"\(name)\" already exists",
            details: details(kind, name))
    }

    static func modified(_ kind: Kind, _ name: String) -> APIStatus {
        conflict(
            kind, name,
            "the object has been modified; please apply your changes to the latest version and try again")
    }

    /// An apply that names a uid where there is no object (`applyPatch` in
    /// k8s.io/apiserver/pkg/endpoints/handlers/patch.go).
    static func absent(_ target: RequestTarget, uid: String) -> APIStatus {
        conflict(
            target.kind, target.name,
            "uid mismatch: the provided object specified uid \(uid), and no existing object was found")
    }

    /// A PUT whose uid is not the stored object's: the storage's own error, with its key (`Preconditions.Check` in
    /// k8s.io/apiserver/pkg/storage/interfaces.go, `StorageError` in errors.go).
    static func storagePrecondition(_ target: RequestTarget, wanted: String, found: String) -> APIStatus {
        conflict(
            target.kind, target.name,
            "StorageError: invalid object, Code: 4, Key: /registry/\(target.kind.plural)/\(target.key.path), "
                + "ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: \(wanted), "
                + "UID in object meta: \(found)")
    }

    private static func conflict(_ kind: Kind, _ name: String, _ why: String) -> APIStatus {
        APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.qualifiedPlural) \"\(name)\": \(why)",
            details: details(kind, name))
    }

    /// A delete's uid or resourceVersion that is not the object's: here the server names the kind, not the resource.
    static func precondition(_ kind: Kind, _ name: String, _ what: String) -> APIStatus {
        APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.qualifiedName) \"\(name)\": \(what)",
            details: details(kind, name, byKindName: true))
    }

    static func conflicts(_ conflicts: [ApplyConflict]) -> APIStatus {
        var message = "Apply failed with \(conflicts.count) conflict"
        if conflicts.count == 1 {
            message += ": conflict with \(conflicts[0].manager): \(conflicts[0].path)"
        } else {
            let lines = Dictionary(grouping: conflicts, by: \.manager).sorted { $0.key < $1.key }.map {
                manager, paths in
                (["conflicts with \(manager):"] + paths.map { "- \($0.path)" }).joined(separator: "\n")
            }
            message += "s: " + lines.joined(separator: "\n")
        }
        return APIStatus(
            code: 409, reason: "Conflict", message: message,
            details: [
                "causes": .array(
                    conflicts.map {
                        [
                            "reason": "FieldManagerConflict", "message": .string("conflict with \($0.manager)"),
                            "field": .string($0.path),
                        ]
                    })
            ])
    }

    static func forbidden(_ kind: Kind, _ name: String, _ why: String, causes: JSON? = nil) -> APIStatus {
        var details = details(kind, name)
        if let causes { details["causes"] = causes }
        let subject = name.isEmpty ? kind.qualifiedPlural : "\(kind.qualifiedPlural) \"\(name)\""
        return APIStatus(
            code: 403, reason: "Forbidden", message: "\(subject) is forbidden: \(why)", details: details)
    }

    static func invalid(_ kind: Kind, _ name: String, _ problems: [FieldProblem]) -> APIStatus {
        invalid(kind: kind.name, group: kind.group, name: name, problems)
    }

    /// A problem that was found twice is said once and listed twice, as the server does.
    static func invalid(kind: String, group: String, name: String, _ problems: [FieldProblem]) -> APIStatus {
        let lines = problems.reduce(into: [String]()) { lines, problem in
            let line = "\(problem.field): \(problem.message)"
            if !lines.contains(line) { lines.append(line) }
        }
        var details: JSON = [:]
        if !name.isEmpty { details["name"] = .string(name) }
        if !group.isEmpty { details["group"] = .string(group) }
        if !kind.isEmpty { details["kind"] = .string(kind) }
        details["causes"] = .array(
            problems.map {
                ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)]
            })
        return APIStatus(
            code: 422, reason: "Invalid",
            message: (group.isEmpty ? kind : "\(kind).\(group)") + " \"\(name)\" is invalid: "
                + (lines.count == 1 ? lines[0] : "[" + lines.joined(separator: ", ") + "]"),
            details: details)
    }

    /// A patch whose result is no object of the kind.
    static func invalidPatch(_ patched: JSON, _ why: String) -> APIStatus {
        invalid(kind: "", group: "", name: "", [.invalid("patch", .string(patched.text), why)])
    }

    static func unknownFormat(accepted: [String]) -> APIStatus {
        APIStatus(
            code: 415, reason: "UnsupportedMediaType",
            message: "the body of the request was in an unknown format - accepted media types include: "
                + accepted.joined(separator: ", "))
    }

    /// No group or kind of this name: the server's own words where it knows the group, Go's where it does not.
    static func unknownPath(isKnownGroup: Bool) -> APIStatus {
        APIStatus(
            code: 404, reason: "NotFound",
            message: isKnownGroup ? "the server could not find the requested resource" : "404 page not found",
            details: [:], isPlain: !isKnownGroup)
    }

    static func badRequest(_ message: String) -> APIStatus {
        APIStatus(code: 400, reason: "BadRequest", message: message)
    }

    static let unauthorized = APIStatus(code: 401, reason: "Unauthorized", message: "Unauthorized")

    static let expired = APIStatus(
        code: 410, reason: "Expired",
        message: "The provided continue parameter is too old to display a consistent list result. You can start a new "
            + "list without the continue parameter, or use the continue token in this response to retrieve the "
            + "remainder of the results.")

    static func methodNotAllowed(_ kind: Kind) -> APIStatus {
        APIStatus(
            code: 405, reason: "MethodNotAllowed",
            message: "the server does not allow this method on the requested resource", details: [:])
    }

    /// What the real server may know and the sandbox does not.
    static func notImplemented(_ request: SandboxRequest) -> APIStatus {
        APIStatus(
            code: 501, reason: "NotImplemented",
            message: "the sandbox's Kubernetes does not know \(request.method) \(request.path)")
    }
}

/// One thing wrong with one field of an object.
struct FieldProblem: Hashable, Sendable {
    let field: String
    let reason: String
    let message: String

    static func invalid(_ field: String, _ value: JSON, _ detail: String) -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value.text): \(detail)")
    }

    static func required(_ field: String, _ detail: String = "") -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueRequired",
            message: detail.isEmpty ? "Required value" : "Required value: \(detail)")
    }

    static func forbidden(_ field: String, _ detail: String) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueForbidden", message: "Forbidden: \(detail)")
    }

    static func unsupported(_ field: String, _ value: JSON, _ supported: [String]) -> FieldProblem {
        let list = supported.map { "\"\($0)\"" }.joined(separator: ", ")
        return FieldProblem(
            field: field, reason: "FieldValueNotSupported",
            message: "Unsupported value: \(value.text): supported values: \(list)")
    }

    static func tooLong(_ field: String, _ maximum: Int) -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueTooLong", message: "Too long: may not be more than \(maximum) bytes")
    }

    static func tooMany(_ field: String, _ count: Int, _ maximum: Int) -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueTooMany",
            message: "Too many: \(count): must have at most \(maximum) items")
    }

    static func duplicate(_ field: String, _ value: JSON) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueDuplicate", message: "Duplicate value: \(value.text)")
    }

    static func notFound(_ field: String, _ value: JSON) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueNotFound", message: "Not found: \(value.text)")
    }
}
