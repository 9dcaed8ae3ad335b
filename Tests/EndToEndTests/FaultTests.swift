import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// What happens when things go wrong in the middle.
@Suite(.timeLimit(.minutes(9))) struct FaultTests {
    @Test func `one group's failure leaves the others done, and the next run finishes`() async throws {
        try await Sandbox.run(
            faults: """
                faults:
                  - system: kubernetes
                    method: PATCH
                    path: "/api/v1/namespaces/demo-g1-test/resourcequotas/*"
                    times: 1
                    answer: { status: 403, body: { kind: Status, reason: Forbidden, code: 403, message: refused today } }

                """
        ) { sandbox in
            let file = try sandbox.write(Cohorts.small())
            let first = try await sandbox.aula("apply", file, "--yes")
            #expect(first.status == 3, "\(first.transcript)")
            #expect(first.output.contains("aula apply"), "it names the command that goes on")
            #expect(try await sandbox.kubectl("-n", "demo-g2-test", "get", "deployment", "api").status == 0)
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test(arguments: [0, 1, 3, 8, 20, 45, 80]) func `killed after so many writes, one more run finishes the job`(
        writes: Int
    ) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "3"))
            try await sandbox.kill(after: writes, "apply", file, "--yes")
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            let count = try sandbox.requests().count
            let third = try await sandbox.aula("apply", file, "--yes")
            #expect(third.output.contains("No changes."), "\(third.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            // A token of GitLab's can be read once: one whose secret was lost is revoked, not kept beside the new one.
            let tokens = try await sandbox.python(
                """
                import os, gitlab
                gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
                print([len([t for t in gl.groups.get(f"memo2-fiuba/demo/g{n}").deploytokens.list(get_all=True)
                    if not t.revoked]) for n in (1, 2, 3)])
                """)
            #expect(tokens.output == "[1, 1, 1]\n", "\(tokens.transcript)")
        }
    }

    @Test(arguments: [1, 6, 12]) func `a destroy that is killed is finished by the next one`(writes: Int) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "3"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            try await sandbox.kill(after: writes, "destroy", file, "--confirm", "demo")
            let second = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(second.status == 0, "\(second.transcript)")
            let left = try await sandbox.kubectl("get", "namespaces", "-l", "aula.dev/id=d3m0d3m0", "-o", "name")
            #expect(left.output == "")
            let count = try sandbox.requests().count
            #expect(try await sandbox.aula("destroy", file, "--confirm", "demo").status == 0)
            #expect(try sandbox.writes(since: count) == [])
        }
    }

    @Test func `an interrupted run says what is done and exits with 130`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "30"))
            let run = try await sandbox.start("apply", file, "--yes", "--parallelism", "1")
            try await sandbox.waitForWrites(5, of: run)
            run.send(SIGINT)
            let result = try await run.end()
            #expect(result.status == 130, "\(result.transcript)")
            #expect(result.output.contains("added"), "\(result.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
        }
    }

    @Test func `a second run is locked out while the first one writes`() async throws {
        try await Sandbox.run(
            faults: """
                faults:
                  - system: gitlab
                    method: POST
                    path: /api/v4/projects
                    delay: 6

                """
        ) { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            let first = try await sandbox.start("apply", file, "--yes")
            try await sandbox.waitForWrites(3, of: first)
            // However slow this machine is today: the first one stands still until the second one was refused.
            first.send(SIGSTOP)
            defer { first.send(SIGCONT) }
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 7, "\(second.transcript)")
            #expect(second.errors.contains("\(first.identifier)"), "it says who: \(second.transcript)")
            first.send(SIGCONT)
            let result = try await first.end()
            #expect(result.status == 0, "\(result.transcript)")
        }
    }

    @Test func `a plan that is no longer true when it is to be carried out is stale`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1", gitlab: nil))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            _ = try sandbox.write(
                Cohorts.small(
                    groups: "1", components: "api: { template: api, port: 9090, image: registry.example/api:1 }",
                    gitlab: nil))
            // The second look at the Services, which is the one under the lock, is held up while somebody deletes one.
            try await sandbox.setFaults(
                """
                faults:
                  - system: kubernetes
                    method: GET
                    path: /api/v1/services
                    nth: 2
                    times: 1
                    delay: 8

                """)
            let count = try sandbox.requests().count
            let run = try await sandbox.start("apply", file, "--yes")
            try await waitUntil("the plan is shown") { run.output.contains("Plan: ") }
            try await Task.sleep(for: .milliseconds(500))
            let deleted = try await sandbox.kubectl("-n", "demo-g1-test", "delete", "service", "api")
            #expect(deleted.status == 0, "\(deleted.transcript)")
            let result = try await run.end()
            #expect(result.status == 6, "\(result.transcript)")
            #expect(try sandbox.writes(since: count).filter { !$0.hasPrefix("DELETE") } == [])
        }
    }
}

extension Sandbox {
    /// Waits until this sandbox has answered so many writes.
    func waitForWrites(_ number: Int, of run: StartedCommand) async throws {
        try await waitUntil("\(number) writes of a run that goes on") {
            try #require(run.isRunning, "it ended first: \(run.output)\(run.errors)")
            return try writeCount() >= number
        }
    }

    /// Starts a command and kills it without warning once it has sent so many writes.
    func kill(after number: Int, _ arguments: String...) async throws {
        let before = try writeCount()
        let run = try await start(arguments)
        if number == 0 { try await Task.sleep(for: .milliseconds(150)) }
        try await waitUntil("\(number) writes", every: .milliseconds(4)) {
            let sent = try writeCount() - before
            try #require(run.isRunning, "it ended after \(sent) writes: \(run.output)")
            return sent >= number
        }
        run.send(SIGKILL)
        let end = try await run.end()
        #expect(end.signal == SIGKILL, "the kill came too late: \(end.transcript)")
    }
}
