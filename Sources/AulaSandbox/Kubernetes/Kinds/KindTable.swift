/// All kinds that a cluster of the sandbox serves.
struct KindTable: Sendable {
    static let shared = KindTable(
        (core + workloads + clusterWide + further + reviews).enumerated().sorted { left, right in
            (rank(left.element.group), left.offset) < (rank(right.element.group), right.offset)
        }.map(\.element))

    /// The order in which the server lists its groups.
    private static let groupOrder = [
        "", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
        "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io",
        "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
        "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io",
    ]

    private static func rank(_ group: String) -> Int { groupOrder.firstIndex(of: group) ?? groupOrder.count }

    let kinds: [Kind]
    private let byRoute: [String: Int]
    private let byKind: [String: Int]
    private let byID: [String: Int]

    init(_ kinds: [Kind]) {
        self.kinds = kinds
        byRoute = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ("\($1.apiVersion)/\($1.plural)", $0) })
        byKind = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ("\($1.apiVersion)/\($1.name)", $0) })
        // The first version of a kind is the preferred one.
        byID = Dictionary(kinds.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
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

    /// Fields that a field selector may name, beside name and namespace.
    private static let selectable: [String: [String]] = [
        "pods": [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        "events": [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
            "reportingComponent", "source", "type",
        ],
        "secrets": ["type"], "namespaces": ["status.phase"], "nodes": ["spec.unschedulable"],
        "services": ["spec.clusterIP", "spec.type"], "replicasets.apps": ["status.replicas"],
        "replicationcontrollers": ["status.replicas"], "jobs.batch": ["status.successful"],
    ]
    private static let createdByUpdate: Set = [
        "leases", "limitranges", "services", "endpoints", "events", "roles", "rolebindings", "clusterroles",
        "clusterrolebindings",
    ]
    private static let demandingVersion: Set = [
        "leases", "poddisruptionbudgets", "customresourcedefinitions", "validatingadmissionpolicies",
        "validatingadmissionpolicybindings", "validatingwebhookconfigurations", "mutatingwebhookconfigurations",
    ]

    static func row(
        _ apiVersion: String, _ plural: String, _ name: String, short: [String] = [], all: Bool = false,
        namespaced: Bool = true, type: String? = nil, isOpen: Bool = false, _ subresources: [Subresource] = [],
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
        kind.type = isOpen ? openType : Schema.shared.type(named: type ?? name)
        kind.subresources = subresources
        kind.immutable = immutable
        kind.columns = columns
        kind.hasGeneration = hasGeneration
        kind.summary = summary
        kind.selectable = selectable[kind.id] ?? []
        kind.isCreatedByUpdate = createdByUpdate.contains(plural)
        kind.demandsVersion = demandingVersion.contains(plural)
        kind.hasName = plural != "events"
        kind.hasAge = plural != "events"
        return kind
    }
}

extension KindTable {
    /// The type of kinds whose contents the sandbox does not look into.
    static let openType = FieldType.custom(
        ObjectType(
            name: "", package: "", isAtomic: false,
            fields: ["metadata": Field(name: "metadata", type: Schema.shared.type(named: "ObjectMeta"))], always: [],
            keepsUnknown: true))
}

extension Subresource {
    /// One that the real server has and the sandbox only lists.
    static func listed(
        _ name: String, _ verbs: [String], group: String? = nil, version: String? = nil, kind: String? = nil
    ) -> Subresource {
        Subresource(name: name, verbs: verbs, group: group, version: version, kind: kind, isServed: false)
    }

    static func proxy(_ kind: String) -> Subresource {
        listed("proxy", ["create", "delete", "get", "patch", "update"], kind: kind)
    }

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
