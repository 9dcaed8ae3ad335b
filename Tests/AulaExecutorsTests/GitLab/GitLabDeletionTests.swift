import AulaEngine
import AulaModel
import AulaPlanner
import Testing

/// What somebody deleted or archived in GitLab is said, and comes back as it was.
@Suite struct GitLabDeletionTests {
    private let api = Address.gitlabProject("memo2", "g1", "api")

    private func started() async throws -> GitLabClass {
        let course = try GitLabClass()
        #expect(await course.run().summary.succeeded)
        return course
    }

    private func identity(_ address: Address, _ course: GitLabClass) async throws -> String {
        try #require(await course.observe().present[address]?.identity)
    }

    @Test func `a project that somebody deleted is named with its day and restored, not replaced`() async throws {
        let course = try await started()
        let project = try await identity(api, course)
        _ = try await course.request("DELETE", project)
        let day = try #require(try await course.request("GET", project)["marked_for_deletion_on"]?.string)
        let end = await course.run()
        #expect(end.plan.changes.map { "\($0.action) \($0.address)" } == ["update \(api)"])
        #expect(end.plan.diagnostics.contains { $0.message.contains("deleted") && $0.message.contains(day) })
        #expect(end.plan.changes.first?.fields.contains { $0.path == "deleted_on" && $0.old == .string(day) } == true)
        #expect(end.summary.failed.map(\.error.message) == [])
        let after = try await course.request("GET", project)
        #expect(after["path"] == "api" && after["archived"] == false && after["marked_for_deletion_on"] == .null)
        #expect(await course.plan().isEmpty)
    }

    @Test func `a team's group that somebody deleted comes back with what is in it`() async throws {
        let course = try await started()
        let group = try await identity(.gitlabGroup("memo2", "g1"), course)
        _ = try await course.request("DELETE", group)
        let end = await course.run()
        #expect(end.plan.changes.map { "\($0.action) \($0.address)" } == ["update gitlab/group/memo2/g1"])
        #expect(end.summary.failed.map(\.error.message) == [])
        #expect(await course.plan().isEmpty)
    }

    @Test func `without a memory a deleted project is known by its mark`() async throws {
        let course = try await started()
        let project = try await identity(api, course)
        _ = try await course.request("DELETE", "projects/memo2-fiuba%2F2020-2c%2Faula/variables/AULA_MEMORY_1")
        _ = try await course.request("DELETE", project)
        let plan = await course.plan()
        #expect(plan.changes.contains { $0.address == api && $0.action == .update })
        #expect(!plan.changes.contains { $0.action == .create && $0.address.path.hasPrefix("memo2/g1") })
    }

    @Test func `at the end what somebody deleted is let go`() async throws {
        let course = try await started()
        _ = try await course.request("DELETE", try await identity(api, course))
        let end = await course.run(.destroy)
        #expect(end.summary.succeeded && !end.plan.changes.contains { $0.address == api })
    }

    @Test func `a project that a user archived is one change, and its variables are still there`() async throws {
        let course = try await started()
        _ = try await course.request("POST", "\(try await identity(api, course))/archive")
        let end = await course.run()
        #expect(end.plan.changes.map { "\($0.action) \($0.address)" } == ["update \(api)"])
        #expect(end.plan.changes.first?.fields.map(\.path) == ["archived"])
        #expect(end.summary.succeeded)
        #expect(await course.plan().isEmpty)
    }
}
