/// Every desired resource of a cohort and the order between them.
package struct Blueprint: Sendable {
    package let cohort: Cohort
    /// In the order of expansion: shared things first, then group by group.
    package let resources: [Resource]
    /// Texts of the file that are secret, by their paths in the bodies.
    package let given: [Address: [[String]: Secret]]
    /// What templates declare that no resource says; what the site declares is not among it.
    package let declared: Needs
    /// What reaches further than the class's own namespaces.
    package let reach: [WideReach]
    private let positions: [Address: Int]

    /// - Precondition: addresses are unique; the expander reports collisions before it gets here.
    package init(
        cohort: Cohort, resources: [Resource], given: [Address: [[String]: Secret]] = [:], declared: Needs = Needs(),
        reach: [WideReach] = []
    ) {
        self.cohort = cohort
        self.declared = declared
        self.given = given
        self.reach = reach
        self.resources = resources
        var positions: [Address: Int] = [:]
        positions.reserveCapacity(resources.count)
        for (position, resource) in resources.enumerated() { positions[resource.address] = position }
        self.positions = positions
    }

    /// Everything that it is billed for beside nodes, their disks and volumes, the site's own first.
    package var charges: [Charge] {
        (cohort.site.azure?.needs.charges ?? []) + declared.charges + resources.flatMap(\.charges)
    }

    /// A resource of a template that reaches further than its team's namespace, in words.
    package struct WideReach: Hashable, Sendable {
        package var address: Address
        package var words: String
        package var position: SourcePosition?

        package init(address: Address, words: String, position: SourcePosition?) {
            self.address = address
            self.words = words
            self.position = position
        }
    }

    package subscript(address: Address) -> Resource? {
        positions[address].map { resources[$0] }
    }

    package func contains(_ address: Address) -> Bool { positions[address] != nil }

    /// A resource with the secret texts that the file gives it, for those who have read the file themselves.
    package func revealing(_ resource: Resource) -> Resource {
        guard let texts = given[resource.address] else { return resource }
        var whole = resource
        let uncompared = Set(resource.late.lazy.filter { !$0.compared }.map(\.path))
        for (path, secret) in texts where !uncompared.contains(path) { whole.body[path] = .string(secret.revealed) }
        whole.late.removeAll { $0.value == .given && $0.compared }
        return whole
    }

    /// The mark that this edition writes on what it makes.
    package var mark: Mark { cohort.mark }
}
