import AulaModel
import AulaTestSupport
import Testing

/// A second context is a second cluster: a cohort file names it, and nothing else changes.
@Suite(.timeLimit(.minutes(8))) struct SeveralSitesTests {
    private static let east = "{ name: east, context: one }"
    private static let west = "{ name: west, context: two }"

    private static func cohort(third: String = "west") -> String {
        Cohorts.small(
            groups: "[ada, { name: bea, site: west }, { name: cleo, site: \(third) }]",
            site: "kubernetes: [\(east), \(west)]")
    }

    private static func namespaces(_ computer: Computer, _ context: String) async throws -> [String] {
        try await computer.items("/api/v1/namespaces", in: context)
            .compactMap { $0[["metadata", "name"]]?.string }.filter { $0.hasPrefix("demo-") }.sorted()
    }

    @Test func `a class on two clusters lives its whole life, each group in its own`() async throws {
        let world = try World(contexts: ["one", "two"])
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Self.cohort())
        let apply = try await ada.aula("apply", file, "--yes", "--no-wait")
        #expect(apply.outcome == .done, "\(apply)")
        #expect(apply.output.contains("east: context one, cluster one, https://clusterone.test"), "\(apply)")
        #expect(try await Self.namespaces(ada, "one") == ["demo-ada-test", "demo-aula"])
        #expect(try await Self.namespaces(ada, "two") == ["demo-aula", "demo-bea-test", "demo-cleo-test"])
        var urls: [String] = []
        for project in try await ada.gitlab("projects") where project["path"] == "api" {
            let variables = try await ada.gitlab("projects/\(project["id"]?.int ?? 0)/variables")
            urls += variables.filter { $0["key"] == "KUBE_URL" }.compactMap { $0["value"]?.string }
        }
        #expect(
            urls.sorted() == ["https://clusterone.test", "https://clustertwo.test", "https://clustertwo.test"])
        for words in [["tokens", "verify", file], ["tokens", "rotate", file, "--yes"], ["tokens", "verify", file]] {
            let tokens = try await ada.aula(words)
            #expect(tokens.outcome == .done, "\(words)\n\(tokens)")
        }
        world.forgetRequests()
        let unchanged = try await ada.aula("apply", file, "--yes", "--no-wait")
        #expect(unchanged.output.contains("No changes. The class matches the cohort file."), "\(unchanged)")
        #expect(world.writes.isEmpty)
        let destroy = try await ada.aula("destroy", file, "--confirm", "demo")
        #expect(destroy.outcome == .done, "\(destroy)")
        for context in ["one", "two"] { #expect(try await Self.namespaces(ada, context) == []) }
    }

    @Test func `a group that moves is made in the other cluster, and goes in the first`() async throws {
        let world = try World(contexts: ["one", "two"])
        let ada = try Computer("ada@laptop", in: world)
        #expect(try await ada.aula("apply", ada.write(Self.cohort()), "--yes", "--no-wait").outcome == .done)
        let moved = try await ada.aula("apply", ada.write(Self.cohort(third: "east")), "--yes", "--no-wait")
        #expect(moved.outcome == .done, "\(moved)")
        #expect(moved.output.contains("kubernetes@west/Namespace/demo-cleo-test"), "\(moved)")
        #expect(try await Self.namespaces(ada, "one") == ["demo-ada-test", "demo-aula", "demo-cleo-test"])
        #expect(try await Self.namespaces(ada, "two") == ["demo-aula", "demo-bea-test"])
    }

    @Test func `a site that no cluster has is an error with its position`() async throws {
        let ada = try Computer("ada@laptop", in: try World())
        let wrong = try await ada.aula("validate", ada.write(Self.cohort(third: "north")))
        #expect(wrong.outcome == .error)
        let output = wrong.output + wrong.errors
        #expect(output.contains("there is no cluster `north` for the group `cleo`"), "\(wrong)")
        #expect(output.contains("there are east, west"), "\(wrong)")
        let single = Cohorts.small(groups: "[{ name: ada, site: east }]")
        let alone = try await ada.aula("validate", ada.write(single))
        #expect((alone.output + alone.errors).contains("several clusters are a list"), "\(alone)")
    }
}
