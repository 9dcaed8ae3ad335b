import AulaEngine
import AulaTools
import Foundation
import Testing

@Suite struct SubprocessRunnerTests {
    /// A runner whose `kubectl` is a shell script of the test's.
    private func runner(script: String) throws -> (SubprocessRunner, folder: String) {
        let folder = NSTemporaryDirectory() + "aula-tools-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/kubectl"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return (SubprocessRunner(environment: ["AULA_KUBECTL": path]), folder)
    }

    @Test func `a non-zero status is an answer`() async throws {
        let (runner, _) = try runner(script: "cat; echo oops >&2; exit 3")
        let result = try await runner.run(ToolInvocation(.kubectl, ["x"], input: Data("in".utf8)))
        #expect(result == ToolResult(status: 3, output: Data("in".utf8), errorText: "oops\n"))
    }

    @Test func `arguments and environment arrive as they are, and the GitLab token does not`() async throws {
        let (runner, _) = try runner(script: #"printf '%s|%s|%s' "$1" "$EXTRA" "${GITLAB_TOKEN-none}""#)
        setenv("GITLAB_TOKEN", "glpat-do-not-pass", 1)
        let result = try await runner.run(ToolInvocation(.kubectl, ["a b; $(id)"], environment: ["EXTRA": "e"]))
        #expect(String(decoding: result.output, as: UTF8.self) == "a b; $(id)|e|none")
    }

    @Test func `a missing program is named`() async throws {
        let runner = SubprocessRunner(environment: ["AULA_AZ": "/nowhere/az"])
        await #expect(throws: ToolError.notFound(.az, tried: "/nowhere/az")) {
            _ = try await runner.run(ToolInvocation(.az, ["version"]))
        }
        await #expect(throws: ToolError.notFound(.kubectl, tried: "no-such-program")) {
            _ = try await SubprocessRunner(environment: ["AULA_KUBECTL": "no-such-program"])
                .start(ToolInvocation(.kubectl, ["proxy"]), readyLine: "x")
        }
    }

    @Test func `a call that takes too long is ended`() async throws {
        let (runner, folder) = try runner(script: "echo $$ > \"$1\"; exec sleep 60")
        let limit = Duration.milliseconds(400)
        await #expect(throws: ToolError.timedOut(.kubectl, after: limit)) {
            _ = try await runner.run(ToolInvocation(.kubectl, [folder + "/pid"], timeout: limit))
        }
        #expect(try await isGone(pidFile: folder + "/pid"))
    }

    @Test func `a child leads its own session, out of reach of the terminal's Ctrl-C`() async throws {
        let (runner, _) = try runner(script: "cut -d' ' -f6 /proc/self/stat; echo $$")
        let result = try await runner.run(ToolInvocation(.kubectl, []))
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2 && lines[0] == lines[1])
    }

    @Test func `a long-running tool is ready, and gone once stopped`() async throws {
        let (runner, folder) = try runner(script: "echo $$ > \"$1\"; echo Starting to serve on $1; exec sleep 60")
        let tool = try await runner.start(
            ToolInvocation(.kubectl, [folder + "/pid"], timeout: .seconds(120)), readyLine: "Starting to serve on")
        await tool.stop()
        await tool.stop()
        #expect(try await isGone(pidFile: folder + "/pid"))
    }

    @Test func `a long-running tool that ends too soon says why`() async throws {
        let (runner, _) = try runner(script: "echo 'error: no context' >&2; exit 1")
        await #expect(throws: ToolError.endedEarly(.kubectl, "error: no context")) {
            _ = try await runner.start(ToolInvocation(.kubectl, [], timeout: .seconds(120)), readyLine: "Starting")
        }
    }

    /// Whether the process whose number is in a file ends within two seconds.
    private func isGone(pidFile: String) async throws -> Bool {
        let text = try String(contentsOfFile: pidFile, encoding: .utf8)
        let number = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        for _ in 0..<40 where kill(number, 0) == 0 { try await Task.sleep(for: .milliseconds(50)) }
        return kill(number, 0) != 0
    }
}
