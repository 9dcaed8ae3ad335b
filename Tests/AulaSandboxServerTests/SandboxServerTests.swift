import AulaModel
import AulaSandbox
import AulaSandboxServer
import Foundation
import Testing

@Suite struct SandboxServerTests {
    @Test func `a ready sandbox has a private folder with everything a client needs`() async throws {
        try await RunningSandbox.run { sandbox in
            let folder = try FileManager.default.attributesOfItem(atPath: sandbox.folder.path)
            #expect(folder[.posixPermissions] as? Int == 0o700)
            for name in ["env.sh", "kubeconfig", "ca-key.pem", "requests.jsonl", "pid"] {
                let file = sandbox.folder.appending(path: name)
                let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            for name in ["KUBECONFIG", "AZURE_CONFIG_DIR", "REQUESTS_CA_BUNDLE", "GITLAB_TOKEN", "AULA_GITLAB_URL"] {
                #expect(sandbox.environment[name]?.isEmpty == false, "\(name)")
            }
        }
    }

    @Test func `the ready-made cluster answers its administrator over TLS, and refuses a stranger`() async throws {
        try await RunningSandbox.run { sandbox in
            let (server, token) = try sandbox.cluster()
            let version = try await sandbox.send("GET", server + "/version", token: token)
            #expect(version.status == 200)
            #expect(version.json["gitVersion"]?.string?.contains("sandbox") == true)
            let stranger = try await sandbox.send("GET", server + "/api/v1/namespaces", token: "stranger")
            #expect(stranger.status == 401)
        }
    }

    @Test func `a cluster that nobody made has no API`() async throws {
        try await RunningSandbox.run { sandbox in
            let base = "https://127.0.0.1:\(try sandbox.port(of: .kubernetes))"
            let answer = try await sandbox.send("GET", base + "/clusters/other/version")
            #expect(answer.status == 503)
            #expect(answer.json["message"] == "there is no cluster 'other' here")
        }
    }

    @Test func `each request is one line of the log, without its token`() async throws {
        try await RunningSandbox.run { sandbox in
            let (server, token) = try sandbox.cluster()
            _ = try await sandbox.send("GET", server + "/api/v1/namespaces?limit=500", token: token)
            _ = try await sandbox.gitlab("GET", "/api/v4/groups?private_token=glpat-secret")
            _ = try await sandbox.gitlab("POST", "/api/v4/groups", body: #"{"name": "a", "path": "a"}"#)
            let lines = try sandbox.log()
            #expect(lines.map { $0["system"] } == ["kubernetes", "gitlab", "gitlab"])
            #expect(lines.map { $0["path"] } == ["/api/v1/namespaces", "/api/v4/groups", "/api/v4/groups"])
            #expect(lines.map { $0["write"] } == [false, false, true])
            #expect(lines[0]["cluster"] == "sandbox")
            #expect(lines[0]["query"] == ["limit": "500"])
            #expect(lines[1]["query"] == ["private_token": "***"])
            #expect(lines.allSatisfy { !$0.text.contains(token) && !$0.text.contains("glpat") })
        }
    }

    @Test func `a folder is used by one sandbox at a time`() async throws {
        try await RunningSandbox.run { sandbox in
            let second = SandboxServer(options: SandboxOptions(state: sandbox.folder))
            let error = await #expect(throws: SandboxError.self) { try await second.run { _ in } }
            #expect(error?.description.contains("already uses") == true)
        }
    }

    @Test func `state, authority and ports outlive a restart`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try await RunningSandbox.run(in: folder) { sandbox in
            let made = try await sandbox.gitlab("POST", "/api/v4/groups", body: #"{"name": "kept", "path": "kept"}"#)
            #expect(made.status == 201)
            let (server, token) = try sandbox.cluster()
            let space = #"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kept"}}"#
            let namespace = try await sandbox.send(
                "POST", server + "/api/v1/namespaces", token: token, body: space)
            #expect(namespace.status == 201)
            return (token: try sandbox.cluster().token, port: try sandbox.port(of: .gitlab))
        }
        try await RunningSandbox.run(in: folder) { sandbox in
            let group = try await sandbox.gitlab("GET", "/api/v4/groups/kept")
            #expect(group.status == 200)
            let (server, token) = try sandbox.cluster()
            let namespace = try await sandbox.send("GET", server + "/api/v1/namespaces/kept", token: token)
            #expect(namespace.status == 200)
            #expect(try sandbox.cluster().token == before.token)
            #expect(try sandbox.port(of: .gitlab) == before.port)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `an open watch ends with the sandbox, and does not hold it up`() async throws {
        let clock = ContinuousClock()
        let (watching, asked) = try await RunningSandbox.run { sandbox in
            let (server, token) = try sandbox.cluster()
            let url = server + "/api/v1/namespaces?watch=true"
            let watching = Task { try await sandbox.send("GET", url, token: token) }
            while try sandbox.log().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            return (watching, clock.now)
        }
        #expect(clock.now - asked < .seconds(5))
        _ = await watching.result
    }

    @Test func `a body over the limit is refused`() async throws {
        try await RunningSandbox.run { sandbox in
            let body = String(repeating: "x", count: (16 << 20) + 1)
            let refused = try await sandbox.gitlab("POST", "/api/v4/groups", body: body)
            #expect(refused.status == 413)
        }
    }
}
