import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// What a team can do to the class with the token that its pipeline deploys with: nothing outside its namespace.
@Suite(.timeLimit(.minutes(9))) struct DeployerReachTests {
    private static func deployer(_ token: String, _ sandbox: Sandbox, _ arguments: String...) async throws {
        let done = try await sandbox.kubectl(["--token", token, "-n", "demo-g1-test"] + arguments)
        #expect(done.status == 0, "\(done.transcript)")
    }

    @Test func `marks that a deployer takes off or changes are mended, and hold up neither the class nor its end`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await sandbox.deployerToken(namespace: "demo-g1-test")
            try await Self.deployer(token, sandbox, "label", "configmap", "environment", "aula.dev/id-")
            try await Self.deployer(token, sandbox, "label", "--overwrite", "deployment", "api", "aula.dev/id=0ther0ne")
            try await Self.deployer(token, sandbox, "label", "--overwrite", "service", "api", "aula.dev/cohort=theirs")
            let neighbour = try await sandbox.kubectl("-n", "demo-g2-test", "delete", "configmap", "environment")
            #expect(neighbour.status == 0, "\(neighbour.transcript)")

            let plan = try await sandbox.aula("plan", file, "--detailed-exitcode", "--verbose")
            #expect(plan.status == 2, "\(plan.transcript)")
            #expect(plan.output.contains("Plan: 1 to add, 3 to change, 0 to destroy."), "\(plan.transcript)")
            for thing in [
                "ConfigMap/demo-g1-test/environment", "Deployment/demo-g1-test/api", "Service/demo-g1-test/api",
            ] {
                #expect(
                    plan.output.contains("~ kubernetes/\(thing) (somebody took aula's mark away)"), "\(plan.transcript)"
                )
            }
            let mended = try await sandbox.aula("apply", file, "--yes")
            #expect(mended.status == 0, "\(mended.transcript)")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)

            try await Self.deployer(token, sandbox, "label", "configmap", "environment", "aula.dev/id-")
            try await Self.deployer(token, sandbox, "label", "--overwrite", "deployment", "api", "aula.dev/id=0ther0ne")
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
        }
    }

    @Test func `what a deployer puts in the place of ours holds up that team alone`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await sandbox.deployerToken(namespace: "demo-g1-test")
            try await Self.deployer(token, sandbox, "delete", "configmap", "environment")
            try await Self.deployer(token, sandbox, "create", "configmap", "environment", "--from-literal=a=1")
            let neighbour = try await sandbox.kubectl("-n", "demo-g2-test", "delete", "configmap", "environment")
            #expect(neighbour.status == 0, "\(neighbour.transcript)")
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 3, "\(apply.transcript)")
            #expect(apply.output.contains("Resources: 1 added, 0 changed, 0 destroyed."), "\(apply.transcript)")
            #expect(
                apply.errors.contains(
                    "kubernetes/ConfigMap/demo-g1-test/environment exists already and is not aula's: kubectl-create"),
                "\(apply.transcript)")
        }
    }

    @Test func `finalizers that a deployer sets, also by a template, do not keep its namespace`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let token = try await sandbox.deployerToken(namespace: "demo-g1-test")
            let hold = #"{"metadata":{"finalizers":["example.com/hold"]}}"#
            try await Self.deployer(
                token, sandbox, "patch", "configmap", "environment", "--type=merge", "--patch", hold)
            let template = #"{"spec":{"template":{"metadata":{"finalizers":["example.com/hold"]}}}}"#
            try await Self.deployer(token, sandbox, "patch", "deployment", "api", "--type=merge", "--patch", template)
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
            let left = try await sandbox.kubectl("get", "namespaces", "-o", "name")
            #expect(!left.output.contains("demo-"), "\(left.transcript)")
        }
    }

    @Test func `a controller's finalizer is named within seconds with the whole command, and the end is 5`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let hold = #"{"metadata":{"finalizers":["example.com/hold"]}}"#
            let held = try await sandbox.kubectl(
                "-n", "demo-g1-test", "patch", "configmap", "environment", "--type=merge", "--patch", hold,
                "--field-manager=widget-controller")
            #expect(held.status == 0, "\(held.transcript)")
            let start = ContinuousClock().now
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroyed.status == 5, "\(destroyed.transcript)")
            #expect(ContinuousClock().now - start < .seconds(90), "\(destroyed.transcript)")
            let sentence = "ConfigMap environment is held by example.com/hold"
            #expect(destroyed.transcript.contains(sentence), "\(destroyed.transcript)")
            let command =
                "kubectl --namespace demo-g1-test patch configmaps environment --type=merge --patch "
                + #"'{"metadata":{"finalizers":null}}'"#
            #expect(
                destroyed.transcript.replacing(/\s+/, with: " ").contains(command), "\(destroyed.transcript)")
            let freed = try await sandbox.kubectl(
                "--namespace", "demo-g1-test", "patch", "configmaps", "environment", "--type=merge", "--patch",
                #"{"metadata":{"finalizers":null}}"#)
            #expect(freed.status == 0, "\(freed.transcript)")
            let second = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(second.status == 0, "\(second.transcript)")
        }
    }
}
