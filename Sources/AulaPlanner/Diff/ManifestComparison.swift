package import AulaModel

/// Compares a Kubernetes manifest with the live object, field by field.
///
/// Only what aula asks for counts: fields that others or the server added stay unmentioned. A field that aula owns
/// and no longer asks for is a removal.
package struct ManifestComparison {
    private let kind: String
    private let ownership: FieldOwnership
    private let hidesValues: Bool
    private var changes: [FieldChange] = []

    private init(kind: String, managers: [FieldManager]) {
        self.kind = kind
        ownership = FieldOwnership(managers: managers)
        hidesValues = kind == "Secret"
    }

    /// The fields that differ, in the order of the manifest.
    ///
    /// Ignored are paths that are handled elsewhere, such as late and generated fields.
    package static func changes(
        kind: String, desired: JSON, live: JSON, managers: [FieldManager], ignored: Set<[String]> = []
    ) -> [FieldChange] {
        var comparison = ManifestComparison(kind: kind, managers: managers)
        comparison.compare(desired, live, at: Location(), ignored: ignored)
        for tree in comparison.ownership.own {
            comparison.findRemovals(tree, desired, live, at: Location(), ignored: ignored)
        }
        return comparison.changes
    }

    /// Where the comparison stands, in the three spellings that are needed.
    private struct Location {
        var keys: [String] = []
        var fields: [String] = []
        var text = ""
        /// The names of the last two members on the way down, for lists and quantities.
        var name = ""
        var parent = ""
        /// Whether the leaves here are quantities.
        var isQuantity = false

        func member(_ key: String) -> Location {
            var next = self
            next.keys.append(key)
            next.fields.append("f:" + key)
            next.text = text.isEmpty ? key : "\(text).\(key)"
            next.parent = name
            next.name = key
            next.isQuantity = isQuantity || Location.quantities.contains(key)
            return next
        }

        func item(_ label: String, field: String) -> Location {
            var next = self
            next.fields.append(field)
            next.text = "\(text)[\(label)]"
            return next
        }

        static let quantities: Set<String> = [
            "requests", "limits", "hard", "default", "defaultRequest", "max", "min", "capacity", "sizeLimit",
        ]
    }

    private mutating func compare(_ desired: JSON, _ live: JSON?, at location: Location, ignored: Set<[String]>) {
        if let live, desired == live { return }
        guard ignored.isEmpty || !ignored.contains(location.keys) else { return }
        guard let live, !live.isNull else {
            if Self.isOmittable(desired), ownership.owns(location.fields) { return }
            if case .object(let object) = desired, !object.isEmpty, !ignored.isEmpty,
                ignored.contains(where: { $0.starts(with: location.keys) })
            {
                for member in object.members {
                    compare(member.value, nil, at: location.member(member.key), ignored: ignored)
                }
                return
            }
            record(old: nil, new: desired, at: location)
            return
        }
        switch (desired, live) {
        case (.object(let wanted), .object(let found)):
            for member in wanted.members {
                compare(member.value, found[member.key], at: location.member(member.key), ignored: ignored)
            }
        case (.array(let wanted), .array(let found)):
            compare(wanted, found, at: location)
        default:
            if location.isQuantity, let left = Quantity(desired), let right = Quantity(live), left == right { return }
            record(old: live, new: desired, at: location)
        }
    }

    private mutating func compare(_ wanted: [JSON], _ found: [JSON], at location: Location) {
        if let keys = ListKeys.keys(of: location.name, in: location.parent) {
            for item in wanted {
                let key = Self.identity(of: item, keys: keys)
                let match = found.first { Self.identity(of: $0, keys: keys) == key }
                compare(item, match, at: location.item(Self.label(of: item, keys: keys), field: key), ignored: [])
            }
            return
        }
        guard wanted.count == found.count else {
            record(old: .array(found), new: .array(wanted), at: location)
            return
        }
        // One value as a whole, but the server may have filled defaults inside its items.
        let before = changes.count
        for (index, item) in wanted.enumerated() {
            compare(item, found[index], at: location.item(String(index), field: "i:\(index)"), ignored: [])
        }
        if changes.count > before, wanted.allSatisfy({ $0.object == nil }) {
            changes.removeSubrange(before...)
            record(old: .array(found), new: .array(wanted), at: location)
        }
    }

    /// Fields in aula's own tree that the manifest no longer has.
    private mutating func findRemovals(
        _ tree: JSON, _ desired: JSON, _ live: JSON?, at location: Location, ignored: Set<[String]>
    ) {
        guard let live, let members = tree.object?.members, !ignored.contains(location.keys) else { return }
        for member in members {
            if member.key.hasPrefix("f:") {
                let key = String(member.key.dropFirst(2))
                let next = location.member(key)
                guard let current = live[key] else { continue }
                if let wanted = desired[key] {
                    findRemovals(member.value, wanted, current, at: next, ignored: ignored)
                } else if ignored.contains(where: { $0.starts(with: next.keys) }) {
                    // Something below is filled in late; the rest of it may still be a removal.
                    findRemovals(member.value, .object(JSONObject()), current, at: next, ignored: ignored)
                } else {
                    record(old: current, new: nil, at: next)
                }
            } else if member.key.hasPrefix("k:"), let key = try? JSON(parsing: String(member.key.dropFirst(2))) {
                let keys = key.object?.keys ?? []
                let identity = Self.identity(of: key, keys: keys)
                guard let current = live.array?.first(where: { Self.identity(of: $0, keys: keys) == identity })
                else { continue }
                let next = location.item(Self.label(of: key, keys: keys), field: member.key)
                if let wanted = desired.array?.first(where: { Self.identity(of: $0, keys: keys) == identity }) {
                    findRemovals(member.value, wanted, current, at: next, ignored: [])
                } else {
                    record(old: current, new: nil, at: next)
                }
            }
        }
    }

    private mutating func record(old: JSON?, new: JSON?, at location: Location) {
        let cause: FieldChange.Cause =
            if let other = ownership.other(owning: location.fields), !ownership.owns(location.fields) {
                .drift(other)
            } else {
                .file
            }
        let secret = hidesValues && ["data", "stringData"].contains(location.keys.first)
        changes.append(
            FieldChange(
                path: location.text, old: old, new: new, secret: secret,
                forcesReplacement: ImmutableFields.covers(kind: kind, path: location.text), cause: cause))
    }

    /// The key of a list item as `fieldsV1` spells it: `k:{"name":"api"}`.
    private static func identity(of item: JSON, keys: [String]) -> String {
        var members = JSONObject()
        for key in keys { members[key] = item[key] ?? ListKeys.defaults[key].map { .string($0) } }
        return "k:" + JSON.object(members).text
    }

    private static func label(of item: JSON, keys: [String]) -> String {
        keys.first.flatMap { item[$0] }.map { $0.string ?? $0.text } ?? ""
    }

    /// What Go's `omitempty` drops: the server stores nothing for it.
    private static func isOmittable(_ value: JSON) -> Bool {
        switch value {
        case .null, .bool(false), .int(0), .string(""): true
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }
}
