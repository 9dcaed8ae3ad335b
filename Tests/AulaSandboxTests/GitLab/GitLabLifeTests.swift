import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct GitLabLifeTests {
    @Test func `marking for deletion frees the path, removal takes the object away`() async throws {
        let gitlab = try GitLabClient()
        let group = try await gitlab.classGroup()
        let team = try await gitlab.makeGroup("g1", in: group)
        let project = try await gitlab.makeProject("api", in: team)
        #expect(await gitlab.send("DELETE", "groups/\(team)").status == 202)
        #expect(await gitlab.send("GET", "groups/memo2-fiuba%2Fg1").status == 404)
        let marked = await gitlab.send("GET", "groups/\(team)?with_projects=false")
        let renamed = "memo2-fiuba/g1-deletion_scheduled-\(team)"
        #expect(marked.body["full_path"] == .string(renamed))
        #expect(marked.body["marked_for_deletion_on"]?.string == "2026-11-18")
        let again = await gitlab.send("DELETE", "groups/\(team)")
        #expect(again.status == 400 && again.message == "Group has been already marked for deletion")
        #expect(await gitlab.send("DELETE", "projects/\(project)").status == 202)
        let next = try await gitlab.makeGroup("g1", in: group)
        #expect(next != team)
        let wrong = await gitlab.send("DELETE", "groups/\(team)?permanently_remove=True&full_path=memo2-fiuba%2Fg1")
        #expect(wrong.status == 400)
        let path = renamed.replacing("/", with: "%2F")
        #expect(
            await gitlab.send("DELETE", "groups/\(team)?permanently_remove=true&full_path=\(path)").status == 202)
        #expect(await gitlab.send("GET", "groups/\(team)").status == 404)
        #expect(await gitlab.send("GET", "projects/\(project)").status == 404)
    }

    @Test func `a marked project comes back by restore, and goes after its days`() async throws {
        var gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        #expect(await gitlab.send("DELETE", "projects/\(project)").status == 202)
        let restored = await gitlab.send("POST", "projects/\(project)/restore")
        #expect(restored.status == 201 && restored.body["path_with_namespace"] == "memo2-fiuba/api")
        #expect(restored.body["archived"] == false)
        #expect(await gitlab.send("DELETE", "projects/\(project)").status == 202)
        gitlab.now += 6 * 86_400
        #expect(await gitlab.send("GET", "projects/\(project)").status == 200)
        gitlab.now += 2 * 86_400
        #expect(await gitlab.send("GET", "projects/\(project)").status == 404)
    }

    @Test func `an archived project is read and not written`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        let archived = await gitlab.send("POST", "projects/\(project)/archive")
        #expect(archived.status == 201 && archived.body["archived"] == true)
        #expect(await gitlab.send("GET", "projects/\(project)/variables").status == 200)
        #expect(
            await gitlab.send("POST", "projects/\(project)/variables", ["key": "K", "value": "v"]).status == 403)
        #expect(await gitlab.send("PUT", "projects/\(project)", ["description": "x"]).status == 403)
        let listed = await gitlab.send("GET", "groups/memo2-fiuba/projects?archived=false")
        #expect(listed.body == [])
        #expect(await gitlab.send("POST", "projects/\(project)/unarchive").status == 201)
        #expect(
            await gitlab.send("POST", "projects/\(project)/variables", ["key": "K", "value": "v"]).status == 201)
    }

    @Test func `archiving a group closes its projects`() async throws {
        let gitlab = try GitLabClient()
        let team = try await gitlab.makeGroup("g1", in: gitlab.classGroup())
        let project = try await gitlab.makeProject("api", in: team)
        #expect(await gitlab.send("POST", "groups/\(team)/archive").status == 200)
        #expect(await gitlab.send("POST", "groups/\(team)/archive").status == 422)
        #expect(await gitlab.send("GET", "projects/\(project)").body["archived"] == true)
        #expect(
            await gitlab.send("POST", "projects/\(project)/variables", ["key": "K", "value": "v"]).status == 403)
        #expect(await gitlab.send("POST", "groups/\(team)/unarchive").status == 200)
        #expect(await gitlab.send("GET", "projects/\(project)").body["archived"] == false)
    }

    @Test func `a hidden variable's value is never told`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        let path = "projects/\(project)/variables"
        let made = await gitlab.send(
            "POST", path, ["key": "K", "value": "abcdefgh", "masked_and_hidden": true, "environment_scope": "prod"])
        #expect(made.body["value"] == .null && made.body["masked"] == true && made.body["hidden"] == true)
        let unmask = await gitlab.send("PUT", "\(path)/K", ["value": "abcdefgh", "masked": false])
        #expect(unmask.status == 400)
        let update = await gitlab.send("PUT", "\(path)/K?filter%5Benvironment_scope%5D=prod", ["value": "hgfedcba"])
        #expect(update.status == 200 && update.body["value"] == .null)
        #expect(await gitlab.send("DELETE", "\(path)/K?filter%5Benvironment_scope%5D=test").status == 404)
        #expect(await gitlab.send("DELETE", "\(path)/K?filter%5Benvironment_scope%5D=prod").status == 204)
    }

    @Test func `a cluster's token stays secret and an update resets namespace_per_environment`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        let path = "projects/\(project)/clusters"
        let made = await gitlab.send(
            "POST", "\(path)/user",
            [
                "name": "c", "environment_scope": "prod", "managed": false, "namespace_per_environment": false,
                "platform_kubernetes_attributes": [
                    "api_url": "https://127.0.0.1:6443", "token": "secret-token", "namespace": "memo2-g1-prod",
                ],
            ])
        #expect(made.status == 201)
        #expect(!made.body.text.contains("secret-token"))
        #expect(made.body["namespace_per_environment"] == false)
        let id = try #require(made.body["id"]?.int)
        let changed = await gitlab.send("PUT", "\(path)/\(id)", ["name": "c2"])
        #expect(changed.body["namespace_per_environment"] == true && changed.body["managed"] == false)
        await gitlab.machine.configure { $0.certificateClusters = false }
        let off = await gitlab.send("GET", path)
        #expect(off.status == 404 && off.message == "404 Not Found")
        #expect(await gitlab.send("GET", "projects/\(project)").status == 200)
    }

    @Test func `local addresses are blocked where the instance does not allow them`() async throws {
        let gitlab = try GitLabClient(settings: GitLabSettings(localRequests: false))
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        let answer = await gitlab.send(
            "POST", "projects/\(project)/clusters/user",
            ["name": "c", "platform_kubernetes_attributes": ["api_url": "https://127.0.0.1:6443", "token": "t"]])
        #expect(
            answer.body == [
                "message": ["platform_kubernetes.api_url": ["is blocked: Requests to localhost are not allowed"]]
            ])
    }

    @Test func `an agent has two active tokens at most`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        let agent = await gitlab.send("POST", "projects/\(project)/cluster_agents", ["name": "ag"])
        let path = "projects/\(project)/cluster_agents/\(try #require(agent.body["id"]?.int))/tokens"
        let first = await gitlab.send("POST", path, ["name": "t"])
        #expect(first.body["token"]?.string?.hasPrefix("glagent-") == true)
        #expect(await gitlab.send("POST", path, ["name": "t"]).status == 201)
        let third = await gitlab.send("POST", path, ["name": "t"])
        #expect(third.message == "400 Bad request - An agent can have only two active tokens at a time")
        #expect(await gitlab.send("DELETE", "\(path)/\(try #require(first.body["id"]?.int))").status == 204)
        #expect(await gitlab.send("POST", path, ["name": "t"]).status == 201)
    }

    @Test func `rotating a group's token ends the old secret`() async throws {
        var gitlab = try GitLabClient()
        let made = await gitlab.send(
            "POST", "groups/memo2-fiuba/access_tokens", ["name": "t", "scopes": ["api"], "expires_at": "2026-12-31"])
        let id = try #require(made.body["id"]?.int)
        let teacher = gitlab.token
        let rotated = await gitlab.send("POST", "groups/memo2-fiuba/access_tokens/\(id)/rotate", [:])
        #expect(rotated.status == 200)
        gitlab.token = try #require(made.body["token"]?.string)
        #expect(await gitlab.send("GET", "user").status == 401)
        gitlab.token = try #require(rotated.body["token"]?.string)
        #expect(await gitlab.send("GET", "user").body["bot"] == true)
        gitlab.token = teacher
        let active = await gitlab.send("GET", "groups/memo2-fiuba/access_tokens?state=active")
        #expect(active.body.array?.count == 1)
    }

    @Test func `deploy tokens are not unique and tell their secret once`() async throws {
        let gitlab = try GitLabClient()
        let body: JSON = ["name": "pull", "scopes": ["read_registry"]]
        for _ in 0..<2 {
            let made = await gitlab.send("POST", "groups/memo2-fiuba/deploy_tokens", body)
            #expect(made.body["token"]?.string?.hasPrefix("gldt-") == true)
        }
        let listed = await gitlab.send("GET", "groups/memo2-fiuba/deploy_tokens")
        #expect(listed.body.array?.count == 2 && !listed.body.text.contains("gldt-"))
    }

    @Test func `a snapshot brings everything back`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        await gitlab.send("POST", "projects/\(project)/variables", ["key": "K", "value": "v"])
        let snapshot = await gitlab.machine.snapshot()
        let copy = try GitLabMachine(snapshot: try JSON(parsing: snapshot.text))
        let request = SandboxRequest(
            method: "GET", path: "/api/v4/projects/memo2-fiuba%2Fapi/variables/K",
            headers: ["authorization": "Bearer glpat-sandbox-teacher"])
        let answer = await copy.respond(to: request, now: gitlab.now)
        #expect(answer.status == 200)
        #expect(await copy.snapshot() == snapshot)
    }
}
