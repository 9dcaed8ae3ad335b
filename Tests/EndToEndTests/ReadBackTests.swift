import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// Another client reads what aula made, and the cluster's own rules judge what aula writes.
@Suite(.timeLimit(.minutes(9))) struct ReadBackTests {
    private static let client = """
        import os, json, gitlab
        gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
        root = gl.groups.get("memo2-fiuba/demo")

        """

    @Test func `python-gitlab reads back what aula made`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "2", environments: "[test, prod]"))
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let read = try await sandbox.python(
                Self.client + """
                    project = gl.projects.get("memo2-fiuba/demo/g1/api")
                    group = gl.groups.get("memo2-fiuba/demo/g1")
                    print(json.dumps({
                        "groups": sorted(g.path for g in root.subgroups.list(get_all=True)),
                        "projects": sorted(p.path_with_namespace
                            for p in root.projects.list(get_all=True, include_subgroups=True)),
                        "mark": root.description.split("\\n")[-1].split(" ")[0],
                        "variables": sorted(f"{v.key}@{v.environment_scope}" for v in project.variables.list(get_all=True)),
                        "masked": sorted(v.key for v in project.variables.list(get_all=True) if v.masked),
                        "environments": sorted(f"{e.name} {e.tier}" for e in project.environments.list(get_all=True)),
                        "tokens": sorted(f"{t.name} {t.scopes}" for t in group.deploytokens.list(get_all=True)),
                    }))
                    """)
            let found = try JSON(parsing: try #require(read.status == 0 ? read.output : nil, "\(read.transcript)"))
            let scoped = ["KUBECONFIG", "KUBE_CA_PEM", "KUBE_NAMESPACE", "KUBE_TOKEN", "KUBE_URL"]
            #expect(found["groups"] == ["g1", "g2"])
            #expect(
                found["projects"] == ["memo2-fiuba/demo/aula", "memo2-fiuba/demo/g1/api", "memo2-fiuba/demo/g2/api"])
            #expect(found["mark"] == "aula:demo/d3m0d3m0")
            #expect(found["variables"] == .array(scoped.flatMap { ["\($0)@prod", "\($0)@test"] }.map { .string($0) }))
            #expect(found["masked"]?.array?.contains("KUBE_TOKEN") == true)
            #expect(found["environments"] == ["prod production", "test testing"])
            #expect(
                found["tokens"] == [
                    "aula:demo/d3m0d3m0 g1-prod ['read_registry']", "aula:demo/d3m0d3m0 g1-test ['read_registry']",
                ])
        }
    }

    @Test func `a certificate registration avoids every trap, and its token deploys`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1", registration: "certificate"))
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let read = try await sandbox.python(
                Self.client + """
                    project = gl.projects.get("memo2-fiuba/demo/g1/api")
                    clusters = project.clusters.list(get_all=True)
                    whole = project.clusters.get(clusters[0].id).attributes
                    platform = whole["platform_kubernetes"]
                    print(json.dumps({
                        "count": len(clusters), "scope": whole["environment_scope"], "managed": whole["managed"],
                        "per_environment": whole["namespace_per_environment"], "namespace": platform["namespace"],
                        "authorization": platform["authorization_type"], "ca": platform["ca_cert"][:27],
                        "url": platform["api_url"][:8],
                    }))
                    """)
            let found = try JSON(parsing: try #require(read.status == 0 ? read.output : nil, "\(read.transcript)"))
            #expect(found["count"] == 1)
            #expect(found["scope"] == "test")
            #expect(found["managed"] == false)
            #expect(found["per_environment"] == false)
            #expect(found["namespace"] == "demo-g1-test")
            #expect(found["authorization"] == "rbac")
            #expect(found["ca"] == "-----BEGIN CERTIFICATE-----")
            #expect(found["url"] == "https://")
            let count = try sandbox.requests().count
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.output.contains("No changes."), "\(second.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            let destroy = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroy.status == 0, "\(destroy.transcript)")
        }
    }

    @Test(arguments: ["memo2", "workshop"]) func `every rendered manifest is valid Kubernetes`(cohort: String)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-render-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = Tools.root.appendingPathComponent("cohorts/\(cohort).yaml").path
        let rendered = try await Command.run(
            try Tools.aula, ["render", file, "--out", folder.path],
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"])
        #expect(rendered.status == 0, "\(rendered.transcript)")
        let checked = try await Command.run(
            try Tools.client("python3"),
            [
                "-c",
                """
                import pathlib, sys, yaml, kubernetes_validate
                version = kubernetes_validate.latest_version()
                count = 0
                for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
                    for document in yaml.safe_load_all(path.read_text()):
                        kubernetes_validate.validate(document, version, strict=True)
                        count += 1
                print(count)
                """, folder.path,
            ], environment: ProcessInfo.processInfo.environment)
        #expect(checked.status == 0, "\(checked.transcript)")
        #expect((Int(checked.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 100)
    }
}
