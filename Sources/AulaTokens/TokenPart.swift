package import AulaModel

/// What tells a Secret that holds a deployer's token.
///
/// A long-lived one is filled by the cluster's token controller. One that expires is an ordinary Secret with a wish in
/// its annotations: aula requests a token that is bound to it, so that deleting the Secret revokes the token.
package enum TokenPart {
    /// The type of a Secret that the token controller fills.
    package static let longLivedType = "kubernetes.io/service-account-token"
    /// Where the token stands in its Secret.
    package static let field = "token"
    /// The account, as Kubernetes spells it for a long-lived token.
    package static let longLivedAccount = "kubernetes.io/service-account.name"
    /// The account that an expiring token is requested for.
    package static let account = "aula.dev/token-account"
    /// For how many days it was asked.
    package static let days = "aula.dev/token-days"
    /// When the granted token expires, in UTC; written with the token.
    package static let expires = "aula.dev/token-expires"

    package static func isToken(_ body: JSON) -> Bool {
        body["type"]?.string == longLivedType || body[["metadata", "annotations", account]] != nil
    }

    /// The Secret for a long-lived token in the form that the cohort's policy asks for.
    package static func applying(_ policy: TokenPolicy, to resource: Resource) -> Resource {
        guard case .expiring(let days) = policy, resource.body["type"]?.string == longLivedType else { return resource }
        var resource = resource
        let account = resource.body[["metadata", "annotations", longLivedAccount]]
        resource.body["type"] = "Opaque"
        resource.body[["metadata", "annotations", longLivedAccount]] = nil
        resource.body[["metadata", "annotations", Self.account]] = account
        resource.body[["metadata", "annotations", Self.days]] = .string("\(days)")
        return resource
    }
}
