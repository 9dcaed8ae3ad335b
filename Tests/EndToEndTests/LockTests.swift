import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// One run at a time per cohort, whoever starts it and wherever.
@Suite(.timeLimit(.minutes(9))) struct LockTests {
    private static let lease = "/apis/coordination.k8s.io/v1/namespaces/demo-aula/leases"

    /// A class of one group that is there already, and a file that asks for many more: a run that takes a while.
    private static func grown(_ sandbox: Sandbox) async throws -> String {
        let small = try sandbox.write(Cohorts.small(groups: "1"))
        let first = try await sandbox.aula("apply", small, "--yes")
        try #require(first.status == 0, "\(first.transcript)")
        return try sandbox.write(Cohorts.small(groups: "25"))
    }

    /// Where another teacher's machine keeps its own locks.
    private static func elsewhere(_ sandbox: Sandbox) -> [String: String] {
        ["XDG_STATE_HOME": sandbox.folder.appendingPathComponent("elsewhere").path]
    }

    private static func untilLocked(_ sandbox: Sandbox, since count: Int) async throws {
        try await waitUntil("the lock is taken") {
            try sandbox.requests().dropFirst(count).contains {
                $0["method"] == "POST" && $0["path"] == .string(lease) && $0["status"] == 201
            }
        }
    }

    /// That no lock is left in either system.
    private static func expectNoLock(_ sandbox: Sandbox) async throws {
        let leases = try await sandbox.kubectl("-n", "demo-aula", "get", "leases", "-o", "name")
        #expect(leases.output == "", "\(leases.transcript)")
        let variables = try await sandbox.python(
            """
            import gitlab, os
            server = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], private_token=os.environ["GITLAB_TOKEN"])
            print([v.key for v in server.groups.get("memo2-fiuba/demo").variables.list()])
            """)
        #expect(variables.output == "[]\n", "\(variables.transcript)")
    }

    @Test func `a second run exits with 7 and says who holds the lock since when`() async throws {
        try await Sandbox.run { sandbox in
            let file = try await Self.grown(sandbox)
            let count = try sandbox.requests().count
            let first = try await sandbox.start("apply", file, "--yes", "--parallelism", "1")
            try await Self.untilLocked(sandbox, since: count)
            for environment in [[:], Self.elsewhere(sandbox)] {
                let second = try await sandbox.aula("apply", file, "--yes", environment: environment)
                #expect(second.status == 7, "\(second.transcript)")
                #expect(second.errors.contains(" process \(first.identifier) "), "\(second.transcript)")
                #expect(second.errors.contains(" since 20"), "\(second.transcript)")
                #expect(second.errors.contains("--lock-timeout"), "\(second.transcript)")
            }
            let result = try await first.end()
            #expect(result.status == 0, "\(result.transcript)")
            try await Self.expectNoLock(sandbox)
        }
    }

    @Test func `a second run that waits finds the work done`() async throws {
        try await Sandbox.run { sandbox in
            let file = try await Self.grown(sandbox)
            let count = try sandbox.requests().count
            let first = try await sandbox.start("apply", file, "--yes", "--parallelism", "1")
            try await Self.untilLocked(sandbox, since: count)
            let second = try await sandbox.aula(
                "apply", file, "--yes", "--lock-timeout", "120", environment: Self.elsewhere(sandbox))
            #expect(second.status == 0, "\(second.transcript)")
            #expect(second.errors.contains("waiting until it ends"), "\(second.transcript)")
            #expect(second.output.contains("No changes."), "\(second.transcript)")
            #expect(try await first.end().status == 0)
            try await Self.expectNoLock(sandbox)
        }
    }

    @Test func `a killed run hinders nobody, and its lock leaves no trace`() async throws {
        try await Sandbox.run { sandbox in
            let file = try await Self.grown(sandbox)
            let count = try sandbox.requests().count
            let first = try await sandbox.start("apply", file, "--yes", "--parallelism", "1")
            try await Self.untilLocked(sandbox, since: count)
            first.send(SIGKILL)
            #expect(try await first.end().signal == SIGKILL, "the kill came too late")
            let second = try await sandbox.aula("apply", file, "--yes", environment: Self.elsewhere(sandbox))
            #expect(second.status == 0, "\(second.transcript)")
            try await Self.expectNoLock(sandbox)
            let before = try sandbox.requests().count
            let third = try await sandbox.aula("apply", file, "--yes")
            #expect(third.output.contains("No changes."), "\(third.transcript)")
            #expect(try sandbox.writes(since: before) == [])
            #expect(
                try !sandbox.requests().dropFirst(before).contains {
                    $0["path"]?.string?.contains("leases") == true && $0["method"] != "GET"
                },
                "no lock is taken where there is nothing to write")
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)])
    func `a run that is stopped finishes what is in flight, reports, and gives its lock back`(
        signal: Int32, status: Int32
    ) async throws {
        try await Sandbox.run { sandbox in
            let file = try await Self.grown(sandbox)
            let count = try sandbox.requests().count
            let run = try await sandbox.start("apply", file, "--yes", "--parallelism", "1")
            try await waitUntil("three writes") { try sandbox.writes(since: count).count >= 3 }
            run.send(signal)
            let result = try await run.end()
            #expect(result.status == status && result.signal == nil, "\(result.transcript)")
            #expect(result.output.contains("What was under way has been finished"), "\(result.transcript)")
            #expect(result.output.contains("aula apply \(file)"), "\(result.transcript)")
            try await Self.expectNoLock(sandbox)
        }
    }

    @Test func `the lock of a run elsewhere holds while it is renewed, and lapses`() async throws {
        try await Sandbox.run { sandbox in
            let file = try await Self.grown(sandbox)
            let renewed = Date().addingTimeInterval(-15).formatted(.iso8601).dropLast()
            let made = try await sandbox.kubectl(
                "create", "-f", "-",
                input: """
                    apiVersion: coordination.k8s.io/v1
                    kind: Lease
                    metadata: { name: aula, namespace: demo-aula }
                    spec:
                      holderIdentity: grace@elsewhere process 1 2
                      leaseDurationSeconds: 30
                      acquireTime: "2026-01-01T00:00:00.000000Z"
                      renewTime: "\(renewed).000000Z"
                    """)
            #expect(made.status == 0, "\(made.transcript)")
            let refused = try await sandbox.aula("apply", file, "--yes")
            #expect(refused.status == 7, "\(refused.transcript)")
            #expect(
                refused.errors.contains("grace@elsewhere process 1 2 since 2026-01-01T00:00:00Z"),
                "\(refused.transcript)")
            let patient = try await sandbox.aula("apply", file, "--yes", "--lock-timeout", "60")
            #expect(patient.status == 0, "\(patient.transcript)")
            try await Self.expectNoLock(sandbox)
        }
    }

    @Test func `a Lease that is left in aula's namespace is not in the way of a destroy`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let made = try await sandbox.kubectl(
                "create", "-f", "-",
                input: """
                    apiVersion: coordination.k8s.io/v1
                    kind: Lease
                    metadata: { name: aula, namespace: demo-aula }
                    spec: { holderIdentity: grace@elsewhere process 1 2, renewTime: "2026-01-01T00:00:00.000000Z" }
                    """)
            #expect(made.status == 0, "\(made.transcript)")
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0, "it is no drift")
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-aula").status == 1)
        }
    }
}
