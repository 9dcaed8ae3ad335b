import AulaModel

/// Compares the fields of an Azure or GitLab resource with the live ones, key by key.
enum FlatComparison {
    static func changes(kind: String, desired: JSON, live: JSON, ignored: [[String]]) -> [FieldChange] {
        guard let wanted = desired.object else { return [] }
        return wanted.members.flatMap { member -> [FieldChange] in
            guard !ignored.contains([member.key]) else { return [] }
            let found = live[member.key]
            if case .object(let inner) = member.value {
                return inner.members.compactMap { entry in
                    let value = found?[entry.key]
                    guard value != entry.value else { return nil }
                    return change(kind, "\(member.key).\(entry.key)", value, entry.value)
                }
            }
            guard found != member.value else { return [] }
            return [change(kind, member.key, found, member.value)]
        }
    }

    private static func change(_ kind: String, _ path: String, _ old: JSON?, _ new: JSON) -> FieldChange {
        FieldChange(
            path: path, old: old == .null ? nil : old, new: new,
            forcesReplacement: ImmutableFields.covers(kind: kind, path: path))
    }
}
