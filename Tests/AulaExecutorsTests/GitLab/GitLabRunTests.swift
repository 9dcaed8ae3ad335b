import AulaEngine
import AulaModel
import Testing

@Suite struct GitLabRunTests {
    @Test(arguments: GitLabHome.Registration.allCases)
    func `a class is made once, and the second run writes nothing`(registration: GitLabHome.Registration) async throws {
        var course = try GitLabClass()
        course.registration = registration
        let first = await course.run()
        #expect(first.plan.diagnostics.isEmpty)
        #expect(first.plan.changes.count == 13)
        #expect(first.summary.failed.map(\.error.message) == [])
        course.transport.clear()
        let second = await course.run()
        #expect(second.plan.changes.map { "\($0.action) \($0.address)" } == [])
        #expect(second.plan.unchanged == 13)
        #expect(course.transport.writes == [])
    }

    @Test func `deploy tokens end with the term, are made again when it is longer, and outlive one that is over`()
        async throws
    {
        var course = try GitLabClass()
        await course.run()
        course.tokenEnd = "2099-07-01"
        let given = await course.run()
        #expect(
            given.plan.changes.map { "\($0.action) \($0.address.kind.name)" }
                == Array(repeating: "replace deployToken", count: 2))
        #expect(given.summary.succeeded)
        let group = try await course.request("GET", "groups/memo2-fiuba%2F2020-2c%2Fg1")["id"]?.int ?? 0
        let tokens = try await course.request("GET", "groups/\(group)/deploy_tokens").array ?? []
        #expect(tokens.count == 1 && tokens.first?["expires_at"]?.string?.hasPrefix("2099-07-01") == true)
        #expect(await course.plan().isEmpty)
        course.tokenEnd = "2099-08-01"
        #expect(await course.plan().changes.count == 2)
        course.tokenEnd = "2021-03-08"
        #expect(await course.run().summary.succeeded)
        #expect(await course.plan().isEmpty, "a class that goes on after its term is left alone")
        let late = try await course.request("GET", "groups/\(group)/deploy_tokens").array ?? []
        #expect(late.count == 1)
    }

    @Test func `reads are few`() async throws {
        let course = try GitLabClass()
        await course.run()
        course.transport.clear()
        _ = await course.observe()
        // The version, the root, the memory, two lists, one probe, and per project variables and environments (and clusters), per group tokens.
        #expect(course.transport.log.count == 14)
    }

    @Test func `at the end projects are archived, registrations revoked and the groups stay`() async throws {
        let course = try GitLabClass()
        await course.run()
        let end = await course.run(.destroy)
        #expect(end.summary.succeeded)
        let actions = end.plan.changes.map { "\($0.action) \($0.address.kind.name)" }.sorted()
        #expect(
            actions == [
                "archive project", "archive project", "delete deployToken", "delete deployToken", "delete environment",
                "delete environment", "delete variable", "delete variable",
            ])
        #expect(await course.plan(.destroy).changes.isEmpty)
        // The same edition comes back.
        let again = await course.run()
        #expect(again.summary.succeeded)
        #expect(again.plan.changes.count { $0.action == .update && $0.address.is(.gitlab("project")) } == 2)
        #expect(await course.plan().isEmpty)
    }

    @Test func `another edition of the same name is refused and its owner named`() async throws {
        let course = try GitLabClass()
        await course.run()
        var other = try GitLabClass(course.transport)
        other.id = "zzzzzzzz"
        let plan = await other.plan()
        #expect(plan.hasErrors)
        #expect(plan.diagnostics.contains { $0.message.contains("m2k7q9xd") })
        #expect(plan.changes.isEmpty)
        #expect(await other.plan(.destroy).changes.isEmpty)
    }

    @Test func `a renamed group is found by its first name and moved, with its projects`() async throws {
        var course = try GitLabClass()
        await course.run()
        course.groups[0] = Group(name: "Águila", key: "g1", path: "aguila")
        let renamed = await course.run()
        #expect(renamed.plan.changes.map { "\($0.action) \($0.address)" } == ["update gitlab/group/memo2/g1"])
        #expect(renamed.plan.changes.first?.fields.map(\.path) == ["name", "path"])
        #expect(try await course.request("GET", "groups/memo2-fiuba%2F2020-2c%2Faguila")["name"] == "Águila")
        #expect(await course.plan().isEmpty)
    }

    @Test func `a group that left the class keeps its work and loses its access`() async throws {
        var course = try GitLabClass()
        await course.run()
        course.groups.removeLast()
        let plan = await course.run().plan
        #expect(
            Set(plan.changes.map { "\($0.action) \($0.address)" }) == [
                "archive gitlab/project/memo2/g2/api", "delete gitlab/deployToken/memo2/g2/test",
                "delete gitlab/environment/memo2/g2/api/test", "delete gitlab/variable/memo2/g2/api/KUBE_TOKEN@test",
                "update gitlab/variable/memo2/aula/AULA_MEMORY_1@no-job",
            ])
        #expect(await course.plan().isEmpty)
    }

    @Test func `what users write above the mark stays`() async throws {
        var course = try GitLabClass()
        await course.run()
        let path = "groups/memo2-fiuba%2F2020-2c%2Fg1"
        let mark = try #require(try await course.request("GET", path)["description"]?.string)
        _ = try await course.request("PUT", path, ["description": .string("We meet on Mondays.\n\n\(mark)")])
        course.groups[0].name = "Team One"
        #expect(await course.run().summary.succeeded)
        #expect(try await course.request("GET", path)["description"] == .string("We meet on Mondays.\n\n\(mark)"))
        #expect(await course.plan().isEmpty)
    }

    @Test func `a changed secret is written again, and shown nowhere`() async throws {
        var course = try GitLabClass()
        await course.run()
        course.secret = "deployer-token-2"
        let plan = await course.run().plan
        #expect(plan.changes.count == 2)
        #expect(plan.changes.flatMap(\.fields).allSatisfy { $0.secret && $0.old == nil && $0.new == nil })
        #expect(await course.plan().isEmpty)
    }

    @Test func `a project of somebody else is in the way until it is adopted, and outlives the course`() async throws {
        let course = try GitLabClass()
        var empty = course
        empty.groups = []
        await empty.run()
        let root = try await course.request("GET", "groups/memo2-fiuba%2F2020-2c")
        let group = try await course.request(
            "POST", "groups", ["name": "g1", "path": "g1", "parent_id": root["id"] ?? .null])
        let project = try await course.request(
            "POST", "projects", ["name": "api", "path": "api", "namespace_id": group["id"] ?? .null])
        let blocked = await course.plan()
        #expect(blocked.diagnostics.contains { $0.message.contains("gitlab/group/memo2/g1 exists already") })
        let adopt: Set<Address> = [Address(.gitlab("group"), "memo2/g1"), Address(.gitlab("project"), "memo2/g1/api")]
        #expect(await course.run(adopt: adopt).summary.succeeded)
        #expect(await course.plan().isEmpty)
        let end = await course.run(.destroy)
        #expect(end.summary.succeeded)
        let after = try await course.request("GET", "projects/\(project["id"]?.int ?? 0)")
        #expect(after["archived"] == false)
        #expect((after["description"]?.string ?? "") == "")
    }
}
