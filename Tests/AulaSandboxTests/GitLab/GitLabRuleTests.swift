import AulaModel
import AulaSandbox
import Testing

/// Rules between people, groups and projects.
@Suite struct GitLabRuleTests {
    private static func stage() async throws -> (teacher: GitLabClient, ana: GitLabClient, project: String, group: Int)
    {
        let teacher = try GitLabClient()
        await teacher.machine.configure { $0.tokens["glpat-ana"] = "ana" }
        var ana = teacher
        ana.token = "glpat-ana"
        let group = try await teacher.classGroup()
        return (teacher, ana, "projects/\(try await teacher.makeProject("api", in: group))", group)
    }

    @Test func `the old path of a renamed project leads to it, for readers only`() async throws {
        let (teacher, _, project, _) = try await Self.stage()
        #expect(await teacher.send("PUT", project, ["path": "renamed"]).status == 200)
        let moved = await teacher.send("GET", "projects/memo2-fiuba%2Fapi/variables")
        #expect(moved.status == 301)
        #expect(moved.headers["Location"] == "http://gitlab.test:8443/api/v4/\(project)/variables")
        let write = await teacher.send("POST", "projects/memo2-fiuba%2Fapi/variables", ["key": "K", "value": "v"])
        #expect(write.status == 405 && write.message == "Non GET methods are not allowed for moved projects")
    }

    @Test func `a share with a group lets its members in, up to the share's level`() async throws {
        let (teacher, ana, project, group) = try await Self.stage()
        #expect(await ana.send("GET", project).status == 404)
        let team = try await teacher.makeGroup("team", in: group)
        let other = await teacher.send("POST", "groups", ["name": "o", "path": "o"])
        let outside = try #require(other.body["id"]?.int)
        await teacher.send("POST", "groups/\(outside)/members", ["username": "ana", "access_level": 40])
        let shared = await teacher.send("POST", "\(project)/share", ["group_id": .int(outside), "group_access": 20])
        #expect(shared.status == 201 && shared.body["group_access"] == 20)
        #expect(await ana.send("GET", "\(project)/repository/tree").status == 200)
        #expect(await ana.send("POST", "\(project)/repository/branches?branch=x&ref=main").status == 403)
        let twice = await teacher.send("POST", "\(project)/share", ["group_id": .int(outside), "group_access": 20])
        #expect(twice.status == 409)
        #expect(await teacher.send("DELETE", "\(project)/share/\(outside)").status == 204)
        #expect(await ana.send("GET", project).status == 404)
        _ = team
    }

    @Test func `a fork copies the description, and whoever is asked approves a request`() async throws {
        let (teacher, ana, project, _) = try await Self.stage()
        await teacher.send("PUT", project, ["description": "a mark", "visibility": "private"])
        await teacher.send("POST", "groups/memo2-fiuba/members", ["username": "ana", "access_level": 20])
        let fork = await ana.send("POST", "\(project)/fork", ["path": "mine"])
        #expect(fork.status == 201 && fork.body["description"] == "a mark", "\(fork.body.text)")
        #expect(fork.body["path_with_namespace"] == "ana/mine")
        let id = try #require(fork.body["id"]?.int)
        #expect(await ana.send("GET", "projects/\(id)/repository/files/README.md?ref=main").status == 200)
        #expect(await ana.send("POST", "\(project)/fork", ["path": "mine"]).status == 409)
        await teacher.machine.configure { $0.tokens["glpat-bruno"] = "bruno" }
        var bruno = teacher
        bruno.token = "glpat-bruno"
        let open = await teacher.send("POST", "groups", ["name": "open", "path": "open", "visibility": "public"])
        let group = "groups/\(try #require(open.body["id"]?.int))"
        let asked = await bruno.send("POST", "\(group)/access_requests")
        #expect(asked.status == 201 && asked.body["username"] == "bruno")
        #expect(await bruno.send("GET", "\(group)/access_requests").status == 403)
        let who = try #require(asked.body["id"]?.int)
        let approved = await teacher.send("PUT", "\(group)/access_requests/\(who)/approve", ["access_level": 20])
        #expect(approved.status == 201 && approved.body["access_level"] == 20)
        #expect(await teacher.send("GET", "\(group)/access_requests").body == [])
    }

    @Test func `a merge request merges what git can merge`() async throws {
        let (teacher, _, project, _) = try await Self.stage()
        let commit = { (branch: String, content: String) -> JSON in
            [
                "branch": .string(branch), "commit_message": "m", "start_branch": "main",
                "actions": [["action": "create", "file_path": "f.txt", "content": .string(content)]],
            ]
        }
        for branch in ["one", "two"] {
            let made = await teacher.send("POST", "\(project)/repository/commits", commit(branch, branch))
            #expect(made.status == 201)
        }
        let ask = { (branch: String) -> JSON in
            ["source_branch": .string(branch), "target_branch": "main", "title": .string(branch)]
        }
        #expect(await teacher.send("POST", "\(project)/merge_requests", ask("one")).body["iid"] == 1)
        let again = await teacher.send("POST", "\(project)/merge_requests", ask("one"))
        #expect(
            again.body == ["message": ["Another open merge request already exists for this source branch: !1"]])
        #expect(again.status == 409)
        #expect(await teacher.send("POST", "\(project)/merge_requests", ask("two")).status == 201)
        let merged = await teacher.send("PUT", "\(project)/merge_requests/1/merge", [:])
        #expect(merged.status == 200 && merged.body["state"] == "merged", "\(merged.body.text)")
        let head = await teacher.send("GET", "\(project)/repository/commits/main")
        #expect(head.body["id"] == merged.body["merge_commit_sha"] && head.body["parent_ids"]?.array?.count == 2)
        let conflict = await teacher.send("PUT", "\(project)/merge_requests/2/merge", [:])
        #expect(conflict.status == 422 && conflict.message == "Branch cannot be merged")
    }

    @Test func `only an administrator acts for somebody else`() async throws {
        var (teacher, _, _, _) = try await Self.stage()
        #expect(await teacher.send("GET", "user?sudo=ana").status == 403)
        teacher.token = "glpat-sandbox-root"
        #expect(await teacher.send("GET", "user?sudo=ana").body["username"] == "ana")
    }
}
