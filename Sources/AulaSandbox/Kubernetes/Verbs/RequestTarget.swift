/// What a path points at: a kind, and perhaps a namespace, an object and a subresource.
struct RequestTarget: Sendable {
    let kind: Kind
    /// Empty for cluster-wide kinds and for a LIST over all namespaces.
    let namespace: String
    let name: String
    let subresource: String

    /// The real server has it, the sandbox only lists it: `exec`, `proxy` and the like.
    var isUnserved: Bool {
        kind.subresources.contains { $0.name == subresource && !$0.isServed } || !kind.isServed
    }

    var key: ObjectKey { ObjectKey(kind: kind.id, namespace: namespace, name: name) }

    init(_ kind: Kind, _ key: ObjectKey, subresource: String = "") {
        self.kind = kind
        namespace = key.namespace
        name = key.name
        self.subresource = subresource
    }

    /// Nil where no kind of the table is served at the path.
    init?(segments: [String], table: KindTable) {
        var rest = segments[...]
        let apiVersion: String
        switch rest.first {
        case "api" where rest.count >= 3:
            apiVersion = rest[1]
            rest = rest.dropFirst(2)
        case "apis" where rest.count >= 4:
            apiVersion = "\(rest[1])/\(rest[2])"
            rest = rest.dropFirst(3)
        default: return nil
        }
        var namespace = ""
        let words = Array(rest)
        if words.count >= 3, words[0] == "namespaces", !["status", "finalize"].contains(words[2]) {
            namespace = words[1]
            rest = rest.dropFirst(2)
        }
        let parts = Array(rest)
        guard let kind = table.kind(apiVersion: apiVersion, plural: parts[0]), parts.count <= 3 else { return nil }
        guard kind.isNamespaced || namespace.isEmpty else { return nil }
        self.kind = kind
        self.namespace = namespace
        name = parts.count > 1 ? parts[1] : ""
        subresource = parts.count > 2 ? parts[2] : ""
        if kind.isNamespaced, namespace.isEmpty, !name.isEmpty { return nil }
        if parts.count > 2, !kind.subresources.contains(where: { $0.name == subresource }) { return nil }
    }
}
