import AulaCohort
import AulaModel
import Foundation
import Testing

@Suite struct MemoTests {
    private func memo() throws -> Cohort {
        let (cohort, diagnostics) = CohortParser.parse(try .cohort(named: "memo2.yaml"))
        #expect(diagnostics == [])
        return try #require(cohort)
    }

    @Test func `who takes part`() throws {
        let cohort = try memo()
        #expect(cohort.name == "memo2")
        #expect(cohort.id == "m2k7q9xd")
        #expect(cohort.title == "MeMo2 @ FIUBA, 2020 second term")
        #expect(cohort.groups.map(\.name) == ["g1", "g2", "g3", "g4", "g5", "g6", "g7"])
        #expect(cohort.groups.allSatisfy { $0.key == $0.name && $0.path == $0.name })
        #expect(cohort.environments == [Environment(name: "test"), Environment(name: "prod")])
    }

    @Test func `for how long and for how much`() throws {
        let cohort = try memo()
        let term = try #require(cohort.term)
        #expect("\(term.range.from) \(term.range.to)" == "2020-12-07 2021-03-08")
        #expect(term.timeZone.identifier == "America/Argentina/Buenos_Aires")
        #expect(term.pauses.map(\.reason) == ["recess"])
        #expect(term.hours == Decimal(91 * 24))
        #expect(term.runningHours == Decimal((91 - 49) * 24))
        #expect(cohort.budget == Budget(Money(100, "USD")))
    }

    @Test func `what runs`() throws {
        let components = try memo().components
        #expect(components.map(\.name) == ["api", "bot", "db"])
        #expect(components.map(\.template) == ["api", "bot", "postgres"])
        #expect(components.map(\.shared) == [nil, nil, .environment])
        let port = try #require(components.first?.parameters["port"])
        #expect(port == Parameter(8080, at: SourcePosition(file: "memo2.yaml", line: 13, column: 31)))
        #expect(components.last?.parameters["storage"]?.value == "8Gi")
    }

    @Test func `where it runs`() throws {
        let cohort = try memo()
        let cluster = AzureSite.Cluster(name: "cluster-memo2-prod", nodeSize: "Standard_B2s", nodes: 2)
        #expect(
            cohort.site.azure
                == AzureSite(
                    subscription: "00000000-0000-0000-0000-000000000000", location: "westus", resourceGroup: "memo2",
                    cluster: cluster))
        #expect(cohort.gitlab == GitLabHome(url: "https://gitlab.com", group: "memo2-fiuba/2020-2c"))
        #expect(cohort.tokens == .longLived)
    }

    @Test func `later stages find the position of everything`() throws {
        let cohort = try memo()
        func line(_ key: String) -> Int? { cohort.position(of: key)?.line }
        #expect(line("budget") == 9)
        #expect(line("groups") == 10)
        #expect(line("environments.prod") == 11)
        #expect(line("components.api.port") == 13)
        #expect(line("azure.location") == 18)
        #expect(line("azure.cluster.nodeSize") == 20)
        // A default has no position of its own: the cluster's is the nearest.
        #expect(cohort.position(of: "azure.cluster.tier") == cohort.positions["azure.cluster"])
        #expect(cohort.position(of: "tokens.kind") == cohort.positions["name"])
    }
}
