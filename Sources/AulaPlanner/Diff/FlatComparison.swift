import AulaModel

/// Compares the fields of an Azure or GitLab resource with the live ones, key by key.
enum FlatComparison {
    static func changes(
        kind: ResourceKind, fixed: Set<String>, desired: JSON, live: JSON, ignored: [[String]]
    ) -> [FieldChange] {
        guard let wanted = desired.object else { return [] }
        return wanted.members.flatMap { member -> [FieldChange] in
            guard !ignored.contains([member.key]) else { return [] }
            let found = live[member.key]
            if case .object(let inner) = member.value {
                return inner.members.compactMap { entry in
                    let value = found?[entry.key]
                    guard value != entry.value else { return nil }
                    return change(fixed, "\(member.key).\(entry.key)", value, entry.value)
                }
            }
            guard found != member.value, !Strictness.isStricter(found, than: member.value, member.key, of: kind) else {
                return []
            }
            return [change(fixed, member.key, found, member.value)]
        }
    }

    private static func change(_ fixed: Set<String>, _ path: String, _ old: JSON?, _ new: JSON) -> FieldChange {
        FieldChange(
            path: path, old: old == .null ? nil : old, new: new,
            forcesReplacement: fixed.contains(path))
    }
}
