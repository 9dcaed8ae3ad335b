import AulaModel

/// A write that hands out rights: of a role, or of a binding to one.
///
/// The server refuses it, whoever may write roles, unless the writer holds the licence or everything that is handed out
/// (kubernetes.io: "Privilege escalation prevention and bootstrapping").
struct Grant: Sendable {
    /// `escalate` on the role, or `bind` to it.
    let licence: Right
    /// Which role it is.
    let role: Address
    /// Where the role lives in the API.
    let path: String
    /// Where the rights hold; nil for the whole cluster.
    let namespace: String?
    /// The role's rules; nil where another manifest has them, or only the cluster.
    let rules: JSON?

    /// Nil for what is neither, and for a role that allows nothing.
    init?(_ manifest: JSON, _ kind: ObjectKind) {
        guard kind.group == Self.group, let name = manifest[["metadata", "name"]]?.string else { return nil }
        namespace = kind.isNamespaced ? manifest[["metadata", "namespace"]]?.string : nil
        let isOfCluster: Bool
        let roleName: String
        switch kind.name {
        case "Role", "ClusterRole":
            guard manifest["rules"]?.array?.isEmpty == false else { return nil }
            (isOfCluster, roleName, rules) = (!kind.isNamespaced, name, manifest["rules"])
        case "RoleBinding", "ClusterRoleBinding":
            guard let reference = manifest[["roleRef", "name"]]?.string else { return nil }
            (isOfCluster, roleName, rules) = (manifest[["roleRef", "kind"]] == "ClusterRole", reference, nil)
        default: return nil
        }
        let roleKind = isOfCluster ? Self.clusterRole : Self.role
        let home = isOfCluster ? nil : namespace
        role = .kubernetes(roleKind.name, home, roleName)
        path = roleKind.path(namespace: home, name: roleName)
        licence = Right(
            verb: rules == nil ? "bind" : "escalate", group: Self.group, resource: roleKind.plural, name: roleName,
            namespace: namespace)
    }

    /// Everything that rules hand out, part by part; paths that are no resources are left out.
    func rights(in rules: JSON) -> Set<Right> {
        var rights: Set<Right> = []
        for rule in rules.array ?? [] {
            func strings(_ name: String) -> [String] { (rule[name]?.array ?? []).compactMap(\.string) }
            let names = strings("resourceNames")
            for group in strings("apiGroups") {
                for resource in strings("resources") {
                    let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
                    for name in names.isEmpty ? [nil] : names.map(Optional.some) {
                        for verb in strings("verbs") {
                            rights.insert(
                                Right(
                                    verb: verb, group: group, resource: parts.first ?? resource,
                                    subresource: parts.count > 1 ? parts[1] : "", name: name, namespace: namespace))
                        }
                    }
                }
            }
        }
        return rights
    }

    private static let group = "rbac.authorization.k8s.io"
    private static let role = ObjectKind(group, "v1", "Role", "roles")
    private static let clusterRole = ObjectKind(group, "v1", "ClusterRole", "clusterroles", isNamespaced: false)
}
