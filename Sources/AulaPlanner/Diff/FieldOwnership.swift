package import AulaModel

/// Walks the `fieldsV1` trees of an object's managers.
///
/// Keys are `f:name` for a member, `k:{…}` for a list item by its key, `v:…` for an item of a set, `.` for the
/// thing itself (Kubernetes, "Server-Side Apply", field management).
package struct FieldOwnership {
    let managers: [FieldManager]

    package init(managers: [FieldManager]) { self.managers = managers }

    /// The trees of aula's own applies.
    var own: [JSON] {
        managers.filter { $0.name == FieldManager.aula }.map(\.fields)
    }

    /// The first manager other than aula that owns a field or something below it.
    package func other(owning path: [String]) -> String? {
        managers.first { $0.name != FieldManager.aula && Self.contains($0.fields, path) }?.name
    }

    func owns(_ path: [String]) -> Bool {
        own.contains { Self.contains($0, path) }
    }

    private static func contains(_ tree: JSON, _ path: [String]) -> Bool {
        var tree = tree
        for key in path {
            guard let next = tree[key] else { return false }
            tree = next
        }
        return true
    }
}
