import AulaModel

extension ClusterState {
    func allows(_ access: AccessRequest, by user: User) -> Bool {
        user.groups.contains("system:masters")
            || rules(for: user, in: access.namespace).contains { Self.rule($0, covers: access) }
    }

    /// Every rule that holds for a user in a namespace (empty: at the cluster scope).
    func rules(for user: User, in namespace: String) -> [JSON] {
        var found: [JSON] = []
        for binding in objects("clusterrolebindings.rbac.authorization.k8s.io")
        where Self.binds(binding, user, defaultNamespace: "") {
            found += clusterRole(binding[["roleRef", "name"]]?.string ?? "")
        }
        guard !namespace.isEmpty else { return found }
        for binding in objects("rolebindings.rbac.authorization.k8s.io", in: namespace)
        where Self.binds(binding, user, defaultNamespace: namespace) {
            let name = binding[["roleRef", "name"]]?.string ?? ""
            if binding[["roleRef", "kind"]] == "ClusterRole" {
                found += clusterRole(name)
            } else {
                found += object("roles.rbac.authorization.k8s.io", namespace, name)?.items("rules") ?? []
            }
        }
        return found
    }

    private func clusterRole(_ name: String) -> [JSON] {
        object("clusterroles.rbac.authorization.k8s.io", "", name)?.items("rules") ?? []
    }

    private static func binds(_ binding: JSON, _ user: User, defaultNamespace: String) -> Bool {
        binding.items("subjects").contains { subject in
            let name = subject["name"]?.string ?? ""
            return switch subject["kind"]?.string {
            case "ServiceAccount":
                user.name == "system:serviceaccount:\(subject["namespace"]?.string ?? defaultNamespace):\(name)"
            case "Group": user.groups.contains(name)
            default: user.name == name
            }
        }
    }

    static func rule(_ rule: JSON, covers access: AccessRequest) -> Bool {
        let verbs = rule.strings("verbs")
        guard verbs.contains("*") || verbs.contains(access.verb) else { return false }
        if let path = access.path {
            return rule.strings("nonResourceURLs").contains {
                $0 == path || ($0.hasSuffix("*") && path.hasPrefix($0.dropLast()))
            }
        }
        let groups = rule.strings("apiGroups")
        guard groups.contains("*") || groups.contains(access.group) else { return false }
        let names = rule.strings("resourceNames")
        guard names.isEmpty || names.contains(access.name) else { return false }
        return rule.strings("resources").contains {
            $0 == "*" || $0 == access.fullResource
                || (!access.subresource.isEmpty && $0 == "*/\(access.subresource)")
        }
    }
}
