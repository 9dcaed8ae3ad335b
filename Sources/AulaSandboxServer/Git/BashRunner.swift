import AulaSandbox
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs pipelines' jobs on this machine with `bash`, each in a folder of its own that goes with it.
///
/// A job sees its variables, its checkout and the programs of PATH; nothing else of who runs the sandbox. Where there
/// is `bwrap`, it can also write nothing else and read nobody's home. Where there is none, only scripts that came
/// unchanged from another project's file run: a team cannot write those.
struct BashRunner: JobRunner {
    let repositories: GitFolder

    private static let outputLimit = 16 << 20
    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    private static func program(_ name: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    func run(_ job: JobRun) async -> JobOutcome {
        let cage = Self.program("bwrap")
        guard cage != nil || job.isForeign else {
            return JobOutcome(
                status: 1,
                log:
                    "This job's script is the project's own, and there is no bwrap on this machine to run it in. Install "
                    + "bubblewrap, or let the script come from an included file of another project.\n",
                reason: "runner_system_failure")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "aula-job-\(job.id)-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            return try await withThrowingTaskGroup(of: JobOutcome.self) { group in
                group.addTask { try await work(job, in: folder, cage: cage) }
                group.addTask {
                    try await Task.sleep(for: .seconds(job.timeout))
                    return JobOutcome(
                        status: 1, log: "The job took longer than \(job.timeout) s.\n", reason: "job_execution_timeout")
                }
                defer { group.cancelAll() }
                return try await group.next() ?? JobOutcome(status: 1, log: "")
            }
        } catch {
            return JobOutcome(status: 1, log: "\(error)\n", reason: "runner_system_failure")
        }
    }

    private func work(_ job: JobRun, in folder: URL, cage: String?) async throws -> JobOutcome {
        let build = folder.appending(path: "build")
        for name in ["home", "files"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        try await repositories.checkOut(job.commit, of: job.repository, into: build)
        var variables = job.variables
        for (name, content) in job.files {
            let file = folder.appending(path: "files").appending(path: name)
            guard
                FileManager.default.createFile(
                    atPath: file.path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600])
            else { throw SandboxError("cannot write \(file.path)") }
            variables[name] = file.path
        }
        variables["CI_PROJECT_DIR"] = build.path
        variables["CI_BUILDS_DIR"] = folder.path
        variables["HOME"] = folder.appending(path: "home").path
        variables["TMPDIR"] = folder.appending(path: "home").path
        variables["PATH"] = Self.path
        let script = folder.appending(path: "script").path
        let text = Self.script(job, in: build.path)
        guard FileManager.default.createFile(atPath: script, contents: Data(text.utf8)), let bash = Self.program("bash")
        else { throw SandboxError("there is no bash on this machine") }
        let words = Self.cage(folder.path) + [bash, "--noprofile", "--norc", script]
        let program = cage ?? bash
        let result = try await Subprocess.run(
            Configuration(
                executable: .path(FilePath(program)),
                arguments: Arguments(cage == nil ? Array(words.suffix(3)) : words),
                environment: Self.environment(variables), workingDirectory: FilePath(build.path),
                platformOptions: Self.options),
            input: .none, output: .string(limit: Self.outputLimit), error: .combinedWithOutput)
        let status =
            switch result.terminationStatus {
            case .exited(let code): Int(code)
            case .signaled(let signal): 128 + Int(signal)
            }
        return JobOutcome(status: status, log: result.standardOutput)
    }

    private static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
        return options
    }

    private static func environment(_ variables: [String: String]) -> Subprocess.Environment {
        var keyed: [Subprocess.Environment.Key: String] = [:]
        for (name, value) in variables where !value.contains("\0") {
            if let key = Subprocess.Environment.Key(rawValue: name) { keyed[key] = value }
        }
        return .custom(keyed)
    }

    /// Each command is shown before it runs; what comes after runs however they end.
    private static func script(_ job: JobRun, in folder: String) -> String {
        let shown = { (line: String) in "printf '%s\\n' \(quoted("$ \(line)"))\n\(line)\n" }
        let after =
            job.afterScript.isEmpty
            ? ""
            : "trap 'status=$?; set +e; cd \(quoted(quoted(folder)).dropFirst().dropLast())\n\(job.afterScript.map(shown).joined().replacing("'", with: "'\\''"))exit $status' EXIT\n"
        return "set -eo pipefail\ncd \(quoted(folder))\n\(after)\(job.script.map(shown).joined())"
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    /// What `bwrap` shows of this machine: all of it to read but the homes, and the job's folder to write.
    private static func cage(_ folder: String) -> [String] {
        var words = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]
        let hidden = ["/home", "/root"].filter { FileManager.default.fileExists(atPath: $0) }
        for home in hidden { words += ["--tmpfs", home] }
        // Tools that were installed below a home, or lie in a temporary folder, stay in reach.
        for place in path.split(separator: ":").map(String.init)
        where (hidden + ["/tmp"]).contains(where: { place.hasPrefix($0 + "/") }) {
            let whole = URL(filePath: place).deletingLastPathComponent().path
            if FileManager.default.fileExists(atPath: place) { words += ["--ro-bind", whole, whole] }
        }
        return words + [
            "--bind", folder, folder, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent",
            "--new-session", "--chdir", "\(folder)/build",
        ]
    }
}
