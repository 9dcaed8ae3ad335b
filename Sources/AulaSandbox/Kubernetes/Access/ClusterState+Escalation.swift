import AulaModel

extension ClusterState {
    /// Nobody hands out more than he holds, unless he may `escalate` the role or `bind` to it.
    ///
    /// As in pkg/registry/rbac of the real server (`RoleEscalationAuthorized`, `BindingAuthorized`,
    /// `ConfirmNoEscalation`). A write that changes nothing, or only what the garbage collector needs, is let through.
    ///
    /// - Throws: 403 with the rights that are not held; 404 where a binding's role does not exist.
    func checkEscalation(_ object: JSON, replacing old: JSON? = nil, _ write: WriteRequest) throws(APIStatus) {
        let kind = write.target.kind
        guard kind.group == Self.accessGroup, !write.user.groups.contains("system:masters") else { return }
        if let old, Self.withoutCollectorFields(old) == Self.withoutCollectorFields(object) { return }
        let rules: [JSON]
        if kind.name.hasSuffix("Binding") {
            let isOfCluster = object[["roleRef", "kind"]] == "ClusterRole"
            var binding = AccessRequest(verb: "bind", group: Self.accessGroup)
            binding.resource = isOfCluster ? "clusterroles" : "roles"
            binding.name = object[["roleRef", "name"]]?.string ?? ""
            binding.namespace = write.target.namespace
            if allows(binding, by: write.user) { return }
            let id = "\(binding.resource).\(Self.accessGroup)"
            guard let role = self.object(id, isOfCluster ? "" : binding.namespace, binding.name) else {
                throw .notFound(table.kind(id: id) ?? kind, binding.name)
            }
            rules = role.items("rules")
        } else {
            if allows(AccessRequest(verb: "escalate", on: write.target), by: write.user) { return }
            rules = object.items("rules")
        }
        let held = self.rules(for: write.user, in: write.target.namespace)
        let missing = rules.flatMap(GrantedRight.all).filter { right in
            !held.contains { Self.rule($0, covers: right.access) }
        }
        guard !missing.isEmpty else { return }
        let groups = write.user.groups.map { "\"\($0)\"" }.joined(separator: " ")
        throw .forbidden(
            kind, object.name,
            "user \"\(write.user.name)\" (groups=[\(groups)]) is attempting to grant RBAC permissions not currently "
                + "held:\n" + GrantedRight.text(missing))
    }

    private static let accessGroup = "rbac.authorization.k8s.io"

    private static func withoutCollectorFields(_ object: JSON) -> JSON {
        var object = object
        for name in ["ownerReferences", "finalizers", "managedFields", "selfLink"] {
            object[["metadata", name]] = nil
        }
        return object
    }
}

/// The smallest part of a rule: one verb on one resource, or on one name of it, or on one path.
private struct GrantedRight {
    let access: AccessRequest

    /// Every such part of a rule.
    static func all(of rule: JSON) -> [GrantedRight] {
        let verbs = rule.strings("verbs")
        let names = rule.strings("resourceNames")
        var rights = rule.strings("nonResourceURLs").flatMap { path in
            verbs.map { GrantedRight(access: AccessRequest(verb: $0, path: path)) }
        }
        for group in rule.strings("apiGroups") {
            for resource in rule.strings("resources") {
                let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
                for name in names.isEmpty ? [""] : names {
                    rights += verbs.map { verb in
                        GrantedRight(
                            access: AccessRequest(
                                verb: verb, group: group, resource: parts.first ?? "",
                                subresource: parts.count > 1 ? parts[1] : "", name: name))
                    }
                }
            }
        }
        return rights
    }

    /// As the server lists what is missing: one line for each resource, with all its verbs.
    static func text(_ rights: [GrantedRight]) -> String {
        var order: [String] = []
        var verbs: [String: [String]] = [:]
        for right in rights {
            let place = right.place
            if verbs[place] == nil { order.append(place) }
            verbs[place, default: []].append("\"\(right.access.verb)\"")
        }
        return order.map { "{\($0), Verbs:[\((verbs[$0] ?? []).joined(separator: " "))]}" }.sorted()
            .joined(separator: "\n")
    }

    private var place: String {
        if let path = access.path { return "NonResourceURLs:[\"\(path)\"]" }
        let place = "APIGroups:[\"\(access.group)\"], Resources:[\"\(access.fullResource)\"]"
        return access.name.isEmpty ? place : place + ", ResourceNames:[\"\(access.name)\"]"
    }
}
