package import AulaSandbox
package import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Bare git repositories in one folder, worked on by the machine's own git.
///
/// Git sees this folder and nothing of its user: neither the user's nor the system's configuration, no other
/// environment, no terminal to ask for passwords on.
package struct GitFolder: GitRepositories {
    private let root: URL

    /// What git may print at most: an archive or a clone of a course's project.
    private static let outputLimit = 256 << 20
    private static let errorLimit = 1 << 20

    /// Makes the folder and the hook that refuses pushes.
    package init(_ root: URL) throws {
        self.root = root.standardizedFileURL
        let hooks = self.root.appending(path: Self.hooks, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: hooks, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let hook = hooks.appending(path: "pre-receive").path
        let script = """
            #!/bin/sh
            if [ -n "$AULA_REFUSAL" ]; then
                echo "GitLab: $AULA_REFUSAL" >&2
                exit 1
            fi
            while read -r old new ref; do
                case " $AULA_STEADY " in *" $ref "*) ;; *) continue ;; esac
                case "$old$new" in *0000000000000000000000000000000000000000*) continue ;; esac
                git merge-base --is-ancestor "$old" "$new" && continue
                echo "GitLab: You are not allowed to force push code to a protected branch on this project." >&2
                exit 1
            done

            """
        guard
            FileManager.default.createFile(
                atPath: hook, contents: Data(script.utf8), attributes: [.posixPermissions: 0o700])
        else { throw GitUnusable("cannot write \(hook)") }
    }

    private static let hooks = "hooks"

    package func run(_ command: GitCommand) async throws -> GitOutput {
        try await git(
            command.arguments, ["GIT_DIR": root.appending(path: command.repository).path], input: command.input)
    }

    package func serve(_ transfer: GitTransfer) async throws -> SandboxResponse {
        let request = transfer.request
        var environment = [
            "GIT_PROJECT_ROOT": root.path, "GIT_HTTP_EXPORT_ALL": "1", "REQUEST_METHOD": request.method,
            "PATH_INFO": "/\(transfer.repository)/\(transfer.service)", "CONTENT_LENGTH": String(request.body.count),
            "QUERY_STRING": request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"),
            "CONTENT_TYPE": request.headers["content-type"] ?? "",
        ]
        if !transfer.user.isEmpty { environment["REMOTE_USER"] = transfer.user }
        if let encoding = request.headers["content-encoding"] { environment["HTTP_CONTENT_ENCODING"] = encoding }
        if let version = request.headers["git-protocol"] { environment["GIT_PROTOCOL"] = version }
        if let refusal = transfer.refusal { environment["AULA_REFUSAL"] = refusal }
        environment["AULA_STEADY"] = transfer.steady.map { "refs/heads/\($0)" }.joined(separator: " ")
        return try CGIAnswer(await git(["http-backend"], environment, input: request.body)).response
    }

    package func remove(_ repository: String) async {
        try? FileManager.default.removeItem(at: root.appending(path: repository))
    }

    /// A working copy of one commit in a new folder.
    func checkOut(_ commit: String, of repository: String, into folder: URL) async throws {
        let source = root.appending(path: repository).path
        for words in [
            ["clone", "--quiet", "--no-hardlinks", "--no-checkout", source, folder.path],
            ["-C", folder.path, "checkout", "--quiet", "--detach", commit],
        ] {
            let output = try await git(words, [:], input: Data())
            guard output.isGood else { throw GitUnusable("git \(words[0]): \(output.errorText)") }
        }
    }

    private func git(_ arguments: [String], _ variables: [String: String], input: Data) async throws -> GitOutput {
        var environment = [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": root.path, "LC_ALL": "C",
            "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "PATH": Self.path, "GIT_CONFIG_COUNT": "3",
            "GIT_CONFIG_KEY_0": "core.hooksPath",
            "GIT_CONFIG_VALUE_0": root.appending(path: Self.hooks).path,
            "GIT_CONFIG_KEY_1": "http.receivepack", "GIT_CONFIG_VALUE_1": "true",
            "GIT_CONFIG_KEY_2": "safe.directory", "GIT_CONFIG_VALUE_2": "*",
        ]
        environment.merge(variables) { _, new in new }
        var keyed: [Subprocess.Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Subprocess.Environment.Key(rawValue: name) { keyed[key] = value }
        }
        let configuration = Configuration(
            executable: .path(FilePath(try Self.program())), arguments: Arguments(arguments),
            environment: .custom(keyed), workingDirectory: FilePath(root.path))
        do {
            let result = try await Subprocess.run(
                configuration, input: .data(input), output: .data(limit: Self.outputLimit),
                error: .string(limit: Self.errorLimit))
            let status =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): 128 + Int(signal)
                }
            return GitOutput(status: status, data: result.standardOutput, errorText: result.standardError)
        } catch let error as SubprocessError {
            throw GitUnusable("git cannot be run: \(error)")
        }
    }

    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    /// Git's own file, since a look-up by name costs a failed start for each folder of PATH.
    private static let found = path.split(separator: ":").map { "\($0)/git" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private static func program() throws -> String {
        guard let found else { throw GitUnusable("there is no git on this machine; install it") }
        return found
    }
}

/// What a CGI program prints: headers, an empty line, the body.
struct CGIAnswer {
    let response: SandboxResponse

    init(_ output: GitOutput) throws {
        let separator = output.data.range(of: Data("\r\n\r\n".utf8))
        guard let separator else { throw GitUnusable("git http-backend: \(output.errorText)") }
        var response = SandboxResponse(status: 200)
        for line in String(decoding: output.data[..<separator.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2 else { continue }
            if sides[0].lowercased() == "status" {
                response.status = sides[1].split(separator: " ").first.flatMap { Int($0) } ?? 500
            } else {
                response.headers.append((sides[0], sides[1]))
            }
        }
        response.body = .bytes(Data(output.data[separator.upperBound...]))
        self.response = response
    }
}
