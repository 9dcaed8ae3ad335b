import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaSandbox
import Foundation
import Testing

/// What a team can write into GitLab must not reach beyond the team.
@Suite struct GitLabForgeryTests {
    private static let line = "aula:memo2/m2k7q9xd key=memo2/"
    private let api = Address.gitlabProject("memo2", "g1", "api")

    /// A class that is made, and the numbers of its teams' groups.
    private func started() async throws -> (course: GitLabClass, groups: [Int]) {
        let course = try GitLabClass()
        #expect(await course.run().summary.succeeded)
        let observation = await course.observe()
        let groups = try ["g1", "g2"].map { team in
            try #require(observation.present[.gitlabGroup("memo2", team)]?.outputs["id"]?.plain.flatMap { Int($0) })
        }
        course.transport.clear()
        return (course, groups)
    }

    /// The same after its memory got lost.
    private func forgetful() async throws -> (course: GitLabClass, groups: [Int]) {
        let (course, groups) = try await started()
        _ = try await course.request("DELETE", "projects/memo2-fiuba%2F2020-2c%2Faula/variables/AULA_MEMORY_1")
        return (course, groups)
    }

    private func project(_ path: String, in group: Int, _ description: String) -> JSON {
        [
            "name": .string(path), "path": .string(path), "namespace_id": .int(group),
            "description": .string(description),
        ]
    }

    @Test func `a fork in another team's group with the copied mark gets nothing and takes nothing away`() async throws
    {
        let (course, groups) = try await started()
        _ = try await course.request("POST", "projects", project("fork", in: groups[1], Self.line + "g1/api"))
        course.transport.clear()
        let end = await course.run()
        #expect(end.plan.isEmpty && !end.plan.hasErrors && end.plan.blocked.isEmpty)
        #expect(course.transport.writes == [])
        #expect(end.plan.diagnostics.contains { $0.message.contains("2020-2c/g2/fork carries a copy") })
        let destroy = await course.run(.destroy)
        #expect(!destroy.plan.changes.contains { $0.observed?.attributes["path"] == "fork" })
    }

    @Test func `of two in one group with the same mark neither is touched, and the other teams go on`() async throws {
        let (course, groups) = try await forgetful()
        _ = try await course.request("POST", "projects", project("fork", in: groups[0], Self.line + "g1/api"))
        let observation = await course.observe()
        guard case .unknown(let reason) = observation.presence(of: api) else {
            Issue.record("one of them was believed")
            return
        }
        #expect(reason.contains("2020-2c/g1/api and memo2-fiuba/2020-2c/g1/fork"))
        var changed = course
        changed.secret = "deployer-token-2"
        course.transport.clear()
        let end = await changed.run()
        #expect(
            end.plan.changes.map(\.address.path) == [
                "memo2/g2/api/KUBE_TOKEN@test", "memo2/aula/AULA_MEMORY_1@no-job",
            ])
        #expect(end.plan.blocked.contains { $0.part == .thing(api) })
        #expect(end.plan.blocked.allSatisfy { $0.part.description.contains("/memo2/g1/") })
        #expect(!end.plan.hasErrors && end.summary.succeeded)
    }

    @Test func `a group that says to be another team's is believed by nobody`() async throws {
        let (course, groups) = try await forgetful()
        _ = try await course.request("PUT", "groups/\(groups[1])", ["description": .string(Self.line + "g1")])
        course.transport.clear()
        let end = await course.run()
        #expect(end.plan.changes.map(\.address.name) == ["AULA_MEMORY_1@no-job"] && !end.plan.hasErrors)
        #expect(Set(end.plan.blocked.compactMap(\.slot.group)) == ["g1", "g2"])
        #expect(course.transport.writes.allSatisfy { $0.contains("/variables") && !$0.contains("KUBE") })
        #expect(await course.plan(.destroy).changes.allSatisfy { $0.slot.group == nil })
    }

    @Test(arguments: ["", "ours now", "aula:other/zzzzzzzz key=other/g1/api", "aula:memo2/m2k7q9xd key=memo2/g2/api"])
    func `a mark that a team edits is mended, and holds up nobody`(description: String) async throws {
        let (course, _) = try await started()
        let id = try #require(await course.observe().present[api]?.outputs["id"]?.plain)
        _ = try await course.request("PUT", "projects/\(id)", ["description": .string(description)])
        _ = try await course.request(
            "PUT", "projects/\(id)/variables/KUBE_TOKEN", ["description": "mine", "value": "x"])
        let plan = await course.plan()
        #expect(!plan.hasErrors && plan.blocked.isEmpty)
        #expect(plan.changes.allSatisfy { $0.address.path.hasPrefix("memo2/g1/") && $0.action == .update })
        #expect(await course.run().summary.succeeded)
        #expect(await course.plan().isEmpty)
        _ = try await course.request("PUT", "projects/\(id)", ["description": .string(description)])
        let end = await course.run(.destroy)
        #expect(end.summary.succeeded && end.plan.changes.contains { $0.address == api && $0.action == .archive })
    }
}
