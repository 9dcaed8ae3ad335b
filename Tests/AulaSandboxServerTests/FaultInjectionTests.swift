import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct FaultInjectionTests {
    private static let group = #"{"name": "a", "path": "a"}"#

    @Test func `an answer in place of the system's own leaves the system untouched`() async throws {
        let faults = """
            faults:
              - system: gitlab
                method: POST
                path: /api/v4/groups
                times: 1
                answer: { status: 429, headers: { Retry-After: 1 } }
            """
        try await RunningSandbox.run(faults: faults) { sandbox in
            let refused = try await sandbox.gitlab("POST", "/api/v4/groups", body: Self.group)
            #expect(refused.status == 429)
            #expect(String(decoding: refused.body, as: UTF8.self) == "Retry later\n")
            #expect(try await sandbox.gitlab("GET", "/api/v4/groups/a").status == 404)
            #expect(try await sandbox.gitlab("POST", "/api/v4/groups", body: Self.group).status == 201)
        }
    }

    @Test(
        "a dropped connection before or after the system did what was asked",
        arguments: [("request", 404, 0), ("answer", 200, 201)])
    func dropped(what: String, after: Int, logged: Int) async throws {
        let faults = "faults: [{ method: POST, path: /api/v4/groups, drop: \(what) }]"
        try await RunningSandbox.run(faults: faults) { sandbox in
            await #expect(throws: (any Error).self) {
                try await sandbox.gitlab("POST", "/api/v4/groups", body: Self.group)
            }
            #expect(try await sandbox.gitlab("GET", "/api/v4/groups/a").status == after)
            let line = try #require(try sandbox.log().first { $0["method"] == "POST" })
            #expect(line["status"] == .int(logged))
            #expect(line["fault"] == .string("drop \(what)"))
        }
    }

    @Test func `a connection that closes in the middle of a body is an error for the client`() async throws {
        let faults = "faults: [{ system: kubernetes, cluster: sandbox, path: /version, times: 1, drop: 10 }]"
        try await RunningSandbox.run(faults: faults) { sandbox in
            let (server, token) = try sandbox.cluster()
            await #expect(throws: (any Error).self) {
                try await sandbox.send("GET", server + "/version", token: token)
            }
            #expect(try await sandbox.send("GET", server + "/version", token: token).status == 200)
        }
    }

    @Test func `faults change while the sandbox runs, for those who hold the control token`() async throws {
        try await RunningSandbox.run { sandbox in
            let url = sandbox.environment["AULA_SANDBOX_FAULTS_URL", default: ""]
            #expect(try await sandbox.send("DELETE", url, token: "wrong").status == 401)

            #expect(
                try await sandbox.inject("faults: [{ path: /api/v4/version, answer: { status: 500 } }]").status == 200)
            #expect(try await sandbox.gitlab("GET", "/api/v4/version").status == 500)

            let wrong = try await sandbox.inject("faults: [{ path: /x }]")
            #expect(wrong.status == 400)
            #expect(
                wrong.json["message"]
                    == "faults:1:10: error: `faults[0]` does nothing\n  hint: give it answer, drop or delay")
            #expect(try await sandbox.gitlab("GET", "/api/v4/version").status == 500, "the old faults stay in force")

            #expect(try await sandbox.inject("").status == 200)
            #expect(try await sandbox.gitlab("GET", "/api/v4/version").status == 200)
        }
    }

    @Test func `a condition reaches the system, and goes again`() async throws {
        try await RunningSandbox.run(faults: "conditions: { certificateClusters: false }") { sandbox in
            let project = #"{"name": "p", "path": "p"}"#
            let made = try await sandbox.gitlab("POST", "/api/v4/projects", body: project)
            #expect(made.status == 201)
            #expect(try await sandbox.gitlab("GET", "/api/v4/projects/1/clusters").status == 404)
            #expect(try await sandbox.inject("conditions: { certificateClusters: true }").status == 200)
            #expect(try await sandbox.gitlab("GET", "/api/v4/projects/1/clusters").status == 200)
        }
    }
}
