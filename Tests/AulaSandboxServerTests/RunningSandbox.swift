import AsyncHTTPClient
import AulaModel
import AulaSandbox
import AulaSandboxServer
import AulaTestSupport
import AulaYAML
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL

/// A sandbox that runs for the length of one test, and a client that trusts it.
struct RunningSandbox: Sendable {
    let folder: URL
    let environment: [String: String]
    let client: HTTPClient

    /// Starts a sandbox, in a fresh folder unless one is given, and ends it when `body` is done.
    static func run<Value: Sendable>(
        in folder: URL? = nil, faults: String = "", runsJobs: Bool = false,
        _ body: @Sendable (RunningSandbox) async throws -> Value
    ) async throws -> Value {
        let state = folder ?? FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        defer { if folder == nil { try? FileManager.default.removeItem(at: state) } }
        var options = SandboxOptions(state: state)
        options.faults = try FaultScript.read(SourceFile(path: "faults", text: faults))
        options.runsJobs = runsJobs
        let server = SandboxServer(options: options)
        let (lines, line) = AsyncStream<String>.makeStream()
        let running = Task {
            defer { line.finish() }
            try await server.run { line.yield($0) }
        }
        guard await lines.first(where: { $0.hasPrefix("sandbox ready") }) != nil else {
            try await running.value
            throw CancellationError()
        }
        let client = try HTTPClient(trusting: state.appending(path: "ca.pem"))
        let sandbox = RunningSandbox(folder: state, environment: try await environment(of: state), client: client)
        let result: Result<Value, any Error>
        do { result = .success(try await body(sandbox)) } catch { result = .failure(error) }
        running.cancel()
        _ = await running.result
        try await client.shutdown()
        return try result.get()
    }

    /// What `env.sh` exports, as a shell that sources it sees it.
    private static func environment(of folder: URL) async throws -> [String: String] {
        let shell = try await Command.run(
            "/bin/sh", ["-c", ". \"$0\" && env", folder.appending(path: "env.sh").path],
            environment: ProcessInfo.processInfo.environment)
        let pairs = shell.lines.compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(pairs) { $1 }
    }

    struct Answer: Sendable {
        let status: Int
        let body: Data

        var json: JSON { (try? JSON(parsing: body)) ?? .null }
    }

    func send(
        _ method: String, _ url: String, token: String = "", body: String? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method)
        if !token.isEmpty { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        return Answer(status: Int(response.status.code), body: Data(buffer: bytes))
    }

    func gitlab(_ method: String, _ path: String, body: String? = nil) async throws -> Answer {
        try await send(
            method, environment["AULA_GITLAB_URL", default: ""] + path, token: environment["GITLAB_TOKEN", default: ""],
            body: body)
    }

    /// Changes the faults while the sandbox runs.
    func inject(_ faults: String) async throws -> Answer {
        try await send(
            "PUT", environment["AULA_SANDBOX_FAULTS_URL", default: ""],
            token: environment["AULA_SANDBOX_CONTROL_TOKEN", default: ""], body: faults)
    }

    func port(of system: SandboxSystem) throws -> Int {
        let ports = try JSON(parsing: Data(contentsOf: folder.appending(path: "ports.json")))
        return ports[system.rawValue]?.int ?? 0
    }

    /// The ready-made cluster's address and the administrator's token, out of the kubeconfig.
    func cluster() throws -> (server: String, token: String) {
        let text = try String(contentsOf: folder.appending(path: "kubeconfig"), encoding: .utf8)
        let (root, problems) = YAML.document(in: SourceFile(path: "kubeconfig", text: text))
        guard let config = root.map({ JSON($0) }) else { throw DiagnosticError(problems) }
        return (
            config["clusters"]?[0]?["cluster"]?["server"]?.string ?? "",
            config["users"]?[0]?["user"]?["token"]?.string ?? ""
        )
    }

    func log() throws -> [JSON] {
        try String(contentsOf: folder.appending(path: "requests.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { try JSON(parsing: String($0)) }
    }
}

extension HTTPClient {
    fileprivate convenience init(trusting certificate: URL) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(certificate.path))
        self.init(
            eventLoopGroupProvider: .singleton,
            configuration: Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow))
    }
}
