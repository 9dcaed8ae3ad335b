import AulaModel

/// JSON merge patch (RFC 7396).
enum MergePatch {
    static func apply(_ patch: JSON, to target: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var result = target.object ?? JSONObject()
        for member in changes.members {
            result[member.key] = member.value.isNull ? nil : apply(member.value, to: result[member.key] ?? .null)
        }
        return .object(result)
    }
}
