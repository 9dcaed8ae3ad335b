package import AulaModel

/// Compares a Kubernetes manifest with the live object, field by field.
///
/// Only what aula asks for counts: fields that others or the server added stay unmentioned. A field that aula owns
/// and no longer asks for is a removal.
package struct ManifestComparison {
    private let kind: KubernetesKind?
    private let ownership: FieldOwnership
    private let hidesValues: Bool
    private var changes: [FieldChange] = []

    private init(kind: KubernetesKind?, managers: [FieldManager]) {
        self.kind = kind
        ownership = FieldOwnership(managers: managers)
        hidesValues = kind?.name == "Secret"
    }

    /// The fields that differ, in the order of the manifest.
    ///
    /// Ignored are paths that are handled elsewhere, such as late and generated fields.
    package static func changes(
        kind: KubernetesKind?, desired: JSON, live: JSON, managers: [FieldManager], ignored: [[String]] = []
    ) -> [FieldChange] {
        var comparison = ManifestComparison(kind: kind, managers: managers)
        let ignored = ignored.map { $0[...] }
        if desired != live { comparison.compare(desired, live, at: Location(), ignoring: ignored) }
        for tree in comparison.ownership.own {
            comparison.findRemovals(tree, desired, live, at: Location(), ignoring: ignored)
        }
        return comparison.changes
    }

    /// Where the comparison stands, in the spellings that are needed.
    ///
    /// Worked out only where something differs: of a university's fields hardly any does.
    private struct Location {
        /// The members on the way down.
        var names: [String] = []
        /// All steps of the way, as `fieldsV1` spells them.
        var fields: [String] = []
        var text = ""

        /// Whether the leaves here are quantities.
        var isQuantity: Bool { names.contains(where: Self.quantities.contains) }

        func member(_ name: String) -> Location {
            Location(
                names: names + [name], fields: fields + ["f:" + name], text: text.isEmpty ? name : "\(text).\(name)")
        }

        func item(_ label: String, field: String) -> Location {
            Location(names: names, fields: fields + [field], text: "\(text)[\(label)]")
        }

        /// An item of a list whose items are told apart by keys; the first of them is what people read.
        func item(_ item: JSON, keys: [String], field: String) -> Location {
            self.item(keys.first.flatMap { item[$0] }.map { $0.string ?? $0.text } ?? "", field: field)
        }

        private static let quantities: Set<String> = [
            "requests", "limits", "hard", "default", "defaultRequest", "max", "min", "capacity", "sizeLimit",
        ]
    }

    /// Says how two values differ that are not the same.
    private mutating func compare(
        _ desired: JSON, _ live: JSON?, at location: @autoclosure () -> Location, ignoring ignored: [ArraySlice<String>]
    ) {
        guard !ignored.contains(where: { $0.isEmpty }) else { return }
        guard let live, !live.isNull else {
            if Self.isOmittable(desired), ownership.owns(location().fields) { return }
            if case .object(let object) = desired, !object.isEmpty, !ignored.isEmpty {
                for member in object.members {
                    compare(
                        member.value, nil, at: location().member(member.key), ignoring: ignored.below(member.key))
                }
                return
            }
            record(old: nil, new: desired, at: location())
            return
        }
        switch (desired, live) {
        case (.object(let wanted), .object(let found)):
            for member in wanted.members {
                let value = found[member.key]
                guard member.value != value else { continue }
                compare(member.value, value, at: location().member(member.key), ignoring: ignored.below(member.key))
            }
        case (.array(let wanted), .array(let found)):
            compare(wanted, found, at: location())
        default:
            let location = location()
            if location.isQuantity, let left = Quantity(desired), let right = Quantity(live), left == right { return }
            record(old: live, new: desired, at: location)
        }
    }

    private mutating func compare(_ wanted: [JSON], _ found: [JSON], at location: Location) {
        switch kind?.listType(at: location.names) ?? .atomic {
        case .atomic: break
        case .set:
            for item in wanted where !found.contains(item) {
                record(old: nil, new: item, at: location.item(item.string ?? item.text, field: "v:" + item.text))
            }
            return
        case .map(let keys):
            for item in wanted {
                let match = Self.item(of: found, like: item, keys: keys)
                guard item != match else { continue }
                compare(
                    item, match, at: location.item(item, keys: keys, field: Self.identity(of: item, keys: keys)),
                    ignoring: [])
            }
            return
        }
        guard wanted.count == found.count else {
            record(old: .array(found), new: .array(wanted), at: location)
            return
        }
        // One value as a whole, but the server may have filled defaults inside its items.
        let before = changes.count
        for (index, (item, other)) in zip(wanted, found).enumerated() where item != other {
            compare(item, other, at: location.item(String(index), field: "i:\(index)"), ignoring: [])
        }
        if changes.count > before, wanted.allSatisfy({ $0.object == nil }) {
            changes.removeSubrange(before...)
            record(old: .array(found), new: .array(wanted), at: location)
        }
    }

    /// Fields in aula's own tree that the manifest no longer has.
    private mutating func findRemovals(
        _ tree: JSON, _ desired: JSON, _ live: JSON, at location: @autoclosure () -> Location,
        ignoring ignored: [ArraySlice<String>]
    ) {
        guard let members = tree.object?.members, !ignored.contains(where: { $0.isEmpty }) else { return }
        for member in members {
            // After the letter and its colon comes the name or the key.
            let name = String(decoding: member.key.utf8.dropFirst(2), as: UTF8.self)
            switch member.key.utf8.first {
            case UInt8(ascii: "f"):
                if let wanted = desired[name] {
                    guard member.value.object?.isEmpty == false, let current = live[name] else { continue }
                    findRemovals(
                        member.value, wanted, current, at: location().member(name), ignoring: ignored.below(name))
                } else if let current = live[name] {
                    let below = ignored.below(name)
                    if below.isEmpty {
                        record(old: current, new: nil, at: location().member(name))
                    } else {
                        // Something below is filled in late; the rest of it may still be a removal.
                        findRemovals(member.value, [:], current, at: location().member(name), ignoring: below)
                    }
                }
            case UInt8(ascii: "k"):
                guard let key = try? JSON(parsing: name), let keys = key.object?.keys,
                    let current = Self.item(of: live.array, like: key, keys: keys)
                else { continue }
                if let wanted = Self.item(of: desired.array, like: key, keys: keys) {
                    findRemovals(
                        member.value, wanted, current, at: location().item(key, keys: keys, field: member.key),
                        ignoring: [])
                } else {
                    record(old: current, new: nil, at: location().item(key, keys: keys, field: member.key))
                }
            case UInt8(ascii: "v"):
                guard let item = try? JSON(parsing: name), live.array?.contains(item) == true,
                    desired.array?.contains(item) != true
                else { continue }
                record(old: item, new: nil, at: location().item(item.string ?? item.text, field: member.key))
            default: break
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
        let secret = hidesValues && ["data", "stringData"].contains(location.names.first)
        changes.append(
            FieldChange(
                path: location.text, old: old, new: new, secret: secret,
                forcesReplacement: kind?.isImmutable(location.text) ?? false, cause: cause))
    }

    /// The key of a list item as `fieldsV1` spells it: `k:{"name":"api"}`.
    private static func identity(of item: JSON, keys: [String]) -> String {
        var members = JSONObject()
        for key in keys { members[key] = value(of: key, in: item) }
        return "k:" + JSON.object(members).text
    }

    private static func value(of key: String, in item: JSON) -> JSON? {
        item[key] ?? ListType.standards[key]
    }

    /// The first item with the same keys.
    private static func item(of list: [JSON]?, like wanted: JSON, keys: [String]) -> JSON? {
        list?.first { item in
            keys.allSatisfy { value(of: $0, in: item) == value(of: $0, in: wanted) }
        }
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

extension [ArraySlice<String>] {
    /// What is left of the paths for those who went down to a member.
    fileprivate func below(_ name: String) -> [ArraySlice<String>] {
        compactMap { $0.first == name ? $0.dropFirst() : nil }
    }
}
