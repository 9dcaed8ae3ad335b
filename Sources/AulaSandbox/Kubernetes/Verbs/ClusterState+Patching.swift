import AulaModel
import Foundation

/// The sorts of patches, by their content type.
enum PatchType: String, CaseIterable {
    case json = "application/json-patch+json"
    case merge = "application/merge-patch+json"
    case strategic = "application/strategic-merge-patch+json"
    case apply = "application/apply-patch+yaml"
}

extension ClusterState {
    /// Changes an object by a patch, whose content type says of which sort; an apply also creates.
    mutating func patch(_ request: SandboxRequest, _ write: inout WriteRequest) throws(APIStatus) -> (JSON, Bool) {
        let kind = write.target.kind
        let contentType = RequestOptions.mediaType(request.headers["content-type"]?[...] ?? "")
        guard PatchType.allCases.contains(where: { $0.rawValue == contentType && (!kind.isCustom || $0 != .strategic) })
        else {
            throw kind.isCustom
                ? .unknownFormat(accepted: PatchType.allCases.filter { $0 != .strategic }.map(\.rawValue))
                : APIStatus(
                    code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: [:])
        }
        let body = try WriteRequest.decode(request.body)
        if contentType == PatchType.apply.rawValue { return try apply(body, request, &write) }
        guard let old = object(write.target.key) else { throw .notFound(kind, write.target.name) }
        let patched: JSON
        switch contentType {
        case PatchType.json.rawValue: patched = try JSONPatch.apply(body, to: old)
        case PatchType.strategic.rawValue: patched = StrategicMergePatch.apply(body, to: old, kind.type ?? .any)
        default:
            guard body.object != nil else { throw .badRequest("error decoding patch: the patch is not an object") }
            patched = MergePatch.apply(body, to: old)
        }
        try write.check(patched, isPatch: true)
        try checkIdentity(patched, write.target, mustBeNamed: true)
        return (try update(old, to: patched, &write, managed: nil), false)
    }

    private mutating func apply(
        _ body: JSON, _ request: SandboxRequest, _ write: inout WriteRequest
    ) throws(APIStatus) -> (JSON, Bool) {
        let kind = write.target.kind
        guard let type = kind.type else { throw .methodNotAllowed(kind) }
        try checkKind(body, kind)
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
            return (try insert(applied, &write) { _ in managed }, true)
        }
        applied[["metadata", "namespace"]] = old[["metadata", "namespace"]]
        switch ServerSideApply.apply(applied, to: old, type, writer: writer, force: write.isForced, time: timestamp) {
        case .conflicts(let conflicts): throw .conflicts(conflicts)
        case .merged(let merged, let managed): return (try update(old, to: merged, &write, managed: managed), false)
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
