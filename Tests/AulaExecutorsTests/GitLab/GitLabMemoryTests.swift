import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaSandbox
import Foundation
import Testing

/// What aula remembers of groups and projects wins over whatever is written on them.
@Suite struct GitLabMemoryTests {
    private static let line = "aula:memo2/m2k7q9xd key=memo2/"
    private let api = Address.gitlabProject("memo2", "g1", "api")

    private func started() async throws -> GitLabClass {
        let course = try GitLabClass()
        #expect(await course.run().summary.succeeded)
        course.transport.clear()
        return course
    }

    private func number(_ address: Address, _ course: GitLabClass) async throws -> Int {
        try #require(await course.observe().present[address]?.outputs["id"]?.plain.flatMap { Int($0) })
    }

    private func make(_ path: String, in group: Int, _ description: String, _ course: GitLabClass) async throws -> Int {
        let project = try await course.request(
            "POST", "projects",
            [
                "name": .string(path), "path": .string(path), "namespace_id": .int(group),
                "description": .string(description),
            ])
        return try #require(project["id"]?.int)
    }

    @Test func `the memory lies in a private project of the class group, where no job reads it`() async throws {
        let course = try await started()
        let project = try await course.request("GET", "projects/memo2-fiuba%2F2020-2c%2Faula")
        #expect(project["visibility"] == "private")
        let variables = try await course.request("GET", "projects/memo2-fiuba%2F2020-2c%2Faula/variables").array ?? []
        #expect(variables.map { $0["environment_scope"] } == ["no-job"])
        let text = try #require(variables.first?["value"]?.string)
        #expect(try ClassMemory(part: text).numbers[api] == (try await number(api, course)))
        #expect(try ClassMemory(part: text).numbers.count == 6)
    }

