import AulaEngine
import AulaModel
import AulaPlanner
import AulaTokens
import Foundation
import Testing

@testable import AulaExecutors

@Suite struct TokenRotationTests {
    @Test(arguments: GitLabHome.Registration.allCases, [TokenPolicy.longLived, .expiring(days: 30)])
    func `a rotation leaves one new token that works, and nothing to do`(
        registration: GitLabHome.Registration, policy: TokenPolicy
    ) async throws {
        let course = try TokenClass(policy, registration: registration)
        let first = await course.apply()
        #expect(first.summary.failed.map(\.error.message) == [])
        let before = TokenGenerations(course.blueprint(), await course.observe()).tokens
        #expect(before.map(\.generation) == [1, 1])
        #expect(await course.apply().plan.isEmpty)

        course.watch()
        let result = await course.rotate()
        #expect(course.dark == [], "at every moment the token in GitLab is one that works")
        #expect(result.delivery.failed.map(\.error.message) == [])
        #expect(result.findings.map(\.result) == [.works, .works])
        #expect(result.isComplete)
        for (index, namespace) in TokenClass.namespaces.enumerated() {
            #expect(try await course.secrets(namespace) == ["gitlab-deployer-token-2"])
            #expect(
                try await course.works(try #require(before[index].secret).revealed) == false, "the old one is revoked")
        }
        let after = await course.apply()
        #expect(after.plan.changes.map { "\($0.action) \($0.address)" } == [])
        #expect(TokenGenerations(course.blueprint(), await course.observe()).tokens.map(\.generation) == [2, 2])
        #expect(await course.rotate().isComplete)
        #expect(try await course.secrets("memo2-g1-test") == ["gitlab-deployer-token-3"])
    }

    /// What is rotated, and after how many writes it ends: of two groups 6 for long-lived tokens, 10 for others.
    struct Kill: Sendable {
        let policy: TokenPolicy
        let registration: GitLabHome.Registration
        let writes: Int

        static let all = GitLabHome.Registration.allCases.flatMap { registration in
            (0...5).map { Kill(policy: .longLived, registration: registration, writes: $0) }
                + (0...9).map { Kill(policy: .expiring(days: 30), registration: registration, writes: $0) }
        }
    }

    @Test(arguments: Kill.all)
    func `killed after any write, GitLab has a token that works, and the next rotation finishes`(
        kill: Kill
    ) async throws {
        let course = try TokenClass(kill.policy, registration: kill.registration)
        await course.apply()
        course.watch()
        course.die(after: kill.writes)
        _ = await course.rotate()
        #expect(course.isDead, "the rotation was over before the kill")
        course.die(after: nil)
        for group in 1...2 {
            let token = try #require(try await course.delivered(group))
            #expect(try await course.works(token), "group \(group)")
        }
        let next = await course.rotate()
        #expect(next.isComplete)
        #expect(next.findings.map(\.result) == [.works, .works])
        #expect(course.dark == [])
        for (index, namespace) in TokenClass.namespaces.enumerated() {
            #expect(try await course.secrets(namespace).count == 1)
            let token = try #require(try await course.delivered(index + 1))
            #expect(try await course.works(token))
        }
        #expect(await course.apply().plan.isEmpty)
    }

    @Test(arguments: 0...5, 0...5)
    func `killed twice, the third run finishes`(first: Int, second: Int) async throws {
        let course = try TokenClass()
        await course.apply()
        course.watch()
        for writes in [first, second] {
            course.die(after: writes)
            _ = await course.rotate()
        }
        course.die(after: nil)
        #expect(await course.rotate().isComplete)
        #expect(course.dark == [])
        for namespace in TokenClass.namespaces { #expect(try await course.secrets(namespace).count == 1) }
        #expect(await course.apply().plan.isEmpty)
    }

    @Test func `the kills hit every phase: new token made, delivered, revoked`() async throws {
        var phases: Set<String> = []
        for writes in 0...6 {
            let course = try TokenClass()
            await course.apply()
            let old = try await course.delivered(1)
            course.die(after: writes)
            _ = await course.rotate()
            let secrets = try await course.secrets("memo2-g1-test").count
            phases.insert("\(secrets) with \(try await course.delivered(1) == old ? "the old" : "the new") delivered")
        }
        #expect(
            phases == [
                "1 with the old delivered", "2 with the old delivered", "2 with the new delivered",
                "1 with the new delivered",
            ])
    }

    @Test(arguments: Kill.all) func `an apply finishes what a killed rotation began`(kill: Kill) async throws {
        let course = try TokenClass(kill.policy, registration: kill.registration)
        await course.apply()
        course.watch()
        course.die(after: kill.writes)
        _ = await course.rotate()
        #expect(course.isDead, "the rotation was over before the kill")
        course.die(after: nil)
        let apply = await course.apply()
        #expect(apply.summary.failed.map(\.error.message) == [])
        #expect(await course.apply().plan.isEmpty)
        for namespace in TokenClass.namespaces { #expect(try await course.secrets(namespace).count == 1) }
        #expect(await course.verify(await course.observe()).map(\.result) == [.works, .works])
        #expect(course.dark == [])
    }

    @Test func `only the group that was named rotates`() async throws {
        let course = try TokenClass()
        await course.apply()
        #expect(await course.rotate(["memo2-g2-test"]).isComplete)
        #expect(try await course.secrets("memo2-g1-test") == ["gitlab-deployer-token"])
        #expect(try await course.secrets("memo2-g2-test") == ["gitlab-deployer-token-2"])
    }

    @Test func `an old token stays while GitLab cannot be told of the new one`() async throws {
        let course = try TokenClass()
        await course.apply()
        course.gitlab.transport.trouble { request, _ in request.method == "PUT" ? .unreachable : nil }
        let result = await course.rotate()
        #expect(!result.isComplete)
        #expect(try await course.secrets("memo2-g1-test").count == 2)
        #expect(try await course.works(try #require(try await course.delivered(1))))
        // An apply that leaves GitLab out does not revoke it either.
        let plan = Planner.plan(
            course.blueprint(), await course.observe(), PlanOptions(filter: Filter(systems: [.kubernetes])))
        #expect(plan.changes.map { "\($0.action) \($0.address)" } == [])
    }

    @Test func `a token that may deploy next door is found`() async throws {
        let course = try TokenClass()
        await course.apply()
        await course.cluster.someone(
            "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": ["name": "careless"],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"],
                "subjects": [
                    ["kind": "ServiceAccount", "name": "gitlab-deployer", "namespace": "memo2-g1-test"]
                ],
            ])
        let findings = await course.verify(await course.observe())
        #expect(findings.map(\.result) == [.tooPowerful(neighbour: "memo2-g2-test"), .works])
    }

    @Test(arguments: [401, 404, 500])
    func `no token is called good while GitLab cannot be asked which one it has`(status: Int) async throws {
        let course = try TokenClass()
        await course.apply()
        course.gitlab.transport.trouble { _, _ in .answer(APIResponse(status: status, body: Data("<html>".utf8))) }
        let findings = await course.verify(await course.observe())
        #expect(findings.count == 2)
        #expect(
            findings.allSatisfy { finding in if case .unknown = finding.result { true } else { false } })
    }

    @Test func `a token whose variable is gone from GitLab is not delivered`() async throws {
        let course = try TokenClass()
        await course.apply()
        let project = Address.gitlabProject("memo2", "g1", "api")
        let variable = project.gitlab(.gitlabVariable, "KUBE_TOKEN", environment: "test")
        let id = try #require(await course.observe().present[project]?.outputs["id"]?.plain)
        _ = try await course.gitlab.request("DELETE", "projects/\(id)/variables/KUBE_TOKEN")
        let findings = await course.verify(await course.observe())
        #expect(findings.map(\.result) == [.notDelivered(to: variable), .works])
    }
}
