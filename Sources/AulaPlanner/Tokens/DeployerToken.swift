package import AulaModel

/// One generation of a deployer's token, as it was found.
package struct DeployerToken: Sendable {
    /// The token Secret as the blueprint names it, whatever the generation.
    package let name: Address
    package let address: Address
    package let namespace: String
    package let slot: Slot
    package let generation: Int
    /// The youngest that has its token.
    package let isLive: Bool
    /// Beside it there are others: a rotation was begun and not finished.
    package let hasSiblings: Bool
    /// When its Secret was made, in UTC, as the cluster writes it.
    package let made: String?
    /// When it expires, in UTC; nil for a long-lived one.
    package let expires: String?
    /// The token itself.
    package let secret: Secret?

    init(_ lineage: TokenLineage, _ generation: Int, _ observed: Observed, isLive: Bool, count: Int) {
        name = lineage.resource.address
        address = lineage.address(of: generation)
        namespace = lineage.resource.body[["metadata", "namespace"]]?.string ?? ""
        slot = lineage.resource.slot
        self.generation = generation
        self.isLive = isLive
        hasSiblings = count > 1
        made = observed.attributes[["metadata", "creationTimestamp"]]?.string
        expires = observed.attributes[["metadata", "annotations", TokenPart.expires]]?.string
        secret = observed.outputs["token"].flatMap { $0.isEmpty ? nil : Secret(unlisted: $0.revealed) }
    }
}
