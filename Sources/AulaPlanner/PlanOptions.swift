package import AulaModel

/// What the user allows and asks for.
package struct PlanOptions: Sendable, Hashable, Codable {
    package var purpose: Plan.Purpose
    package var filter: Filter
    /// Addresses of unmarked things that may be taken over.
    package var adopt: Set<Address>
    package var allowDataLoss: Bool
    /// Whether templates may make objects of the whole cluster, and hand out more than a deploy needs.
    package var allowClusterWide: Bool
    /// Containers that may be deleted with the foreign things inside.
    package var withContents: Set<Address>
    /// Token Secrets, as the blueprint names them, that get a new generation: then nothing else is planned.
    package var rotating: Set<Address>

    package init(
        purpose: Plan.Purpose = .apply, filter: Filter = Filter(), adopt: Set<Address> = [],
        allowDataLoss: Bool = false, allowClusterWide: Bool = false, withContents: Set<Address> = [],
        rotating: Set<Address> = []
    ) {
        self.purpose = purpose
        self.filter = filter
        self.adopt = adopt
        self.allowDataLoss = allowDataLoss
        self.allowClusterWide = allowClusterWide
        self.withContents = withContents
        self.rotating = rotating
    }
}
