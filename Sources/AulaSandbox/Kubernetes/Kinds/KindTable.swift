/// All kinds that a cluster of the sandbox serves.
struct KindTable: Sendable {
    static let shared = KindTable(core + workloads + clusterWide + reviews)

    let kinds: [Kind]
    private let byRoute: [String: Int]
    private let byKind: [String: Int]
    private let byID: [String: Int]

    init(_ kinds: [Kind]) {
        self.kinds = kinds
        byRoute = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ("\($1.apiVersion)/\($1.plural)", $0) })
        byKind = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ("\($1.apiVersion)/\($1.name)", $0) })
        byID = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1.id, $0) })
    }

    /// The kind served at, for example, `apps/v1` and `deployments`.
    func kind(apiVersion: String, plural: String) -> Kind? {
        byRoute["\(apiVersion)/\(plural)"].map { kinds[$0] }
    }

    func kind(apiVersion: String, name: String) -> Kind? {
        byKind["\(apiVersion)/\(name)"].map { kinds[$0] }
    }

    /// The kind of a store, for example `deployments.apps`.
    func kind(id: String) -> Kind? { byID[id].map { kinds[$0] } }

    /// Group names in the order in which the server lists them, the core group first.
    var groups: [String] {
        kinds.reduce(into: []) { if !$0.contains($1.group) { $0.append($1.group) } }
    }

    static func row(
        _ apiVersion: String, _ plural: String, _ name: String, short: [String] = [], all: Bool = false,
        namespaced: Bool = true, type: String? = nil, _ subresources: [Subresource] = [],
        immutable: [ImmutableField] = [], columns: [TableColumn] = [], hasGeneration: Bool = false,
        summary: String = ""
    ) -> Kind {
        let parts = apiVersion.split(separator: "/").map(String.init)
        var kind = Kind(
            group: parts.count == 2 ? parts[0] : "", version: parts[parts.count - 1], plural: plural, name: name,
            singular: name.lowercased())
        kind.shortNames = short
        kind.categories = all ? ["all"] : []
        kind.isNamespaced = namespaced
        kind.type = Schema.shared.type(named: type ?? name)
        kind.subresources = subresources
        kind.immutable = immutable
        kind.columns = columns
        kind.hasGeneration = hasGeneration
        kind.summary = summary
        return kind
    }
}

extension Subresource {
    static let status = Subresource(name: "status", verbs: ["get", "patch", "update"])
    static let scale = Subresource(
        name: "scale", verbs: ["get", "patch", "update"], group: "autoscaling", version: "v1", kind: "Scale")
    static let finalize = Subresource(name: "finalize", verbs: ["update"])
    static let token = Subresource(
        name: "token", verbs: ["create"], group: "authentication.k8s.io", version: "v1", kind: "TokenRequest")
    static let eviction = Subresource(
        name: "eviction", verbs: ["create"], group: "policy", version: "v1", kind: "Eviction")
    static let log = Subresource(name: "log", verbs: ["get"])
}
