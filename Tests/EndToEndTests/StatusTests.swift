import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// What `status` says of a class, and what an apply waits for.
@Suite(.timeLimit(.minutes(9))) struct StatusTests {
    /// A class whose one component runs what the file says.
    private func file(_ more: String, groups: String = "1") -> String {
        Cohorts.small(
            groups: groups, components: "api: { template: api, deploy: aula, \(more) }", gitlab: nil)
    }

    @Test func `a first apply waits until all is ready, and says where placeholders run`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            #expect(apply.errors.contains("waiting: "), "\(apply.transcript)")
            #expect(apply.output.contains("All 2 components ready."), "\(apply.transcript)")
            #expect(apply.output.contains("2 of them run aula's placeholder"), "\(apply.transcript)")
            let brief = try await sandbox.aula("status", file)
            #expect(brief.output.hasPrefix("✓ g1  1 of 1 ready, 1 without an image"), "\(brief.transcript)")
            let status = try await sandbox.aula("status", file, "--verbose")
            #expect(status.status == 0, "\(status.transcript)")
            #expect(status.output.contains("no pipeline has delivered an image yet"), "\(status.transcript)")
            #expect(status.output.contains("does not expire"), "\(status.transcript)")
            #expect(status.output.contains("All is well."), "\(status.transcript)")
            let count = try sandbox.requests().count
            _ = try await sandbox.aula("status", file, "--format", "json")
            #expect(try sandbox.writes(since: count) == [], "a status only reads")
        }
    }

    @Test(arguments: [
        ("image: nowhere.invalid/api:7", "1", "image cannot be pulled: nowhere.invalid/api:7"),
        ("image: registry.example/api:crash", "1", "crash loop, last exit code 1"),
        ("image: registry.example/api:1, cpu: 1900m, cpuLimit: 2", "8", "not enough CPU on the nodes: "),
    ]) func `an apply that waits ends with the reason for what is not ready`(
        settings: String, groups: String, reason: String
    ) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(file(settings, groups: groups))
            let apply = try await sandbox.aula("apply", file, "--yes", "--wait-timeout", "4")
            #expect(apply.status == 3, "\(apply.transcript)")
            #expect(apply.output.contains("Apply complete!"), "\(apply.transcript)")
            #expect(apply.output.contains("Not ready: "), "\(apply.transcript)")
            #expect(apply.output.contains(reason), "\(apply.transcript)")
            let status = try await sandbox.aula("status", file)
            #expect(status.status == 2, "\(status.transcript)")
            #expect(status.output.contains("✗ Deployment api  \(reason)"), "\(status.transcript)")
            let patient = try await sandbox.aula("apply", file, "--yes")
            #expect(patient.status == 0, "without a change nobody waits unasked: \(patient.transcript)")
        }
    }

    @Test func `a component that asks for much is not refused by the quota that aula makes`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(file("image: registry.example/api:1, cpu: 3, cpuLimit: 3"))
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            #expect(apply.output.contains("All 1 component ready."), "\(apply.transcript)")
        }
    }

    @Test func `a quota of the teacher's own that is too small is warned of, and then the reason`() async throws {
        try await Sandbox.run { sandbox in
            let quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: tight }\nspec: { hard: { pods: 0 } }\n"
            try Data(quota.utf8).write(to: sandbox.folder.appending(path: "tight.yaml"))
            let file = try sandbox.write(
                Cohorts.small(
                    groups: "1",
                    components: "api: { template: api, deploy: aula, image: registry.example/api:1 }\n"
                        + "  tight: { template: manifests, files: tight.yaml }", gitlab: nil))
            let apply = try await sandbox.aula("apply", file, "--yes", "--wait-timeout", "4")
            #expect(apply.status == 3, "\(apply.transcript)")
            #expect(
                apply.errors.contains(
                    "tight.yaml:1:1: warning: the quota 'tight' is too small for its own environment: pods: 2 wanted, 0 "
                        + "there"), "\(apply.transcript)")
            #expect(apply.output.contains("quota exceeded: tight, requested: "), "\(apply.transcript)")
        }
    }

    @Test func `nobody waits who does not want to, and Ctrl-C ends the waiting`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(file("image: nowhere.invalid/api:7"))
            let apply = try await sandbox.aula("apply", file, "--yes", "--no-wait")
            #expect(apply.status == 0, "\(apply.transcript)")
            #expect(!apply.errors.contains("waiting: "), "\(apply.transcript)")
            let waiting = try await sandbox.start("apply", file, "--yes", "--wait")
            try await waitUntil("it says that it waits") { waiting.errors.contains("waiting: ") }
            waiting.send(SIGINT)
            let end = try await waiting.end()
            #expect(end.status == 130, "\(end.transcript)")
            #expect(end.errors.contains("Stopped waiting"), "\(end.transcript)")
        }
    }

    @Test func `a status tells the file's changes from other people's, and shows what pipelines set`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            func kubectl(_ verb: String, _ rest: String...) async throws {
                let result = try await Command.run(
                    try Tools.client("kubectl"), ["-n", "demo-g1-test", verb] + rest, environment: sandbox.environment)
                #expect(result.status == 0, "\(result.transcript)")
            }
            try await kubectl("patch", "configmap", "environment", "-p", #"{"data":{"LOG_LEVEL":"debug"}}"#)
            try await kubectl(
                "patch", "resourcequota", "environment", "--type=json", "-p",
                #"[{"op":"remove","path":"/spec/hard/pods"}]"#)
            try await kubectl("delete", "service", "api")
            try await kubectl("set", "image", "deployment/api", "api=registry.example/api:7")
            try await kubectl("rollout", "status", "deployment/api", "--timeout=30s")
            let changed = try sandbox.write(
                Cohorts.small(groups: "1", components: "api: { template: api, port: 8080, readyPath: /up }"))
            let status = try await sandbox.aula("status", changed, "-v")
            #expect(status.status == 2, "\(status.transcript)")
            let blocks = Set(
                status.output.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
            for line in [
                "Changed by kubectl-patch:", "kubernetes/ConfigMap/demo-g1-test/environment: data.LOG_LEVEL",
                "Taken away by somebody:", "kubernetes/ResourceQuota/demo-g1-test/environment: spec.hard.pods",
                "Missing:", "kubernetes/Service/demo-g1-test/api", "Changed in the file:",
                "✓ Deployment api  ready; registry.example/api:7, 1 replica, set by kubectl-set",
            ] { #expect(blocks.contains(line), "\(line) is not in \(status.transcript)") }
            #expect(try await sandbox.aula("apply", changed, "--yes", "--wait").status == 0)
            let after = try await sandbox.aula("status", changed, "--format", "json")
            #expect(after.status == 0, "\(after.transcript)")
            let document = try JSON(parsing: after.output)
            #expect(document["well"] == true)
            #expect(document["components"]?[0]?["images"] == ["registry.example/api:7"])
        }
    }
}
