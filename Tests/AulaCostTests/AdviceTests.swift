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
