import AulaEngine
import AulaModel
import AulaPlanner
import AulaSandbox
import Testing

@testable import AulaExecutors

@Suite struct ExpiringTokenTests {
    @Test func `the granted expiry is recorded, and the token dies with its Secret`() async throws {
        let course = try TokenClass(.expiring(days: 30))
        await course.apply()
        let tokens = TokenGenerations(course.blueprint(), await course.observe()).tokens
        #expect(tokens.map(\.expires) == ["2027-02-14T08:00:00Z", "2027-02-14T08:00:00Z"])
        let token = try #require(try await course.delivered(1))
        #expect(tokens.first?.secret == token)
        #expect(try await course.works(token))
        await course.cluster.someone("DELETE", "/api/v1/namespaces/memo2-g1-test/secrets/gitlab-deployer-token")
        #expect(try await course.works(token) == false)
    }

    @Test func `less than asked for is an error before GitLab is told, and nothing is left`() async throws {
        var settings = ClusterSettings()
        settings.tokenCapSeconds = 86_400
        let course = try TokenClass(.expiring(days: 30), settings: settings)
        let summary = await course.apply().summary
        #expect(
            summary.failed.map(\.error.message)
                == TokenClass.namespaces.map {
                    "kubernetes/Secret/\($0)/gitlab-deployer-token: asked for 30 days, the cluster grants 1 day; "
                        + "GitLab was not told"
                })
        #expect(summary.skipped.map(\.address.kind) == ["variable", "variable"])
        #expect(try await course.secrets("memo2-g1-test") == [])
        #expect(try await course.delivered(1) == nil)
    }

    @Test func `another kind of token is a new generation: the old one works until it is delivered`() async throws {
        let course = try TokenClass()
        await course.apply()
        let change = await course.apply(.expiring(days: 30))
        #expect(change.summary.failed.map(\.error.message) == [])
        let writes = change.plan.changes.filter { $0.address.path.contains("g1") }.map { "\($0.action) \($0.address)" }
        #expect(
            writes == [
                "create kubernetes/Secret/memo2-g1-test/gitlab-deployer-token-2",
                "update gitlab/variable/memo2/g1/api/KUBE_TOKEN@test",
                "delete kubernetes/Secret/memo2-g1-test/gitlab-deployer-token",
            ])
        #expect(await course.apply(.expiring(days: 30)).plan.isEmpty)
        #expect(try await course.works(try #require(try await course.delivered(1))))
    }
}
