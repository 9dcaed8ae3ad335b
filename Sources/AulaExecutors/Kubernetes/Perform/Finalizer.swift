import AulaModel

/// What keeps an object from going once it is being deleted, and whose it is.
struct Finalizer: Hashable, Sendable {
    enum Owner {
        /// Kubernetes takes it away by itself when its time has come.
        case kubernetes
        /// A person's or a pipeline's program wrote it, on a kind of objects that deployers write: nobody works on it.
        case people
        /// Some controller's, which may have something to clear away outside.
        case controller
    }

    let name: String
    let owner: Owner

    init(_ name: String, on object: LiveObject) {
        self.name = name
        let authors = object.managers.filter {
            $0.fields[["f:metadata", "f:finalizers", "v:\"\(name)\""]] != nil
        }.map(\.name)
        let kind = object.kind.name
        let isWithinReach = object.kind.row?.isDeployed == true || (kind == "Secret" && object.name == "environment")
        let isWritten = !authors.isEmpty && authors.allSatisfy(Self.isProgramOfPeople)
        // What a pod or a claim got from the template of a workload bears its controller's name.
        let isTemplated = object.kind.row?.isTemplated == true && authors == ["kube-controller-manager"]
        if isWithinReach, isWritten {
            owner = .people
        } else if Self.isOfKubernetes(name, on: kind, isWithinReach || isTemplated) {
            owner = .kubernetes
        } else {
            owner = isTemplated ? .people : .controller
        }
    }

    /// The server records the program that wrote a field, not the user.
    ///
    /// A controller names itself; who pretends to be one gains that staff has to run the command that aula prints.
    private static func isProgramOfPeople(_ manager: String) -> Bool {
        programs.contains { manager.hasPrefix($0) }
    }

    private static let programs = [
        "kubectl", ForeignScope.deployer, "helm", "curl", "python-requests", "OpenAPI-Generator", "Mozilla",
    ]

    private static func isOfKubernetes(_ name: String, on kind: String, _ isWithinReach: Bool) -> Bool {
        guard let slash = name.firstIndex(of: "/") else { return true }
        let domain = name[..<slash]
        guard domain == "kubernetes.io" || domain.hasSuffix(".kubernetes.io") else { return false }
        return !isWithinReach || ownFinalizers[name] == kind
    }

    /// Those that Kubernetes sets on kinds that deployers can write as well.
    private static let ownFinalizers = [
        "batch.kubernetes.io/job-tracking": "Pod", "kubernetes.io/pvc-protection": "PersistentVolumeClaim",
        "service.kubernetes.io/load-balancer-cleanup": "Service",
    ]
}

extension LiveObject {
    /// What holds it, and whose each of them is.
    var holders: [Finalizer] { finalizers.map { Finalizer($0, on: self) } }
}
