import AulaCost
import AulaModel
import Testing

@Suite struct AdviceTests {
    private func warnings(size: String = "Standard_B2s", location: String = "westus", members: [String] = []) throws
        -> [Diagnostic]
    {
        let site = AzureSite(
            subscription: "s", location: location, resourceGroup: "memo2",
            cluster: AzureSite.Cluster(name: "c", nodeSize: size, nodes: 2))
        var group = Group(name: "Águila", key: "aguila", path: "aguila")
        group.members = members
        let cohort = Cohort(
            name: "memo2", id: "m2k7q9xd", title: "memo2", term: nil, budget: nil, groups: [group],
            environments: [Environment(name: "test")], components: [], site: .azure(site), gitlab: nil)
        return Advice.warnings(about: cohort, try SampleClass.book())
    }

    @Test func `what a group or an environment says in vain is a warning`() throws {
        func warnings(
            _ ofGroup: ComponentOverride, ofEnvironment: ComponentOverride? = nil, shared: Component.Shared? = nil
        ) throws -> [String] {
            var group = Group(name: "Águila", key: "aguila", path: "aguila")
            group.overrides.components["api"] = ofGroup
            var environment = Environment(name: "test")
            environment.overrides.components["api"] = ofEnvironment
            let cohort = Cohort(
                name: "memo2", id: "m2k7q9xd", title: "memo2", term: nil, budget: nil, groups: [group],
                environments: [environment],
                components: [
                    Component(
                        name: "api", template: "api", version: "2", replicas: 2, shared: shared,
                        parameters: ["memory": Parameter("64Mi")])
                ], site: .context(nil), gitlab: nil)
            return Advice.warnings(about: cohort, try SampleClass.book()).map(\.message)
        }
        let same = "in group `Águila` has no effect: the component says the same"
        #expect(try warnings(ComponentOverride(version: "2")) == ["`version` of `api` \(same)"])
        #expect(try warnings(ComponentOverride(version: "3", replicas: 2)) == ["`replicas` of `api` \(same)"])
        let memory = ComponentOverride(parameters: ["memory": Parameter("64Mi")])
        #expect(try warnings(memory) == ["`memory` of `api` \(same)"])
        // Takes back what the environment says.
        let more = ComponentOverride(parameters: ["memory": Parameter("128Mi")])
        #expect(try warnings(memory, ofEnvironment: more) == [])
        #expect(try warnings(more) == [])
        #expect(
            try warnings(ComponentOverride(replicas: 3), shared: .environment)
                == ["`api` is shared by all groups: what group `Águila` says of its server has no effect"])
    }

    @Test func `a size, a region and members that aula can do nothing with are warnings, with what was meant`() throws {
        #expect(try warnings() == [])
        let size = try warnings(size: "Standrad_B2s")
        #expect(
            size.map(\.message) == [
                "the node size `Standrad_B2s` is not in the price book: nothing can be fitted or priced"
            ])
        #expect(size.map(\.hint) == ["did you mean `Standard_B2s`?"])
        let region = try warnings(location: "westsu")
        #expect(region.map(\.message) == ["the region `westsu` is not in the price book: nothing can be priced"])
        #expect(region.map(\.hint) == ["did you mean `westus`?"])
        #expect(try warnings(members: ["ana"]).map(\.message) == ["the members of `Águila` are not used yet"])
        #expect(try (size + region).allSatisfy { $0.severity == .warning } && warnings(members: ["ana"]).count == 1)
    }
}
