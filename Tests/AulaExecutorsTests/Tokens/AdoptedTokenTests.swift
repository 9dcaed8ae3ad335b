import AulaEngine
import AulaModel
import AulaPlanner
import Testing

@testable import AulaExecutors

/// What somebody else made stays when aula goes, but a token that is rotated must not outlive its successor.
@Suite struct AdoptedTokenTests {
    private static let secret = TokenClass.secret("memo2-g1-test")

    /// A class whose first group's token Secret was there before aula.
    private func course() async throws -> TokenClass {
        let course = try TokenClass()
        await course.apply()
        await course.cluster.someone(
            "PATCH", "/api/v1/namespaces/memo2-g1-test/secrets/gitlab-deployer-token",
            content: "application/merge-patch+json", ["metadata": ["annotations": ["aula.dev/origin": "adopted"]]])
        #expect(await course.observe().present[Self.secret]?.mark?.origin == .adopted)
        #expect(await course.apply().plan.isEmpty)
        return course
    }

    @Test func `rotating it deletes it, and the plan says for whom it ends`() async throws {
        let course = try await course()
        let old = try #require(try await course.delivered(1))
        let plan = Planner.plan(
            course.blueprint(), await course.observe(), PlanOptions(rotating: [Self.secret]))
        let ending = try #require(plan.changes.first { $0.address == Self.secret })
        #expect(ending.action == .delete)
        #expect(ending.reason == "adopted: its token ends for everybody who uses it")
        #expect(await course.rotate().isComplete)
        #expect(try await course.secrets("memo2-g1-test") == ["gitlab-deployer-token-2"])
        #expect(try await course.works(old) == false)
        // The new one is aula's own, and goes like anything that aula made.
        #expect(
            await course.observe().present[TokenClass.secret("memo2-g1-test", generation: 2)]?.mark?.origin == .created)
    }

    @Test func `a destroy leaves it where it is`() async throws {
        let course = try await course()
        let plan = Planner.plan(course.blueprint(), await course.observe(), PlanOptions(purpose: .destroy))
        #expect(plan.changes.first { $0.address == Self.secret }?.action == .release)
    }

    @Test func `so does an apply that finishes no rotation`() async throws {
        let course = try await course()
        var blueprint = course.blueprint()
        blueprint = Blueprint(
            cohort: blueprint.cohort, resources: blueprint.resources.filter { $0.address != Self.secret })
        let plan = Planner.plan(blueprint, await course.observe())
        #expect(plan.changes.first { $0.address == Self.secret }?.action == .release)
    }
}
