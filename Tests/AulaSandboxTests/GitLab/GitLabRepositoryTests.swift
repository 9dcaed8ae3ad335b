import AulaModel
import AulaSandbox
import Foundation
import Testing

/// What the sandbox's GitLab says of files and commits is what git itself made of them.
@Suite struct GitLabRepositoryTests {
    private static func stage(readme: Bool = true) async throws -> (GitLabClient, String) {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup(), readme: readme)
        return (gitlab, "projects/\(project)/repository")
    }

    private static func commit(_ actions: JSON, branch: String = "main", more: [String: JSON] = [:]) -> JSON {
        var body: JSON = ["branch": .string(branch), "commit_message": "change", "actions": actions]
        for (key, value) in more { body[key] = value }
        return body
    }

    @Test func `a commit of several actions is one commit, or none`() async throws {
        let (gitlab, path) = try await Self.stage()
        let made = await gitlab.send(
            "POST", "\(path)/commits",
            Self.commit([
                ["action": "create", "file_path": "src/a \"b\".txt", "content": "one\ntwo\n"],
                ["action": "create", "file_path": "run.sh", "content": "#!/bin/sh\n", "execute_filemode": true],
                ["action": "update", "file_path": "README.md", "content": "bmV3Cg==", "encoding": "base64"],
            ]))
        #expect(made.status == 201, "\(made.body.text)")
        #expect(made.body[["stats", "additions"]] == 4 && made.body[["stats", "deletions"]] == 1)
        let file = await gitlab.send("GET", "\(path)/files/src%2Fa%20%22b%22.txt?ref=main")
        #expect(file.body["content"] == .string(Data("one\ntwo\n".utf8).base64EncodedString()))
        #expect(file.body["last_commit_id"] == made.body["id"] && file.headers["X-Gitlab-Size"] == "8")
        let tree = await gitlab.send("GET", "\(path)/tree?recursive=true")
        #expect(
            tree.body.array?.map { "\($0["mode"]?.string ?? "") \($0["path"]?.string ?? "")" }
                == ["040000 src", "100644 README.md", "100755 run.sh", "100644 src/a \"b\".txt"])
        let half = await gitlab.send(
            "POST", "\(path)/commits",
            Self.commit([
                ["action": "delete", "file_path": "run.sh"], ["action": "update", "file_path": "nope", "content": "x"],
            ]))
        #expect(half.status == 400 && half.message == "A file with this name doesn't exist")
        #expect(await gitlab.send("GET", "\(path)/files/run.sh?ref=main").status == 200)
        let moved = await gitlab.send(
            "POST", "\(path)/commits",
            Self.commit([
                ["action": "move", "previous_path": "run.sh", "file_path": "bin/run"],
                ["action": "chmod", "file_path": "README.md", "execute_filemode": true],
            ]))
        let sha = try #require(moved.body["id"]?.string)
        let diff = await gitlab.send("GET", "\(path)/commits/\(sha)/diff")
        #expect(diff.body.array?.contains { $0["renamed_file"] == true && $0["new_path"] == "bin/run" } == true)
        let raw = await gitlab.send("GET", "\(path)/files/bin%2Frun/raw?ref=\(sha)")
        #expect(raw.body == "#!/bin/sh\n")
    }

    @Test func `nobody writes over what somebody else wrote`() async throws {
        let (gitlab, path) = try await Self.stage()
        let first = await gitlab.send("GET", "\(path)/files/README.md?ref=main")
        let known = first.body["last_commit_id"] ?? .null
        let body: JSON = ["branch": "main", "commit_message": "m", "content": "x", "last_commit_id": known]
        #expect(await gitlab.send("PUT", "\(path)/files/README.md", body).status == 200)
        let stale = await gitlab.send("PUT", "\(path)/files/README.md", body)
        #expect(
            stale.message == "You are attempting to update a file that has changed since you started editing it.")
        #expect(stale.status == 400)
        let noRef = await gitlab.send("GET", "\(path)/files/README.md")
        #expect(noRef.status == 400 && noRef.body["error"] == "ref is missing")
    }

    @Test func `branches begin where they are told, and a comparison is git's`() async throws {
        let (gitlab, path) = try await Self.stage()
        #expect(await gitlab.send("POST", "\(path)/branches?branch=work&ref=main").status == 201)
        let again = await gitlab.send("POST", "\(path)/branches?branch=work&ref=main")
        #expect(again.status == 400 && again.message == "Branch already exists")
        #expect(await gitlab.send("HEAD", "\(path)/branches/work").status == 204)
        let made = await gitlab.send(
            "POST", "\(path)/commits",
            Self.commit([["action": "create", "file_path": "b.txt", "content": "b\n"]], branch: "work"))
        #expect(made.status == 201)
        let compared = await gitlab.send("GET", "\(path)/compare?from=main&to=work")
        #expect(compared.body["commits"]?.array?.map { $0["id"] } == [made.body["id"]])
        #expect(compared.body["diffs"]?[0]?["diff"] == "@@ -0,0 +1 @@\n+b\n")
        let other = await gitlab.send(
            "POST", "\(path)/commits",
            Self.commit(
                [["action": "create", "file_path": "c.txt", "content": "c"]], branch: "other",
                more: ["start_branch": "work"]))
        #expect(other.body["parent_ids"] == .array([made.body["id"] ?? .null]))
        let listed = await gitlab.send("GET", "\(path)/branches?per_page=2")
        #expect(listed.body.array?.compactMap { $0["name"]?.string } == ["main", "other"])
        #expect(listed.body[0]?["protected"] == true && listed.body[0]?["default"] == true)
        let commits = await gitlab.send("GET", "\(path)/commits?ref_name=other&with_stats=true&per_page=2")
        #expect(commits.body.array?.count == 2 && commits.headers["X-Total"] == nil)
        #expect(commits.body[0]?["stats"]?["additions"] == 1 && commits.headers["X-Next-Page"] == "2")
        #expect(await gitlab.send("DELETE", "\(path)/branches/work").status == 204)
        #expect(await gitlab.send("DELETE", "\(path)/branches/main").status == 400)
    }

    @Test func `an empty repository gets its first branch and tag by the API`() async throws {
        let (gitlab, path) = try await Self.stage(readme: false)
        #expect(await gitlab.send("GET", "\(path)/commits").body == [])
        #expect(await gitlab.send("POST", "\(path)/branches?branch=first&ref=main").status == 201)
        let tag = await gitlab.send("POST", "\(path)/tags", ["tag_name": "v1", "ref": "first", "message": "one"])
        #expect(tag.status == 201 && tag.body["message"] == "one")
        #expect(await gitlab.send("GET", "\(path)/tags/v1").body == tag.body)
        let archive = await gitlab.send("GET", "\(path)/archive.tar?sha=v1")
        #expect(archive.status == 200 && archive.headers["Content-Disposition"]?.contains("api-v1-") == true)
    }

    @Test func `who may not push to a protected branch is told so`() async throws {
        var (gitlab, path) = try await Self.stage()
        await gitlab.send("POST", "groups/memo2-fiuba/members", ["username": "ana", "access_level": 30])
        await gitlab.machine.configure { $0.tokens["glpat-ana"] = "ana" }
        gitlab.token = "glpat-ana"
        let refused = await gitlab.send(
            "POST", "\(path)/commits", Self.commit([["action": "create", "file_path": "x", "content": "x"]]))
        #expect(refused.status == 403)
        #expect(refused.message == "403 Forbidden - You are not allowed to push into this branch")
        let branch = await gitlab.send("POST", "\(path)/branches?branch=mine&ref=main")
        #expect(branch.status == 201 && branch.body["can_push"] == true)
    }
}
