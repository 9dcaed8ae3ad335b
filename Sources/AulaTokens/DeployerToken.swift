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

    /// When it is over, as it says itself.
    package var expiry: TokenExpiry { secret.flatMap { TokenExpiry(of: $0) } ?? .unreadable }

    /// One that is put together by hand, for a report.
    package init(
        name: Address, namespace: String, slot: Slot, generation: Int = 1, isLive: Bool = true,
        hasSiblings: Bool = false, made: String? = nil, expires: String? = nil, secret: Secret?
    ) {
        self.name = name
        address = generation == 1 ? name : name.numbered(generation, after: "-")
        self.namespace = namespace
        self.slot = slot
        self.generation = generation
        self.isLive = isLive
        self.hasSiblings = hasSiblings
        self.made = made
        self.expires = expires
        self.secret = secret
    }

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
        secret = observed.outputs[TokenPart.field].flatMap { $0.isEmpty ? nil : Secret(unlisted: $0.revealed) }
    }
}