    @Test func `a copy of the mark in the same group is named, and the remembered one stays ours`() async throws {
        var course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g1"), course)
        let fork = try await make("fork", in: group, Self.line + "g1/api", course)
        course.secret = "deployer-token-2"
        course.transport.clear()
        let end = await course.run()
        #expect(end.plan.diagnostics.contains { $0.message.contains("2020-2c/g1/fork carries a copy") })
        #expect(end.plan.blocked.isEmpty && end.summary.succeeded)
        #expect(
            course.transport.writes.count == 2 && !course.transport.writes.contains { $0.contains("projects/\(fork)") })
    }

    @Test func `a team's group with another team's mark is mended`() async throws {
        let course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g2"), course)
        _ = try await course.request("PUT", "groups/\(group)", ["description": .string(Self.line + "g1")])
        let end = await course.run()
        #expect(end.plan.changes.map { "\($0.action) \($0.address)" } == ["update gitlab/group/memo2/g2"])
        #expect(try await course.request("GET", "groups/\(group)")["description"] == .string(Self.line + "g2"))
        #expect(await course.plan().isEmpty)
    }

    @Test(arguments: ["", "aula:other/zzzzzzzz key=other/g1"])
    func `a group whose mark was edited away is ours, and mended`(description: String) async throws {
        let course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g1"), course)
        _ = try await course.request("PUT", "groups/\(group)", ["description": .string(description), "path": "theirs"])
        let end = await course.run()
        #expect(end.plan.changes.map { "\($0.action) \($0.address)" } == ["update gitlab/group/memo2/g1"])
        #expect(end.plan.diagnostics.isEmpty && end.summary.succeeded)
        #expect(await course.plan().isEmpty)
    }

    @Test func `another project on the path of the remembered one is a question, for that team alone`() async throws {
        var course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g1"), course)
        let old = try await number(api, course)
        _ = try await course.request("PUT", "projects/\(old)", ["path": "old", "name": "old", "description": ""])
        let new = try await make("api", in: group, Self.line + "g1/api", course)
        course.secret = "deployer-token-2"
        course.transport.clear()
        let end = await course.run()
        #expect(end.plan.blocked.contains { $0.part == .thing(api) && $0.reason.contains("has the path of") })
        #expect(end.plan.blocked.allSatisfy { $0.part.description.contains("/memo2/g1/") })
        #expect(end.plan.changes.map(\.address.path) == ["memo2/g2/api/KUBE_TOKEN@test"])
        #expect(!course.transport.writes.contains { $0.contains("projects/\(new)") })
    }

    @Test func `a project that took the place of a remembered one is asked about, and can be adopted`() async throws {
        let course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g1"), course)
        let old = try await number(api, course)
        try await remove(old, course)
        let new = try await make("api", in: group, Self.line + "g1/api", course)
        course.transport.clear()
        let plan = await course.run().plan
        #expect(plan.diagnostics.contains { $0.message.contains("number \(old), which is gone") })
        #expect(plan.blocked.contains { $0.part == .thing(api) && $0.cause == .taken })
        #expect(!course.transport.writes.contains { $0.contains("projects/\(new)") })
        #expect(await course.run(adopt: [api]).summary.succeeded)
        #expect(await course.plan().isEmpty)
        #expect(try await number(api, course) == new)
    }

    @Test func `a remembered project that was moved to another team is left alone, and the team gets another one`()
        async throws
    {
        let course = try await started()
        let old = try await number(api, course)
        let other = try await number(.gitlabGroup("memo2", "g2"), course)
        _ = try await course.request("PUT", "projects/\(old)", ["path": "guest", "name": "guest"])
        _ = try await course.request("PUT", "projects/\(old)/transfer", ["namespace": .int(other)])
        course.transport.clear()
        let end = await course.run()
        #expect(end.plan.diagnostics.contains { $0.message.contains("2020-2c/g2/guest has number \(old)") })
        #expect(end.plan.changes.contains { $0.address == api && $0.action == .create })
        #expect(end.plan.changes.allSatisfy { !$0.address.path.hasPrefix("memo2/g2") })
        #expect(!course.transport.writes.contains { $0.contains("projects/\(old)") })
        #expect(try await number(api, course) != old)
    }

    @Test func `what GitLab forgot the cluster remembers, and it is written again`() async throws {
        var course = try await started()
        let group = try await number(.gitlabGroup("memo2", "g1"), course)
        course.memory = await course.observe().memory
        #expect(course.memory.numbers[.gitlabGroup("memo2", "g1")] == group)
        let variable = "projects/memo2-fiuba%2F2020-2c%2Faula/variables/AULA_MEMORY_1"
        _ = try await course.request("DELETE", variable)
        _ = try await make("fork", in: group, Self.line + "g1/api", course)
        let end = await course.run()
        #expect(end.plan.blocked.isEmpty && end.plan.changes.map(\.address.name) == ["AULA_MEMORY_1@no-job"])
        #expect(
            try await course.request("GET", variable)["value"]?.string.map { try ClassMemory(part: $0) }
                == course.memory)
    }

    @Test func `a memory in a younger form is no reason to write`() async throws {
        let course = try await started()
        _ = try await course.request(
            "PUT", "projects/memo2-fiuba%2F2020-2c%2Faula/variables/AULA_MEMORY_1", ["value": #"{"version":2}"#])
        #expect(
            await course.plan().diagnostics.contains { $0.severity == .error && $0.message.contains("younger aula") })
    }

    @Test func `what failed in one team does not keep the others from being remembered`() async throws {
        let course = try GitLabClass()
        course.transport.trouble { request, _ in
            let body = String(decoding: request.body ?? Data(), as: UTF8.self)
            return request.method == "POST" && request.path.hasSuffix("/projects") && body.contains("key=memo2/g1/api")
                ? .answer(APIResponse(status: 400)) : nil
        }
        #expect(await !course.run().summary.succeeded)
        let memory = await course.observe().memory
        #expect(memory.numbers[api] == nil)
        #expect(memory.numbers[.gitlabProject("memo2", "g2", "api")] != nil)
    }

    /// Deletes a project for good.
    private func remove(_ id: Int, _ course: GitLabClass) async throws {
        _ = try await course.request("DELETE", "projects/\(id)")
        let path = try #require(try await course.request("GET", "projects/\(id)")["path_with_namespace"]?.string)
        _ = try await course.transport.send(
            APIRequest(
                .url("https://gitlab.test"), "DELETE", "/api/v4/projects/\(id)",
                query: [("permanently_remove", "true"), ("full_path", path)],
                headers: ["Authorization": "Bearer glpat-sandbox-teacher"]))
        await course.transport.machine.advance(to: Date())
    }
}
