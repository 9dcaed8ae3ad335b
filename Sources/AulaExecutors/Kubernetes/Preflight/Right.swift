import AulaEngine
import AulaModel

/// What somebody may do with one kind of objects, or with one of them: everywhere or in one namespace.
struct Right: Hashable, Sendable, Comparable {
    var verb: String
    var group: String
    var resource: String
    /// Such as `token` or `log`; empty for the objects themselves.
    var subresource = ""
    /// Nil for every object of the kind.
    var name: String?
    /// Nil for every namespace, and for kinds of the cluster.
    var namespace: String?

    /// The body of the question whether the asking user has it (`authorization.k8s.io/v1`).
    var review: JSON {
        var attributes: JSON = ["verb": .string(verb), "group": .string(group), "resource": .string(resource)]
        if !subresource.isEmpty { attributes["subresource"] = .string(subresource) }
        if let name { attributes["name"] = .string(name) }
        if let namespace { attributes["namespace"] = .string(namespace) }
        return [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": ["resourceAttributes": attributes],
        ]
    }

    var everywhere: Right {
        var right = self
        right.namespace = nil
        return right
    }

    /// As kubectl spells it: `roles.rbac.authorization.k8s.io`, `deployments.apps/scale`.
    var resourceName: String {
        (group.isEmpty ? resource : "\(resource).\(group)") + (subresource.isEmpty ? "" : "/\(subresource)")
    }

    static func < (left: Right, right: Right) -> Bool { left.order < right.order }

    private var order: (String, String, String, String) { (resourceName, name ?? "", verb, namespace ?? "") }
}

extension Change {
    /// What carrying it out asks of the server, in the API's verbs.
    var verbs: [String] {
        switch action {
        // Server-side apply needs both: `create` for an object that is new, `patch` for the request itself.
        case .create: ["create", "get", "patch"]
        case .update, .release: ["patch"]
        case .replace: ["create", "delete", "get", "patch"]
        case .delete: ["delete", "get"]
        case .archive: []
        }
    }
}
