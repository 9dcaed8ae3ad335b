package import AulaModel

extension Cohort {
    /// The cohort of most tests: memo2, in the current context, with nothing in it but what a test names.
    package static func sample(
        title: String = "", term: Term? = nil, budget: Budget? = nil, groups: [Group] = [],
        environments: [String] = [], components: [Component] = [], site: KubernetesSite = .context(nil),
        gitlab: GitLabHome? = nil
    ) -> Cohort {
        Cohort(
            name: Mark.sample.cohort, id: Mark.sample.id, title: title, term: term, budget: budget, groups: groups,
            environments: environments.map { Environment(name: $0) }, components: components, site: site,
            gitlab: gitlab)
    }
}

extension Mark {
    /// Whose things the sample cohort's are.
    package static let sample = Mark(cohort: "memo2", id: "m2k7q9xd")
}

extension Group {
    /// Groups `g1`, `g2` and so on.
    package static func samples(_ count: Int) -> [Group] {
        (1...max(count, 1)).map { Group(name: "g\($0)", key: "g\($0)", path: "g\($0)") }.prefix(count).map(\.self)
    }
}

extension AzureSite {
    /// memo2's cluster of two small nodes in westus.
    package static func sample(
        subscription: String = "00000000-0000-0000-0000-000000000000", resourceGroup: String = "memo2",
        cluster: String = "cluster-memo2-prod", nodeSize: String = "Standard_B2s", nodes: Int = 2,
        tier: String = "free", location: String = "westus", existing: Set<String> = []
    ) -> AzureSite {
        AzureSite(
            subscription: subscription, location: location, resourceGroup: resourceGroup,
            cluster: Cluster(name: cluster, nodeSize: nodeSize, nodes: nodes, tier: tier), existing: existing)
    }
}
