import AulaModel
import Foundation

extension ClusterState {
    /// Changes an object by a patch, whose content type says of which sort; an apply also creates.
    mutating func patch(_ request: SandboxRequest, _ write: inout WriteRequest) throws(APIStatus) -> (JSON, Bool) {
        let kind = write.target.kind
        let contentType = request.headers["content-type"]?.split(separator: ";").first.map(String.init) ?? ""
        let body = try WriteRequest.decode(request.body)
        if contentType == "application/apply-patch+yaml" { return try apply(body, request, &write) }
        guard let old = object(write.target.key) else { throw .notFound(kind, write.target.name) }
        let patched: JSON
        switch contentType {
        case "application/merge-patch+json": patched = MergePatch.apply(body, to: old)
        case "application/json-patch+json": patched = try JSONPatch.apply(body, to: old)
        case "application/strategic-merge-patch+json":
            patched = StrategicMergePatch.apply(body, to: old, kind.type ?? .any)
        default:
            throw APIStatus(
                code: 415, reason: "UnsupportedMediaType",
                message: "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")
        }
        try checkIdentity(patched, write.target, mustBeNamed: true)
        try write.check(patched)
        return (try update(old, to: patched, write, managed: nil), false)
    }

    private mutating func apply(
        _ body: JSON, _ request: SandboxRequest, _ write: inout WriteRequest
    ) throws(APIStatus) -> (JSON, Bool) {
        let kind = write.target.kind
        guard let type = kind.type else { throw .methodNotAllowed(kind) }
        guard request.parameter("fieldManager") != nil else {
            throw APIStatus(
                code: 422, reason: "Invalid",
                message:
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"
            )
        }
        try checkIdentity(body, write.target, mustBeNamed: !body.name.isEmpty)
        var applied = body
        if applied[["metadata", "managedFields"]]?.array?.isEmpty == false {
            throw .badRequest("metadata.managedFields must be nil")
        }
        for name in ["managedFields", "creationTimestamp"] { applied[["metadata", name]] = nil }
        applied[["metadata", "name"]] = .string(write.target.name)
        if write.target.subresource.isEmpty, kind.subresources.contains(where: { $0.name == "status" }) {
            applied["status"] = nil
        }
        try checkTyped(applied, type, write.target)
        let writer = write.writer(isApply: true)
        guard let old = object(write.target.key) else {
            guard applied.uid.isEmpty else { throw .absent(write.target, uid: applied.uid) }
            try authorize(AccessRequest(verb: "create", on: write.target), write.user, kind)
            let set = FieldSet(applied: applied, type).ownable
            var managed = ManagedFields()
            managed.replace(writer, with: set, time: timestamp)
            return (try insert(applied, write) { _ in managed }, true)
        }
        applied[["metadata", "namespace"]] = old[["metadata", "namespace"]]
        switch ServerSideApply.apply(applied, to: old, type, writer: writer, force: write.isForced, time: timestamp) {
        case .conflicts(let conflicts): throw .conflicts(conflicts)
        case .merged(let merged, let managed): return (try update(old, to: merged, write, managed: managed), false)
        }
    }

    /// - Throws: 500, as the real server does, for an applied object that the schema has no room for.
    private func checkTyped(_ applied: JSON, _ type: FieldType, _ target: RequestTarget) throws(APIStatus) {
        let problems = Typing(applied, type).problems
        guard !problems.isEmpty else { return }
        let lines = problems.map(\.message)
        throw APIStatus(
            code: 500,
            message: "failed to create typed patch object (\(target.namespace)/\(target.name); "
                + "\(target.kind.group)/\(target.kind.version), Kind=\(target.kind.name)): "
                + (lines.count == 1 ? lines[0] : "errors:\n  " + lines.joined(separator: "\n  ")))
    }
}
