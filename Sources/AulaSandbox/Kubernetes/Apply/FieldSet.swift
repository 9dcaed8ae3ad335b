import AulaModel

/// A set of field paths: what one manager owns of an object, in the shape of the API's `fieldsV1`.
///
/// Keys are path elements as `fieldsV1` spells them: `f:name` a field, `k:{"name":"api"}` an item of a keyed list,
/// `v:"x"` an item of a set.
struct FieldSet: Hashable, Sendable {
    struct Child: Hashable, Sendable {
        let key: String
        var set: FieldSet
    }

    /// The path that leads here is itself in the set.
    var isMember = false
    /// Sorted by key.
    private(set) var children: [Child] = []

    var isEmpty: Bool { !isMember && children.isEmpty }

    static let member = FieldSet(isMember: true)

    subscript(key: String) -> FieldSet? {
        get {
            let index = position(of: key)
            return index < children.count && children[index].key == key ? children[index].set : nil
        }
        set {
            let index = position(of: key)
            let exists = index < children.count && children[index].key == key
            switch (newValue, exists) {
            case (let set?, true) where !set.isEmpty: children[index].set = set
            case (let set?, false) where !set.isEmpty: children.insert(Child(key: key, set: set), at: index)
            case (_, true): children.remove(at: index)
            case (_, false): break
            }
        }
    }

    private func position(of key: String) -> Int {
        var low = 0
        var high = children.count
        while low < high {
            let middle = (low + high) / 2
            if children[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func formUnion(_ other: FieldSet) {
        isMember = isMember || other.isMember
        if children.isEmpty {
            children = other.children
            return
        }
        for child in other.children {
            var mine = self[child.key] ?? FieldSet()
            mine.formUnion(child.set)
            self[child.key] = mine
        }
    }

    func union(_ other: FieldSet) -> FieldSet {
        var result = self
        result.formUnion(other)
        return result
    }

    /// Takes away members only: owning a list item goes on though a field below it is gone.
    mutating func subtract(_ other: FieldSet) {
        if other.isMember { isMember = false }
        for child in other.children {
            guard var mine = self[child.key] else { continue }
            mine.subtract(child.set)
            self[child.key] = mine
        }
    }

    func intersection(_ other: FieldSet) -> FieldSet {
        var result = FieldSet(isMember: isMember && other.isMember)
        for child in children {
            guard let theirs = other[child.key] else { continue }
            let common = child.set.intersection(theirs)
            if !common.isEmpty { result.children.append(Child(key: child.key, set: common)) }
        }
        return result
    }

    /// The paths in the set, in order, as messages spell them: `.spec.containers[name="api"].image`.
    var paths: [String] {
        var result: [String] = []
        collect("", into: &result)
        return result
    }

    private func collect(_ prefix: String, into result: inout [String]) {
        if isMember { result.append(prefix) }
        for child in children { child.set.collect(prefix + Self.spelled(child.key), into: &result) }
    }

    private static func spelled(_ key: String) -> String {
        let rest = key.dropFirst(2)
        switch key.prefix(2) {
        case "f:": return ".\(rest)"
        case "k:":
            let members = (try? JSON(parsing: String(rest)))?.object?.members ?? []
            return "[" + members.map { "\($0.key)=\($0.value.text)" }.joined(separator: ",") + "]"
        default: return "[=\(rest)]"
        }
    }
}

extension FieldSet {
    /// Reads `fieldsV1`.
    init(json: JSON) {
        guard let members = json.object?.members else { return }
        for member in members {
            if member.key == "." {
                isMember = true
            } else if member.value.object?.isEmpty ?? true {
                self[member.key] = .member
            } else {
                self[member.key] = FieldSet(json: member.value)
            }
        }
    }

    /// `fieldsV1`: a member without children is `{}`, one with children has a `.` beside them.
    var json: JSON {
        var members: [JSONObject.Member] = children.map { child in
            JSONObject.Member(
                key: child.key, value: child.set.children.isEmpty ? .object(JSONObject()) : child.set.json)
        }
        if isMember { members.append(JSONObject.Member(key: ".", value: .object(JSONObject()))) }
        return .object(JSONObject(uniqueMembers: members))
    }

    /// Without what no manager can own: identity and what the server itself keeps.
    var ownable: FieldSet {
        var result = self
        result.isMember = false
        result["f:apiVersion"] = nil
        result["f:kind"] = nil
        guard var metadata = result["f:metadata"] else { return result }
        metadata.isMember = false
        for name in Self.serverKept { metadata["f:" + name] = nil }
        result["f:metadata"] = metadata
        return result
    }

    private static let serverKept = [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields",
        "resourceVersion",
    ]
}
