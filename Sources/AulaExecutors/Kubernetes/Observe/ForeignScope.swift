import AulaModel

/// Which objects count as someone else's, and whose they are.
struct ForeignScope: Sendable {
    let mark: Mark
    /// Our namespaces.
    let namespaces: Set<String>
    /// The cluster, where deleting it is ours to decide.
    let cluster: Address?

    /// The field manager that pipelines use whose kubectl takes its defaults from the environment that aula registers.
    static let deployer = "gitlab-deployer"

    /// Kinds that hold nobody's work: notes of the system and of controllers.
    private static let bookkeeping: Set<String> = [
        "Event", "Endpoints", "EndpointSlice", "Lease", "ControllerRevision", "PodMetrics", "CSIStorageCapacity",
    ]

    /// Namespaces that Kubernetes or AKS brings along.
    private static let systemNamespaces: Set<String> = [
        "default", "gatekeeper-system", "aks-command", "app-routing-system", "calico-system", "tigera-operator",
        "aks-istio-system", "dataprotection-microsoft", "azure-extensions-usage-system", "cilium-secrets",
    ]

    static func isOfInterest(_ entry: Discovery.Entry) -> Bool {
        entry.verbs.isSuperset(of: ["list", "create", "delete"]) && !bookkeeping.contains(entry.kind.name)
            && (entry.kind.isNamespaced || entry.kind == .namespace)
    }

    /// The object as a foreign one, or nil where it is ours, the system's, or inside nothing of ours.
    func foreign(_ object: LiveObject) -> Foreign? {
        guard let container = container(of: object), !object.isLeaving, !object.hasOwner,
            object.mark?.isSameEdition(as: mark) != true, !isFurniture(object), !hasLostItsMark(object)
        else { return nil }
        return Foreign(
            address: object.address, container: container, owner: owner(of: object),
            byDeployer: isByDeployer(object), identity: object.uid,
            holdsData: object.kind.row?.isClaim == true)
    }

    /// What aula made in a namespace of ours is ours, whatever somebody did to its labels.
    private func hasLostItsMark(_ object: LiveObject) -> Bool {
        object.isWorkOfAula && object.namespace.map(namespaces.contains) == true
    }

    private func container(of object: LiveObject) -> Address? {
        guard let namespace = object.namespace else {
            return object.kind == .namespace && !Self.isSystem(object.name) ? cluster : nil
        }
        if namespaces.contains(namespace) { return .namespace(namespace) }
        return namespace == "default" ? cluster : nil
    }

    private static func isSystem(_ namespace: String) -> Bool {
        namespace.hasPrefix("kube-") || systemNamespaces.contains(namespace)
    }

    /// What every namespace holds without anybody having put it there.
    private func isFurniture(_ object: LiveObject) -> Bool {
        switch (object.kind.name, object.name) {
        case ("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt"): true
        case ("Service", "kubernetes"): object.namespace == "default"
        default: false
        }
    }

    private func owner(of object: LiveObject) -> String {
        if let other = object.mark { return "cohort \(other.cohort), id \(other.id)" }
        if isByDeployer(object) { return "a pipeline of the students" }
        let maker = object.creators.first ?? object.managers.first
        return maker.map { "made with \($0.name)" } ?? "unknown"
    }

    /// Whether a deployer's token made it, as far as an object can tell.
    ///
    /// The server records the program, not the user, and a teacher's kubectl looks like a pipeline's. So only what a
    /// pipeline says of itself counts: the field manager that it was given, or GitLab's own annotations. Everything
    /// else is held to be someone's work, which errs on the side of keeping.
    private func isByDeployer(_ object: LiveObject) -> Bool {
        let annotations = object.metadata["annotations"]?.object?.keys ?? []
        return object.namespace.map(namespaces.contains) == true
            && (object.creators.contains { $0.name == Self.deployer }
                || annotations.contains { $0.hasPrefix("app.gitlab.com/") })
    }
}
