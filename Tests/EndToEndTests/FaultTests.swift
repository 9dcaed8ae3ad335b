import AulaModel
import Foundation
import Testing

/// What happens when things go wrong in the middle.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
    @Test func `one group's failure leaves the others done, and the next run finishes`() async throws {
        try await Sandbox.run(
            faults: """
                faults:
                  - system: kubernetes
                    method: PATCH
                    path: "**/namespaces/demo-g1-test/resourcequotas/*"
                    times: 1
                    answer: { status: 403, body: { kind: Status, reason: Forbidden, code: 403, message: refused today } }
                """
        ) { sandbox in
            let file = try sandbox.write(Cohorts.small())
            let first = try await sandbox.aula("apply", file, "--yes")
            #expect(first.status == 3, "\(first.transcript)")
            #expect(try await sandbox.kubectl("-n", "demo-g2-test", "get", "deployment", "api").status == 0)
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test(arguments: [120, 400, 900, 1600]) func `killed at any moment, one more run finishes the job`(
        milliseconds: Int
    ) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "3"))
            let run = try sandbox.start("apply", file, "--yes")
            try await Task.sleep(for: .milliseconds(milliseconds))
            run.send(SIGKILL)
            _ = await run.end()
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            let count = try sandbox.requests().count
            let third = try await sandbox.aula("apply", file, "--yes")
            #expect(third.output.contains("No changes."), "\(third.transcript)")
            #expect(try sandbox.writes(since: count) == [])
        }
    }

    @Test func `an interrupted run says what is done and exits with 130`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "30"))
            let run = try sandbox.start("apply", file, "--yes", "--parallelism", "1")
            while try sandbox.requests().filter({ $0["write"] == true }).count < 5 {
                try await Task.sleep(for: .milliseconds(10))
            }
            run.send(SIGINT)
            let result = await run.end()
            #expect(result.status == 130, "\(result.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
        }
    }
}
