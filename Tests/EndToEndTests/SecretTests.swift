import AulaModel
import AulaTestSupport
import Foundation
import Synchronization
import Testing

/// Tokens and passwords are nowhere but where they must be.
@Suite(.timeLimit(.minutes(9))) struct SecretTests {
    /// Under the test's folder: the sandbox's own state and the login that it hands out.
    private static let allowed = ["state/"]

    @Test func `no token or password is in any file, output, log or command line`() async throws {
        try await Sandbox.run { sandbox in
            let components =
                "api: { template: api, port: 8080 }\n  db: { template: postgres, storage: 1Gi, shared: environment }"
            let file = try sandbox.write(Cohorts.small(groups: "2", components: components))
            let watch = ProcessWatch()
            let runs = [
                try await sandbox.aula("plan", file, "--verbose"),
                try await sandbox.aula("apply", file, "--yes", "--json"),
                try await sandbox.aula("plan", file, "--format", "json"),
            ]
            #expect(runs.map(\.status) == [0, 0, 0], "\(runs.map(\.transcript))")
            var secrets = try await Self.secrets(of: sandbox)
            // A second life: a changed token, a run that fails, then the end.
            _ = try await sandbox.kubectl("-n", "demo-g1-test", "delete", "secret", "gitlab-deployer-token")
            _ = try sandbox.write(Cohorts.small(groups: "3", components: components))
            try await sandbox.setFaults(
                """
                faults:
                  - system: gitlab
                    method: PUT
                    path: /api/v4/projects/*/variables/KUBE_TOKEN
                    times: 1
                    answer: { status: 400, body: { message: the value is not accepted } }
                  - system: kubernetes
                    method: [POST, PATCH]
                    path: "/api/v1/namespaces/demo-g3-test/secrets/**"
                    times: 2
                    answer: { status: 422, body: { kind: Status, status: Failure, reason: Invalid, message: no, code: 422 } }

                """)
            let failing = try await sandbox.aula("apply", file, "--yes", "--verbose")
            #expect(failing.status == 3, "\(failing.transcript)")
            let again = try await sandbox.aula("apply", file, "--yes")
            #expect(again.status == 0, "\(again.transcript)")
            secrets.formUnion(try await Self.secrets(of: sandbox))
            let destroy = try await sandbox.aula(
                "destroy", file, "--confirm", "demo", "--allow-data-loss", "--json")
            #expect(destroy.status == 0, "\(destroy.transcript)")
            let commands = await watch.stop()

            #expect(secrets.count >= 12, "tokens, passwords and deploy tokens were made")
            #expect(commands.contains { $0.contains("aula") && $0.contains("apply") }, "the watch saw the runs")
            let outputs = (runs + [failing, again, destroy]).map(\.transcript).joined()
            for secret in secrets {
                #expect(!outputs.contains(secret), "in an output: \(secret.prefix(6))…")
                #expect(!commands.contains { $0.contains(secret) }, "in a command line: \(secret.prefix(6))…")
            }
            for (path, text) in try Self.files(under: sandbox.folder) {
                let isRequestLog = path == "state/requests.jsonl"
                guard isRequestLog || !Self.allowed.contains(where: path.hasPrefix) else { continue }
                for secret in secrets { #expect(!text.contains(secret), "in \(path): \(secret.prefix(6))…") }
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.temporary)
            #expect(left.filter { $0.hasPrefix("aula-run-") } == [], "the run's own folder is removed")
        }
    }

    /// Everything secret that the cluster and GitLab hold, plain and in base64, and the teacher's own token.
    private static func secrets(of sandbox: Sandbox) async throws -> Set<String> {
        var result: Set<String> = []
        func add(_ text: String) {
            guard text.utf8.count >= 8 else { return }
            result.insert(text)
            result.insert(Data(text.utf8).base64EncodedString())
        }
        let listed = try await sandbox.kubectl("get", "secrets", "--all-namespaces", "-o", "json")
        for secret in try JSON(parsing: listed.output)["items"]?.array ?? [] {
            for member in secret["data"]?.object?.members ?? [] {
                guard let data = member.value.string.flatMap({ Data(base64Encoded: $0) }) else { continue }
                let isOpen = ["ca.crt", "namespace", "username", "host", "port", "database", "name", "user"].contains {
                    member.key.lowercased().hasSuffix($0)
                }
                if !isOpen { add(String(decoding: data, as: UTF8.self)) }
            }
        }
        let variables = try await sandbox.python(
            """
            import os, json, gitlab
            gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
            print(json.dumps([v.value for p in gl.projects.list(get_all=True)
                for v in p.variables.list(get_all=True) if v.key in ("KUBE_TOKEN", "KUBECONFIG")]))
            """)
        for value in try JSON(parsing: variables.output).array ?? [] { add(value.string ?? "") }
        add(sandbox.environment["GITLAB_TOKEN"] ?? "")
        return result
    }

    /// Every file below a folder, by its path there.
    private static func files(under folder: URL) throws -> [(String, String)] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
                return nil
            }
            return (name, String(decoding: data, as: UTF8.self))
        }
    }
}

/// Collects the command lines of all processes of this machine, over and over, until it is stopped.
private final class ProcessWatch: Sendable {
    private let seen = Mutex<Set<String>>([])
    private let task = Mutex<Task<Void, Never>?>(nil)

    init() {
        let watch = Task.detached { [self] in
            while !Task.isCancelled {
                look()
                try? await Task.sleep(for: .milliseconds(10))
            }
        }
        task.withLock { $0 = watch }
    }

    func stop() async -> Set<String> {
        let watch = task.withLock { $0 }
        watch?.cancel()
        await watch?.value
        return seen.withLock { $0 }
    }

    private func look() {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes where process.first?.isNumber == true {
            guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"), !line.isEmpty else {
                continue
            }
            let text = String(decoding: line, as: UTF8.self).replacing("\0", with: " ")
            seen.withLock { _ = $0.insert(text) }
        }
    }
}
