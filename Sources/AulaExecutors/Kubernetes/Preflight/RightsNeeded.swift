import AulaEngine
import AulaModel
import AulaPlanner
import AulaTokens

/// What a plan asks of the user's rights in a cluster.
struct RightsNeeded: Sendable {
    private(set) var rights: Set<Right> = []
    /// What is handed out to others.
    private(set) var grants: [Grant] = []

    init(_ plan: Plan, _ kind: @Sendable (KindCatalogue.Name) async -> ObjectKind?) async {
        for change in plan.changes where change.address.system == .kubernetes {
            guard let manifest = change.desired?.body ?? change.observed?.attributes,
                let name = KindCatalogue.Name(manifest),
                // A kind that the cluster does not have is an error of its own.
                let kind = await kind(name)
            else { continue }
            let namespace = kind.isNamespaced ? manifest[["metadata", "namespace"]]?.string : nil
            for verb in change.verbs {
                rights.insert(Right(verb: verb, group: kind.group, resource: kind.plural, namespace: namespace))
            }
            if let account = change.tokenAccount { needToken(of: account, in: namespace) }
            // Any write of a role is one of its rights; only who deletes it hands nothing out.
            if change.verbs.contains("patch"), let grant = Grant(manifest, kind) { grants.append(grant) }
        }
        guard !rights.isEmpty else { return }
        let lease = ObjectKind.lease
        for verb in ["create", "delete", "get", "update"] {
            rights.insert(
                Right(verb: verb, group: lease.group, resource: lease.plural, namespace: plan.mark.ownNamespace))
        }
    }

    /// Too short a token goes with its Secret, so that must be deleted.
    private mutating func needToken(of account: String, in namespace: String?) {
        rights.insert(
            Right(
                verb: "create", group: "", resource: ObjectKind.serviceAccount.plural, subresource: "token",
                name: account, namespace: namespace))
        rights.insert(Right(verb: "delete", group: "", resource: ObjectKind.secret.plural, namespace: namespace))
    }
}

extension Change {
    /// The account that a token is requested for; nil where none is, or where its Secret has one.
    fileprivate var tokenAccount: String? {
        let hasToken = observed?.attributes[["metadata", "annotations", TokenPart.expires]] != nil
        guard verbs.contains("patch"), !hasToken || action == .replace else { return nil }
        return desired?.body[["metadata", "annotations", TokenPart.account]]?.string
    }
}
