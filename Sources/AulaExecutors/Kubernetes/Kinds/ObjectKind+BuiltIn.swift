import AulaModel

extension ObjectKind {
    static let namespace = known("Namespace")
    static let secret = known("Secret")
    static let configMap = known("ConfigMap")
    static let serviceAccount = known("ServiceAccount")
    static let lease = known("Lease")
    static let pod = known("Pod")
    static let event = known("Event")

    /// Every kind that the built-in templates can make.
    ///
    /// They are always read, so that what a file no longer asks for is found. A kind that only a teacher's own manifests
    /// use joins them while a file asks for it.
    static let managed = KubernetesKind.all.filter(\.isAlwaysRead).compactMap { all($0).first }

    /// The kinds of every Kubernetes, known without asking the cluster.
    static let builtIn = KubernetesKind.all.flatMap(all)

    /// A kind in each of its versions, the preferred one first.
    private static func all(_ kind: KubernetesKind) -> [ObjectKind] {
        kind.versions.map {
            ObjectKind(kind.group, $0, kind.name, kind.plural, isNamespaced: kind.isNamespaced)
        }
    }

    /// One of the table's; what it has not is asked for in vain.
    private static func known(_ name: String) -> ObjectKind {
        builtIn.first { $0.name == name } ?? ObjectKind("", "v1", name, name.lowercased() + "s")
    }

    /// What aula knows of it by heart; nil for others.
    var row: KubernetesKind? { KubernetesKind[name].flatMap { $0.group == group ? $0 : nil } }
}
