/// Every desired resource of a cohort and the order between them.
package struct Blueprint: Sendable {
    package let cohort: Cohort
    /// In the order of expansion: shared things first, then group by group.
    package let resources: [Resource]
    private let positions: [Address: Int]

    /// - Precondition: addresses are unique; the expander reports collisions before it gets here.
    package init(cohort: Cohort, resources: [Resource]) {
        self.cohort = cohort
        self.resources = resources
        var positions: [Address: Int] = [:]
        positions.reserveCapacity(resources.count)
        for (position, resource) in resources.enumerated() { positions[resource.address] = position }
        self.positions = positions
    }

    package subscript(address: Address) -> Resource? {
        positions[address].map { resources[$0] }
    }

    package func contains(_ address: Address) -> Bool { positions[address] != nil }

    /// The mark that this edition writes on what it makes.
    package var mark: Mark { cohort.mark }
}
