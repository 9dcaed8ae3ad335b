import AulaModel

/// Where an object lives: the id of its kind's store, its namespace (empty for none) and its name.
struct ObjectKey: Hashable, Sendable {
    let kind: String
    let namespace: String
    let name: String

    /// The order in which a LIST returns objects.
    var path: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
}

/// The members of `metadata` that everything asks for.
extension JSON {
    var metadata: JSON { self["metadata"] ?? .object(JSONObject()) }
    var name: String { self["metadata"]?["name"]?.string ?? "" }
    var namespace: String { self["metadata"]?["namespace"]?.string ?? "" }
    var uid: String { self["metadata"]?["uid"]?.string ?? "" }
    var labels: JSON? { self["metadata"]?["labels"] }
    var isBeingDeleted: Bool { self["metadata"]?["deletionTimestamp"] != nil }
    var finalizers: [String] { (self["metadata"]?["finalizers"]?.array ?? []).compactMap(\.string) }

    func annotation(_ name: String) -> String? { self["metadata"]?["annotations"]?[name]?.string }

    /// The owner that controls the object.
    var controllerUID: String? {
        self["metadata"]?["ownerReferences"]?.array?.first { $0["controller"]?.bool == true }?["uid"]?.string
    }

    mutating func setFinalizers(_ names: [String]) {
        self[["metadata", "finalizers"]] = names.isEmpty ? nil : .array(names.map { .string($0) })
    }
}
