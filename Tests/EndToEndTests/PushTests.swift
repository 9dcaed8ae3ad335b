import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// A team's push, from the real `git` over the sandbox's pipeline and the real `kubectl` to what runs.
@Suite(.timeLimit(.minutes(9))) struct PushTests {
    private static let file = Cohorts.small(
        environments: "[test, prod]",
        components: "api: { template: api, port: 8080, starter: true, pipeline: { rolloutLimit: 10 } }")

    private static func project(_ team: String) -> String { "projects/memo2-fiuba%2Fdemo%2F\(team)%2Fapi" }

    /// The token of somebody who is a Developer of a team's group and nothing else.
    private func member(of team: String, in sandbox: Sandbox) async throws -> String {
        let made = try await sandbox.gitlab(
            "POST", "groups/memo2-fiuba%2Fdemo%2F\(team)/access_tokens",
            [
                "name": "ana", "access_level": 30, "scopes": ["api", "write_repository"],
                "expires_at": .string(Date(timeIntervalSinceNow: 86_400 * 20).formatted(.iso8601.year().month().day())),
            ])
        return try #require(made.json["token"]?.string, "\(made.text)")
    }

    /// Pushes a version and waits until its pipeline has ended.
    private func push(_ version: String, to team: String, as token: String, in sandbox: Sandbox) async throws -> JSON {
        let pushed = try await sandbox.shell(
            """
            git clone -q "$AULA_GITLAB_URL/memo2-fiuba/demo/\(team)/api.git" work && cd work
            echo \(version) > VERSION.txt && git commit -qam "version \(version)" && git push -q origin HEAD:main
            git rev-parse HEAD
            """, token: token)
        #expect(pushed.status == 0, "\(pushed.transcript)")
        let sha = pushed.lines.last ?? ""
        for _ in 0..<600 {
            let pipelines = try await sandbox.gitlab("GET", "\(Self.project(team))/pipelines?sha=\(sha)")
            let pipeline = pipelines.json[0] ?? .null
            if ["success", "failed", "canceled"].contains(pipeline["status"]?.string) { return pipeline }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the pipeline of \(sha) did not end")
        return .null
    }

    private func jobs(of pipeline: JSON, _ team: String, in sandbox: Sandbox) async throws -> [String: JSON] {
        let list = try await sandbox.gitlab(
            "GET", "\(Self.project(team))/pipelines/\(pipeline["id"]?.int ?? 0)/jobs?per_page=100")
        return Dictionary((list.json.array ?? []).map { ($0["name"]?.string ?? "", $0) }) { first, _ in first }
    }

    private func image(_ namespace: String, in sandbox: Sandbox) async throws -> String {
        try await sandbox.kubectl(
            "-n", namespace, "get", "deployment", "api", "-o", "jsonpath={.spec.template.spec.containers[0].image}"
        ).output
    }

    @Test func `a member's push is tested, packaged and deployed, prod by hand, and status shows it`() async throws {
        try await Sandbox.run(runsJobs: true) { sandbox in
            let file = try sandbox.write(Self.file)
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let plan = try await sandbox.aula("plan", file)
            #expect(plan.output.contains("No changes."), "\(plan.transcript)")
            let token = try await member(of: "g1", in: sandbox)
            let lint = try await sandbox.gitlab("GET", "\(Self.project("g1"))/ci/lint", token: token)
            #expect(lint.json["valid"] == true, "a member may include the class's file: \(lint.text)")

            let pipeline = try await push("1.0.0", to: "g1", as: token, in: sandbox)
            #expect(pipeline["status"] == "success")
            let jobs = try await jobs(of: pipeline, "g1", in: sandbox)
            for name in ["test", "package", "deploy-test"] { #expect(jobs[name]?["status"] == "success", "\(name)") }
            #expect(jobs["deploy-prod"]?["status"] == "manual")
            let test = try await image("demo-g1-test", in: sandbox)
            #expect(test.contains("/memo2-fiuba/demo/g1/api:1.0.0-"), "\(test)")
            let untouched = try await image("demo-g1-prod", in: sandbox)
            #expect(untouched.contains("hello-app"), "\(untouched)")

            let play = try await sandbox.gitlab(
                "POST", "\(Self.project("g1"))/jobs/\(jobs["deploy-prod"]?["id"]?.int ?? 0)/play", token: token)
            #expect(play.status == 200, "\(play.text)")
            for _ in 0..<300 where try await image("demo-g1-prod", in: sandbox) != test {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try await image("demo-g1-prod", in: sandbox) == test, "the protected variables reach main")
            let status = try await sandbox.aula("status", file, "--verbose")
            #expect(status.output.contains("\(test), 1 replica, set by gitlab-deployer"), "\(status.transcript)")
            let after = try await sandbox.aula("plan", file)
            #expect(after.output.contains("No changes."), "\(after.transcript)")
        }
    }

    @Test func `a version that does not start gives way to the one before it, and a neighbour notices nothing`()
        async throws
    {
        try await Sandbox.run(runsJobs: true) { sandbox in
            let file = try sandbox.write(Self.file)
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await member(of: "g2", in: sandbox)
            #expect(try await push("1.0.0", to: "g2", as: token, in: sandbox)["status"] == "success")
            let good = try await image("demo-g2-test", in: sandbox)
            let pipeline = try await push("crash", to: "g2", as: token, in: sandbox)
            #expect(pipeline["status"] == "failed")
            #expect(try await jobs(of: pipeline, "g2", in: sandbox)["deploy-test"]?["status"] == "failed")
            #expect(try await image("demo-g2-test", in: sandbox) == good)
            #expect(try await image("demo-g1-test", in: sandbox).contains("hello-app"))
            let status = try await sandbox.aula("status", file, "--verbose")
            #expect(
                status.output.contains("the last push failed in deploy-test, and the version before it runs, see http"),
                "\(status.transcript)")
            #expect(status.status == 0, "the class is as its file says: \(status.transcript)")
        }
    }

    @Test func `what a team has is never written over, and staff alone change the class's file`() async throws {
        try await Sandbox.run(runsJobs: true) { sandbox in
            let file = try sandbox.write(Self.file)
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await member(of: "g1", in: sandbox)
            let foreign = try await sandbox.shell(
                """
                git clone -q "$AULA_GITLAB_URL/memo2-fiuba/demo/pipelines.git" work && cd work
                echo "evil: { script: [env] }" >> api.yml && git commit -qam evil && git push -q origin HEAD:main
                """, token: token)
            #expect(foreign.status != 0, "a team reads the class's file only: \(foreign.transcript)")
            let forced = try await sandbox.shell(
                """
                git clone -q "$AULA_GITLAB_URL/memo2-fiuba/demo/g1/api.git" work && cd work
                git rm -q .gitlab-ci.yml && git commit -qm "our own way" && git push -q origin HEAD:main
                git commit -q --amend -m "another past" && git push -q --force origin HEAD:main
                """, token: token)
            #expect(forced.status != 0 && forced.errors.contains("push"), "\(forced.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").output.contains("No changes."))
            let own = try await sandbox.gitlab(
                "GET", "\(Self.project("g1"))/repository/files/.gitlab-ci.yml?ref=main")
            #expect(own.status == 404, "the team took it away: \(own.text)")

            let edit = try await sandbox.gitlab(
                "PUT", "projects/memo2-fiuba%2Fdemo%2Fpipelines/repository/files/api.yml",
                ["branch": "main", "commit_message": "by hand", "content": "job: { script: [true] }\n"])
            #expect(edit.status == 200, "\(edit.text)")
            let plan = try await sandbox.aula("plan", file)
            #expect(plan.output.contains("~ gitlab/file/demo/pipelines/api.yml"), "\(plan.transcript)")
            #expect(plan.output.contains("changed by Teacher"), "\(plan.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let text = try await sandbox.gitlab(
                "GET", "projects/memo2-fiuba%2Fdemo%2Fpipelines/repository/files/api.yml/raw?ref=main")
            #expect(text.text.contains("deploy-test:"), "\(text.text)")
            let fix = try sandbox.write(Self.file.replacing("rolloutLimit: 10", with: "rolloutLimit: 20"))
            let changed = try await sandbox.aula("plan", fix)
            #expect(changed.output.contains("0 to add, 1 to change, 0 to destroy"), "\(changed.transcript)")
            #expect(!changed.output.contains("changed by"), "\(changed.transcript)")
        }
    }

    @Test func `a stricter branch stays, an open one is closed, and a flow that is named replaces GitLab's own`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            func protect(_ team: String, push: Int, merge: Int, force: Bool = false) async throws {
                let rules = "\(Self.project(team))/protected_branches"
                try await sandbox.gitlab("DELETE", "\(rules)/main")
                let body: JSON = [
                    "name": "main", "push_access_level": .int(push), "merge_access_level": .int(merge),
                    "allow_force_push": .bool(force),
                ]
                #expect(try await sandbox.gitlab("POST", rules, body).status == 201)
            }
            func levels(_ team: String) async throws -> [JSON?] {
                let rule = try await sandbox.gitlab("GET", "\(Self.project(team))/protected_branches/main")
                return [
                    rule.json["push_access_levels"]?[0]?["access_level"],
                    rule.json["merge_access_levels"]?[0]?["access_level"], rule.json["allow_force_push"],
                ]
            }
            #expect(try await levels("g1") == [30, 30, false])
            try await protect("g1", push: 0, merge: 40)
            try await protect("g2", push: 30, merge: 30, force: true)
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            #expect(try await levels("g1") == [0, 40, false])
            #expect(try await levels("g2") == [30, 30, false])
            try await protect("g2", push: 40, merge: 40)
            let warned = try await sandbox.aula("plan", file)
            #expect(warned.output.contains("No changes."), "\(warned.transcript)")
            #expect(warned.errors.contains("only Maintainers may push and merge"), "\(warned.transcript)")
            let flow = try sandbox.write(Cohorts.small(more: "  flow: mr\n"))
            let apply = try await sandbox.aula("apply", flow, "--yes")
            #expect(apply.output.contains("push_access_level: \"GitLab's own\" -> 0"), "\(apply.transcript)")
            #expect(try await levels("g2") == [0, 30, false])
            #expect(try await levels("g1") == [0, 40, false])
            #expect(try await sandbox.aula("plan", flow).output.contains("No changes."))
        }
    }
}
