import AulaModel
import Foundation
import Testing

/// Whose things are whose.
@Suite(.timeLimit(.minutes(9))) struct OwnershipTests {
    @Test func `the image that a pipeline set survives the next apply, which writes nothing`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await sandbox.deployerToken(namespace: "demo-g1-test")
            let image = "registry.example/demo/g1/api:1.2.3"
            let set = try await sandbox.kubectl(
                "--token", token, "-n", "demo-g1-test", "set", "image", "deployment/api", "api=\(image)")
            #expect(set.status == 0, "\(set.transcript)")
            let restart = try await sandbox.kubectl(
                "--token", token, "-n", "demo-g1-test", "rollout", "restart", "deployment/api")
            #expect(restart.status == 0, "\(restart.transcript)")
            let count = try sandbox.requests().count
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.output.contains("No changes."), "\(apply.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            let live = try await sandbox.kubectl(
                "-n", "demo-g1-test", "get", "deployment", "api", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}")
            #expect(live.output == image)
        }
    }

    @Test func `a deployer deploys at home and is refused next door`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await sandbox.deployerToken(namespace: "demo-g1-test")
            let manifest = """
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: mine }
                data: { a: "1" }
                """
            let home = try await sandbox.kubectl(
                "--token", token, "-n", "demo-g1-test", "apply", "-f", "-", input: manifest)
            #expect(home.status == 0, "\(home.transcript)")
            let neighbour = try await sandbox.kubectl(
                "--token", token, "-n", "demo-g2-test", "apply", "-f", "-", input: manifest)
            #expect(neighbour.status == 1)
            #expect(
                neighbour.errors.contains("Forbidden") || neighbour.errors.contains("forbidden"),
                "\(neighbour.transcript)")
            for verb in [["create", "rolebinding"], ["delete", "resourcequota"], ["get", "nodes"]] {
                let allowed = try await sandbox.kubectl(
                    "--token", token, "-n", "demo-g1-test", "auth", "can-i", verb[0], verb[1])
                #expect(allowed.output.hasPrefix("no"), "\(verb): \(allowed.transcript)")
            }
        }
    }

    @Test func `an unmarked ConfigMap is refused, and taken over when it is named`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1", gitlab: nil))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            #expect(
                try await sandbox.kubectl("-n", "demo-g1-test", "delete", "configmap", "environment").status == 0)
            #expect(
                try await sandbox.kubectl(
                    "-n", "demo-g1-test", "create", "configmap", "environment", "--from-literal=theirs=1"
                ).status == 0)
            let refused = try await sandbox.aula("apply", file, "--yes")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("kubectl-create"), "\(refused.transcript)")
            let address = "kubernetes/ConfigMap/demo-g1-test/environment"
            let adopted = try await sandbox.aula("apply", file, "--yes", "--adopt", address)
            #expect(adopted.status == 0, "\(adopted.transcript)")
            let label = try await sandbox.kubectl(
                "-n", "demo-g1-test", "get", "configmap", "environment", "-o",
                "jsonpath={.metadata.labels.aula\\.dev/id} {.data.theirs}")
            #expect(label.output == "d3m0d3m0 1")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a foreign ConfigMap survives a destroy, and goes when its namespace is named`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1", gitlab: nil))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let made = try await sandbox.kubectl(
                "-n", "demo-g1-test", "create", "configmap", "precious", "--from-literal=a=1",
                "--field-manager=teacher")
            #expect(made.status == 0, "\(made.transcript)")
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroyed.status == 5, "\(destroyed.transcript)")
            #expect((destroyed.output + destroyed.errors).contains("precious"))
            #expect(try await sandbox.kubectl("-n", "demo-g1-test", "get", "configmap", "precious").status == 0)
            #expect(try await sandbox.kubectl("-n", "demo-g1-test", "get", "deployment", "api").status == 1)
            let whole = try await sandbox.aula(
                "destroy", file, "--confirm", "demo", "--with-contents", "kubernetes/Namespace/demo-g1-test")
            #expect(whole.status == 0, "\(whole.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g1-test").status == 1)
            let left = try await sandbox.kubectl("get", "namespaces", "-l", "aula.dev/id=d3m0d3m0", "-o", "name")
            #expect(left.output == "")
        }
    }

    @Test func `two editions of one name: the second is refused and the first unchanged`() async throws {
        try await Sandbox.run { sandbox in
            let first = try sandbox.write(Cohorts.small(groups: "1"))
            let second = try sandbox.write(Cohorts.small(id: "0ther0ne", groups: "1"), to: "second.yaml")
            #expect(try await sandbox.aula("apply", first, "--yes").status == 0)
            let count = try sandbox.requests().count
            let refused = try await sandbox.aula("apply", second, "--yes")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("d3m0d3m0"), "\(refused.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            let destroy = try await sandbox.aula("destroy", second, "--confirm", "demo")
            #expect(destroy.status == 0, "nothing is its own: \(destroy.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            #expect(try await sandbox.aula("plan", first, "--detailed-exitcode").status == 0)
        }
    }

    @Test func `two cohorts live side by side, and one goes without touching the other`() async throws {
        try await Sandbox.run { sandbox in
            let first = try sandbox.write(Cohorts.small(groups: "1"))
            let second = try sandbox.write(
                Cohorts.small(
                    name: "other", id: "0ther0ne", title: "Another class", groups: "1", gitlab: "memo2-fiuba/other"),
                to: "second.yaml")
            #expect(try await sandbox.aula("apply", first, "--yes").status == 0)
            #expect(try await sandbox.aula("apply", second, "--yes").status == 0)
            #expect(try await sandbox.aula("destroy", second, "--confirm", "other").status == 0)
            let plan = try await sandbox.aula("plan", first, "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "other-g1-test").status == 1)
        }
    }
}

extension Sandbox {
    /// The token that the group's pipeline gets.
    func deployerToken(namespace: String) async throws -> String {
        let secret = try await kubectl(
            "-n", namespace, "get", "secret", "gitlab-deployer-token", "-o", "jsonpath={.data.token}")
        let data = try #require(Data(base64Encoded: secret.output), "\(secret.transcript)")
        return String(decoding: data, as: UTF8.self)
    }
}
