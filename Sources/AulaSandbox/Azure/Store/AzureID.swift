import AulaModel

/// The address of a resource: where it is, its types and its names, as Azure Resource Manager spells them.
///
/// `/subscriptions/S/resourceGroups/G` `/providers/` `Microsoft.ContainerService` `/managedClusters/c/agentPools/p`
struct AzureID: Hashable, Codable, Sendable {
    /// What it is in or about: a subscription, a resource group or another resource, without a slash at the end.
    var scope: String
    var namespace: String
    var types: [String]
    /// As many as there are types; one fewer in the address of a collection.
    var names: [String]

    var type: String { ([namespace] + types).joined(separator: "/") }
    var name: String { names.last ?? "" }
    var text: String {
        zip(types, names).reduce("\(scope)/providers/\(namespace)") { "\($0)/\($1.0)/\($1.1)" }
    }
    /// Addresses are equal in any case.
    var key: String { text.lowercased() }

    /// The name of the resource group; nil above one.
    var group: String? {
        let parts = scope.split(separator: "/")
        return parts.count > 3 && parts[2].lowercased() == "resourcegroups" ? String(parts[3]) : nil
    }

    /// The resource that this one is a part of.
    var parent: AzureID? {
        guard names.count > 1 || (names.count == 1 && types.count == 2) else { return nil }
        return AzureID(
            scope: scope, namespace: namespace,
            types: Array(types.prefix(names.count == types.count ? names.count - 1 : names.count)),
            names: Array(names.prefix(types.count - 1)))
    }

    func child(_ type: String, _ name: String) -> AzureID {
        AzureID(scope: scope, namespace: namespace, types: types + [type], names: names + [name])
    }

    /// The same with the resource's one name under the type of a table's row.
    init(scope: String, type: String, names: [String]) {
        let words = type.split(separator: "/").map(String.init)
        self.init(scope: scope, namespace: words.first ?? "", types: Array(words.dropFirst()), names: names)
    }

    init(scope: String, namespace: String, types: [String], names: [String]) {
        self.scope = scope
        self.namespace = namespace
        self.types = types
        self.names = names
    }

    /// The last `providers` of a path divides what a request is about from where that is; nil without one.
    init?(segments: [String]) {
        guard let divide = segments.lastIndex(where: { $0.lowercased() == "providers" }), divide + 2 < segments.count
        else { return nil }
        let words = segments[(divide + 2)...]
        types = words.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        names = words.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        namespace = segments[divide + 1]
        scope = "/" + segments[..<divide].joined(separator: "/")
    }

    /// Whether `text`, the address of a scope or a resource, is this scope or lies below it; in any case.
    static func isWithin(_ text: String, _ scope: String) -> Bool {
        let (text, scope) = (text.lowercased(), scope.lowercased())
        return text == scope || text.hasPrefix(scope + "/") || scope == "/"
    }
}
