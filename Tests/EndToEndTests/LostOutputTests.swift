import AulaTestSupport
import Foundation
import Testing

/// Results that do not arrive: a full disk, a closed stdout, a reader who left.
@Suite struct LostOutputTests {
    private static let cohort = """
        version: 1
        name: demo
        id: d3m0d3m0
        groups: 200
        components: { web: { template: web } }
        kubernetes: {}

        """

    /// Runs aula with its output where a shell's redirection puts it.
    private static func aula(_ redirection: String, _ arguments: [String]) async throws -> Command {
        let folder = FileManager.default.temporaryDirectory.appending(path: "aula-lost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "cohort.yaml")
        try Data(cohort.utf8).write(to: file)
        let script = #""$0" "$@" \#(redirection)"#
        return try await Command.run(
            "/bin/sh", ["-c", script, try Tools.aula] + arguments + [file.path], environment: ["PATH": "/usr/bin:/bin"])
    }

    private static let commands = [
        ["validate"], ["cost"], ["plan", "--offline", "-v"], ["plan", "--offline", "--format", "json"],
    ]

    @Test(arguments: commands)
    func `a closed stdout ends with 1, and says so`(arguments: [String]) async throws {
        let lost = try await Self.aula(">&-", arguments)
        #expect(lost.status == 1, "\(lost.transcript)")
        #expect(lost.errors.contains("the results could not be written"), "\(lost.transcript)")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: commands)
    func `a full disk ends with 1, and says so`(arguments: [String]) async throws {
        let lost = try await Self.aula(">/dev/full", arguments)
        #expect(lost.status == 1, "\(lost.transcript)")
        #expect(lost.errors.contains("the results could not be written"), "\(lost.transcript)")
    }

    @Test func `a reader who leaves is no signal to die of`() async throws {
        let left = try await Self.aula("| head -c 1 >/dev/null; echo ended", ["plan", "--offline", "-v"])
        #expect(left.output == "ended\n")
        #expect(left.errors.contains("the results could not be written"), "\(left.transcript)")
    }

    @Test func `what arrives is a success`() async throws {
        for arguments in Self.commands {
            let whole = try await Self.aula(">/dev/null", arguments)
            #expect(whole.status == 0, "\(whole.transcript)")
        }
    }
}
