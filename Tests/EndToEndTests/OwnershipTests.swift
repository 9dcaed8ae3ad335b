import AulaModel
import AulaTestSupport
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
            let questions: [(attributes: JSON, answer: JSON)] = [
                (["namespace": "demo-g1-test", "verb": "patch", "group": "apps", "resource": "deployments"], true),
                (["namespace": "demo-g2-test", "verb": "patch", "group": "apps", "resource": "deployments"], false),
                (["namespace": "kube-system", "verb": "get", "resource": "secrets"], false),
            ]
            for question in questions {
                let review: JSON = [
                    "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
                    "spec": ["resourceAttributes": question.attributes],
                ]
                // Not validated by kubectl, which would read OpenAPI v2 for a kind that nobody stores.
                let result = try await sandbox.kubectl(
                    "--token", token, "create", "--validate=false", "-f", "-", "-o", "json", input: review.text)
                try #require(result.status == 0, "\(result.transcript)")
                #expect(
                    try JSON(parsing: result.output)["status"]?["allowed"] == question.answer,
                    "\(question.attributes): \(result.transcript)")
            }
        }
    }

    @Test func `what kubectl apply changed is named with its manager, and the next apply mends exactly that`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let live = try await sandbox.kubectl("-n", "demo-g1-test", "get", "deployment", "api", "-o", "yaml")
            let manifest = live.output.replacing("failureThreshold: 60", with: "failureThreshold: 7")
            #expect(manifest != live.output, "\(live.transcript)")
            let theirs = try await sandbox.kubectl("apply", "-f", "-", input: manifest)
            #expect(theirs.status == 0, "\(theirs.transcript)")

            let field = "spec.template.spec.containers[api].startupProbe.failureThreshold"
            let plan = try await sandbox.aula("plan", file, "--detailed-exitcode", "--verbose")
            #expect(plan.status == 2, "\(plan.transcript)")
            #expect(plan.output.contains("Plan: 0 to add, 1 to change, 0 to destroy."), "\(plan.transcript)")
            #expect(
                plan.output.contains("~ \(field): 7 -> 60  # changed by kubectl-client-side-apply"),
                "\(plan.transcript)")
            let status = try await sandbox.aula("status", file)
            #expect(
                status.output.contains(
                    "Changed by kubectl-client-side-apply:\n  kubernetes/Deployment/demo-g1-test/api: \(field)"),
                "\(status.transcript)")

            let count = try sandbox.requests().count
            let mended = try await sandbox.aula("apply", file, "--yes")
            #expect(mended.output.contains("Resources: 0 added, 1 changed, 0 destroyed."), "\(mended.transcript)")
            #expect(
                try sandbox.writes(since: count) == [
                    "PATCH /apis/apps/v1/namespaces/demo-g1-test/deployments/api 200"
                ])
            let after = try await sandbox.kubectl("-n", "demo-g1-test", "get", "deployment", "api", "-o", "yaml")
            #expect(after.output.contains("failureThreshold: 60"), "\(after.transcript)")
            #expect(after.output.contains("last-applied-configuration"), "what others added stays")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
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
