import AulaEngine
import AulaModel
import AulaPlanner
import AulaSandbox
import AulaTokens
import Testing

@testable import AulaExecutors

@Suite struct ExpiringTokenTests {
    @Test func `the granted expiry is recorded, and the token dies with its Secret`() async throws {
        let course = try TokenClass(.expiring(days: 30))
        await course.apply()
        let tokens = TokenGenerations(course.blueprint(), await course.observe()).tokens
        #expect(tokens.map(\.expires) == ["2027-02-14T08:00:00Z", "2027-02-14T08:00:00Z"])
        let token = try #require(try await course.delivered(1))
        #expect(tokens.first?.secret?.revealed == token)
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
        #expect(summary.skipped.map(\.address.kind.name) == ["variable", "variable"])
        #expect(try await course.secrets("memo2-g1-test") == [])
        #expect(try await course.delivered(1) == nil)
    }

    @Test func `a token that somebody else put into an adopted Secret gives way to one that dies with it`() async throws
    {
        let course = try TokenClass(.expiring(days: 30))
        await course.apply()
        let path = "/api/v1/namespaces/memo2-g1-test/secrets"
        let foreign = try #require(
            try JSON(
                parsing: await course.cluster.someone(
                    "POST", "/api/v1/namespaces/memo2-g1-test/serviceaccounts/gitlab-deployer/token",
                    ["spec": ["expirationSeconds": 86_400]]
                ).body)[["status", "token"]]?.string)
        await course.cluster.someone("DELETE", path + "/gitlab-deployer-token")
        await course.cluster.someone(
            "POST", path,
            [
                "metadata": ["name": "gitlab-deployer-token"], "type": "Opaque",
                "stringData": ["token": .string(foreign)],
            ])

        let observation = await course.observe()
        let secret = TokenClass.secret("memo2-g1-test")
        let adoption = Planner.plan(course.blueprint(), observation, PlanOptions(adopt: [secret]))
        #expect(await course.run(adoption, observation).failed.map(\.error.message) == [])
        await course.apply()
        let delivered = try #require(try await course.delivered(1))
        #expect(delivered != foreign)
        #expect(try await course.works(delivered))
        await course.cluster.someone("DELETE", path + "/gitlab-deployer-token")
        #expect(try await course.works(delivered) == false)
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
