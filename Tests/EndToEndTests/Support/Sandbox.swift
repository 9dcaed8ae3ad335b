import AulaModel
import AulaTestSupport
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A sandbox of a test's own: started before it, ended with it, its folder removed.
///
/// Where the tests are killed, it ends too.
final class Sandbox: Sendable {
    let folder: URL
    let environment: [String: String]
    /// The `TMPDIR` of everything that runs.
    let temporary: String
    private let process: StartedCommand

    /// Starts a sandbox, runs the test's body with it, and ends it whatever happens.
    static func run(
        faults: String? = nil, runsJobs: Bool = false, _ body: @Sendable (Sandbox) async throws -> Void
    ) async throws {
        await Places.shared.take()
        defer { Task { await Places.shared.giveBack() } }
        let sandbox = try await Sandbox(faults: faults, runsJobs: runsJobs)
        do {
            try await body(sandbox)
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    private init(faults: String?, runsJobs: Bool) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var arguments = ["sandbox", "--until-stdin-closes", "--state", folder.appendingPathComponent("state").path]
        if let faults {
            let file = folder.appendingPathComponent("faults.yaml")
            try Data(faults.utf8).write(to: file)
            arguments += ["--faults", file.path]
        }
        if runsJobs { arguments.append("--run-jobs") }
        var base = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("AULA_") && !$0.key.hasPrefix("AZURE_")
                && !["KUBECONFIG", "GITLAB_TOKEN"].contains($0.key)
        }
        base["PATH"] = "\(Tools.root.path)/.tools/bin:\(base["PATH"] ?? "/usr/bin:/bin")"
        if runsJobs {
            // Stands for the Docker daemon beside a job: it takes every order.
            let programs = folder.appendingPathComponent("bin")
            try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
            let docker = programs.appendingPathComponent("docker").path
            try Data("#!/bin/sh\necho \"docker $1\"\n".utf8).write(to: URL(fileURLWithPath: docker))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: docker)
            base["PATH"] = "\(programs.path):\(base["PATH"] ?? "")"
        }
        base["XDG_STATE_HOME"] = folder.appendingPathComponent("home").path
        // Not inside the folder: a unix socket's path must be short.
        temporary = "/tmp/aula-t-\(UInt32.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        base["TMPDIR"] = temporary
        base["XDG_RUNTIME_DIR"] = nil
        base["HOME"] = folder.appendingPathComponent("home").path
        process = try await StartedCommand(try Tools.aula, arguments, environment: base, input: nil)
        try await waitUntil("the sandbox is ready", within: .seconds(60), every: .milliseconds(20)) { [process] in
            guard process.isRunning else {
                throw SandboxFailure(text: "the sandbox did not start: \(process.output)\(process.errors)")
            }
            return process.output.contains("sandbox ready")
        }
        environment = try await Self.sourced(folder.appendingPathComponent("state/env.sh"), base)
    }

    /// The variables that a shell has after `source env.sh`.
    private static func sourced(_ file: URL, _ base: [String: String]) async throws -> [String: String] {
        let result = try await Command.run(
            "/bin/bash", ["-c", "set -a; source '\(file.path)'; env -0"], environment: base)
        return result.output.split(separator: "\0").reduce(into: [:]) { variables, line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            variables[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
    }

    func stop() async {
        process.send(SIGTERM)
        _ = try? await process.end()
        try? FileManager.default.removeItem(at: folder)
        try? FileManager.default.removeItem(atPath: temporary)
    }

    /// Writes a cohort file into the test's folder.
    func write(_ text: String, to name: String = "cohort.yaml") throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Writes a program into the test's folder.
    func writeProgram(_ text: String, to name: String) throws {
        let path = try write(text + "\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func aula(_ arguments: String..., environment extra: [String: String] = [:]) async throws -> Command {
        try await aula(arguments, environment: extra)
    }

    func aula(_ arguments: [String], environment extra: [String: String] = [:]) async throws -> Command {
        try await Command.run(
            try Tools.aula, arguments, environment: environment.merging(extra) { _, new in new }, in: folder)
    }

    func start(_ arguments: String...) async throws -> StartedCommand { try await start(arguments) }

    func start(_ arguments: [String]) async throws -> StartedCommand {
        try await StartedCommand(try Tools.aula, arguments, environment: environment, in: folder)
    }

    func kubectl(_ arguments: String..., input: String = "") async throws -> Command {
        try await kubectl(arguments, input: input)
    }

    func kubectl(_ arguments: [String], input: String = "") async throws -> Command {
        try await Command.run(try Tools.client("kubectl"), arguments, environment: environment, input: input)
    }

    func az(_ arguments: String...) async throws -> Command {
        try await Command.run(try Tools.client("az"), arguments, environment: environment)
    }

    /// Runs a shell script in a folder of its own, with git as a person has it who gives a token for the password.
    ///
    /// The token stands in no command line.
    func shell(_ script: String, token: String) async throws -> Command {
        let home = folder.appendingPathComponent("shell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let git = [
            "HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_AUTHOR_NAME": "Ana",
            "GIT_AUTHOR_EMAIL": "ana@example.com", "GIT_COMMITTER_NAME": "Ana",
            "GIT_COMMITTER_EMAIL": "ana@example.com",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": #"!f() { echo username=any; echo "password=$TOKEN"; }; f"#, "TOKEN": token,
        ]
        return try await Command.run(
            "/bin/sh", ["-ec", script], environment: environment.merging(git) { _, new in new }, in: home)
    }

    /// A request to the sandbox's GitLab; without a token, as the teacher.
    @discardableResult
    func gitlab(
        _ method: String, _ path: String, _ body: JSON? = nil, token: String? = nil
    ) async throws -> (status: Int, json: JSON, text: String) {
        let url = "\(environment["AULA_GITLAB_URL"] ?? "")/api/v4/\(path)"
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        request.httpBody = body?.data
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(
            "Bearer \(token ?? environment["GITLAB_TOKEN"] ?? "")", forHTTPHeaderField: "Authorization")
        let (data, response) = try await URLSession.shared.data(for: request)
        let text = String(decoding: data, as: UTF8.self)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, (try? JSON(parsing: data)) ?? .null, text)
    }

    func python(_ script: String) async throws -> Command {
        try await Command.run(try Tools.client("python3"), ["-c", script], environment: environment)
    }

    /// Puts other faults in force; none with an empty text.
    func setFaults(_ text: String) async throws {
        var request = URLRequest(url: try #require(URL(string: environment["AULA_SANDBOX_FAULTS_URL"] ?? "")))
        request.httpMethod = "PUT"
        request.httpBody = Data(text.utf8)
        request.setValue(
            "Bearer \(environment["AULA_SANDBOX_CONTROL_TOKEN"] ?? "")", forHTTPHeaderField: "Authorization")
        let (data, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200, "\(String(decoding: data, as: UTF8.self))")
    }

    /// Every request so far.
    func requests() throws -> [JSON] {
        let text = try String(contentsOf: folder.appendingPathComponent("state/requests.jsonl"), encoding: .utf8)
        // The last line may still be under way.
        let end = text.lastIndex(of: "\n") ?? text.startIndex
        return try text[..<end].split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    /// How many writes were answered so far; cheap enough to be asked over and over.
    func writeCount() throws -> Int {
        let log = try Data(contentsOf: folder.appendingPathComponent("state/requests.jsonl"))
        let sign = Data("\"write\":true".utf8)
        var count = 0
        var rest = log[...]
        while let found = rest.range(of: sign) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }

    /// The writes since a number of requests, as `METHOD path`.
    func writes(since count: Int) throws -> [String] {
        try requests().dropFirst(count).filter { $0["write"] == true }.map {
            "\($0["method"]?.string ?? "") \($0["path"]?.string ?? "") \($0["status"]?.int ?? 0)"
        }
    }
}

/// How many sandboxes run at once: more than the processors can serve only makes every test slow.
private actor Places {
    static let shared = Places()
    private var free = max(2, ProcessInfo.processInfo.activeProcessorCount * 2)
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

struct SandboxFailure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
