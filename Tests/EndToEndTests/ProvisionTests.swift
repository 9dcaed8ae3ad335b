import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// The whole path of a class, through the built binary and real clients.
@Suite(.timeLimit(.minutes(9))) struct ProvisionTests {
    @Test func `memo2 is planned, priced, provisioned, found unchanged, taken down and brought back`() async throws {
        try await Sandbox.run { sandbox in
            let memo2 = Tools.root.appendingPathComponent("cohorts/memo2.yaml").path
            let cost = try await sandbox.aula("cost", memo2)
            #expect(cost.status == 4, "\(cost.transcript)")
            #expect(cost.output.contains("99.99"))

            let first = try await sandbox.aula("apply", memo2, "--yes")
            #expect(first.status == 0, "\(first.transcript)")
            #expect(first.output.contains("Apply complete! Resources: "))

            try await Self.expectNoChanges(sandbox, memo2)
            let projects = try await Self.projects(sandbox)
            #expect(projects.filter { $0.hasSuffix(" live") }.count == 15, "the teams' and aula's own: \(projects)")

            let refused = try await sandbox.aula("destroy", memo2, "--confirm", "memo2")
            #expect(refused.status == 1, "volumes go only with consent: \(refused.transcript)")
            let destroyed = try await sandbox.aula("destroy", memo2, "--confirm", "memo2", "--allow-data-loss")
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
            #expect(destroyed.output.contains("14 archived"))
            let groups = try await sandbox.az("group", "list", "--query", "[].name", "-o", "tsv")
            #expect(groups.output.trimmingCharacters(in: .whitespacesAndNewlines) == "", "\(groups.transcript)")
            let archived = try await Self.projects(sandbox)
            // aula's own project outlives the class: a class that returns is known again.
            #expect(
                archived
                    == projects.map { $0.hasSuffix("/aula live") ? $0 : $0.replacing(" live", with: " archived") })

            let before = try sandbox.requests().count
            let again = try await sandbox.aula("destroy", memo2, "--confirm", "memo2", "--allow-data-loss")
            #expect(again.status == 0, "\(again.transcript)")
            #expect(try sandbox.writes(since: before) == [])

            let back = try await sandbox.aula("apply", memo2, "--yes")
            #expect(back.status == 0, "\(back.transcript)")
            #expect(try await Self.projects(sandbox) == projects, "the same projects as before, no longer archived")
            try await Self.expectNoChanges(sandbox, memo2)
        }
    }

    private static func expectNoChanges(_ sandbox: Sandbox, _ file: String) async throws {
        let count = try sandbox.requests().count
        let apply = try await sandbox.aula("apply", file, "--yes")
        #expect(apply.status == 0, "\(apply.transcript)")
        #expect(apply.output.contains("No changes. The class matches the cohort file."), "\(apply.transcript)")
        #expect(try sandbox.writes(since: count) == [])
    }

    /// Every project of memo2 as `id path live`, or `archived` in place of live.
    private static func projects(_ sandbox: Sandbox) async throws -> [String] {
        let list = try await sandbox.python(
            """
            import os, gitlab
            gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
            for p in gl.groups.get("memo2-fiuba/2020-2c").projects.list(get_all=True, include_subgroups=True):
                print(p.id, p.path_with_namespace, "archived" if p.archived else "live")
            """)
        #expect(list.status == 0, "\(list.transcript)")
        return list.lines.sorted()
    }

    @Test func `an apply after a destroy brings the archived projects back`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            #expect(try await sandbox.aula("destroy", file, "--confirm", "demo").status == 0)
            let plan = try await sandbox.aula("plan", file, "--verbose")
            #expect(plan.output.contains("~ gitlab/project/demo/g1/api"), "\(plan.transcript)")
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let archived = try await sandbox.python(
                """
                import os, gitlab
                gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
                print(gl.projects.get("memo2-fiuba/demo/g1/api").archived)
                """)
            #expect(archived.output == "False\n", "\(archived.transcript)")
        }
    }

    @Test func `a changed port is one update in each environment`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            _ = try sandbox.write(Cohorts.small(groups: "1", components: "api: { template: api, port: 9090 }"))
            let plan = try await sandbox.aula("plan", file, "--detailed-exitcode", "--verbose")
            #expect(plan.status == 2, "\(plan.transcript)")
            #expect(plan.output.contains("the current context, sandbox"), "\(plan.transcript)")
            #expect(plan.output.contains("8080"))
            #expect(plan.output.contains("9090"))
            #expect(!plan.output.contains("\n  + "), "\(plan.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test func `in the workshop scaling and rolling are changes of one line, and the plan shows exactly that`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let workshop = try String(
                contentsOf: Tools.root.appendingPathComponent("cohorts/workshop.yaml"), encoding: .utf8)
            let file = try sandbox.write(workshop)
            #expect(try await sandbox.aula("apply", file, "--yes", "--no-wait").status == 0)
            let changes = [
                ("hello:{version}\n    version: 1.0.0\n    replicas: 1", "replicas: 1", "replicas: 3", "hello"),
                ("auth:{version}\n    version: 1.0.0", "version: 1.0.0", "version: 2.0.0", "auth"),
            ]
            for (place, old, new, component) in changes {
                _ = try sandbox.write(workshop.replacing(place, with: place.replacing(old, with: new)))
                let plan = try await sandbox.aula("plan", file, "--format", "json")
                let planned = try JSON(parsing: plan.output)["changes"]?.array ?? []
                #expect(
                    planned.map { $0["address"]?.string ?? "" }
                        == ["ana", "bruno", "carla", "diego", "elena", "fabio", "gina", "hugo"].map {
                            "kubernetes/Deployment/workshop-\($0)-lab/\(component)"
                        }, "\(plan.transcript)")
                let fields = planned.flatMap { $0["fields"]?.array ?? [] }
                #expect(fields.count == 8)
                #expect(
                    fields.allSatisfy {
                        component == "hello"
                            ? $0["path"] == "spec.replicas" && $0["old"] == 1 && $0["new"] == 3
                            : $0["path"] == "spec.template.spec.containers[auth].image"
                                && $0["new"] == "kelseyhightower/auth:2.0.0"
                    }, "\(plan.transcript)")
            }
        }
    }

    @Test func `a renamed group keeps its namespace and moves in GitLab`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "[g1, g2]"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            _ = try sandbox.write(Cohorts.small(groups: "[{ name: Aguila, was: g1 }, g2]"))
            let count = try sandbox.requests().count
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let writes = try sandbox.writes(since: count)
            #expect(writes.count == 1, "\(writes)")
            let found = try await sandbox.python(
                """
                import os, gitlab
                gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
                print(gl.groups.get("memo2-fiuba/demo/aguila").name)
                """)
            #expect(found.output == "Aguila\n", "\(found.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g1-test").status == 0)
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a removed group is pruned, its volume only with consent`() async throws {
        try await Sandbox.run { sandbox in
            let components = "db: { template: postgres, storage: 1Gi }"
            let file = try sandbox.write(Cohorts.small(groups: "[g1, g2]", components: components, gitlab: nil))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            _ = try sandbox.write(Cohorts.small(groups: "[g1]", components: components, gitlab: nil))
            let refused = try await sandbox.aula("apply", file, "--yes")
            #expect(refused.status == 1)
            #expect((refused.output + refused.errors).contains("DATA LOSS"), "\(refused.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g2-test").status == 0)
            let pruned = try await sandbox.aula("apply", file, "--yes", "--allow-data-loss")
            #expect(pruned.status == 0, "\(pruned.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g2-test").status == 1)
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g1-test").status == 0)
        }
    }
}
