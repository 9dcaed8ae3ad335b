import AulaTestSupport
import Foundation
import Testing

/// The README says only what works.
@Suite(.timeLimit(.minutes(9))) struct ReadmeTests {
    /// A command of the README, and the exit code that its comment announces.
    struct Step: CustomStringConvertible {
        var command: String
        var status: Int32
        var description: String { command }
    }

    /// The lines of the blocks marked `bash`; those marked `sh` need accounts or a build.
    private static func steps() throws -> [Step] {
        var steps: [Step] = []
        var isInside = false
        for line in try readme().split(separator: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```bash"
            } else if isInside {
                let parts = line.split(separator: "# exits with ")
                let status = parts.count > 1 ? Int32(parts[1]) : 0
                steps.append(Step(command: String(line), status: try #require(status)))
            }
        }
        return steps
    }

    private static func readme() throws -> String {
        try String(contentsOf: Tools.root.appendingPathComponent("README.md"), encoding: .utf8)
    }

    @Test func `its commands work in the sandbox, in their order`() async throws {
        let steps = try Self.steps()
        #expect(steps.count >= 12)
        try await Sandbox.run { sandbox in
            try FileManager.default.createSymbolicLink(
                at: sandbox.folder.appendingPathComponent("cohorts"),
                withDestinationURL: Tools.root.appendingPathComponent("cohorts"))
            var environment = sandbox.environment
            let program = URL(fileURLWithPath: try Tools.aula).deletingLastPathComponent().path
            environment["PATH"] = "\(program):\(environment["PATH"] ?? "")"
            for step in steps {
                let result = try await Command.run(
                    "/bin/bash", ["-c", step.command], environment: environment, in: sandbox.folder)
                try #require(result.status == step.status, "\(step): \(result.transcript)")
            }
        }
    }

    @Test func `continuous integration runs its test command and nothing else`() throws {
        let script = try String(contentsOf: Tools.root.appendingPathComponent(".ci/run"), encoding: .utf8)
        let commands = script.split(separator: "\n").filter {
            !$0.hasPrefix("#") && !$0.hasPrefix("set ") && !$0.hasPrefix("cd ")
        }
        let command = try #require(commands.first)
        #expect(commands.count == 1)
        #expect(try Self.readme().split(separator: "\n").contains { $0.hasPrefix("\(command) ") })
    }

    @Test func `its exit codes are those of the program`() async throws {
        let help = try await Command.run(try Tools.aula, ["--help"], environment: [:]).output
        let codes = try Self.readme().split(separator: "\n").compactMap { line in
            line.wholeMatch(of: #/\| (\d+) \| .*/#).map { String($0.1) }
        }
        let known = help.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: #/ +(\d+)  .*/#).map { String($0.1) }
        }
        #expect(codes == known)
    }

    @Test func `every page that it names is there`() throws {
        let links = try Self.readme().matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
        #expect(links.count > 5)
        for link in links {
            #expect(FileManager.default.fileExists(atPath: Tools.root.appendingPathComponent(link).path), "\(link)")
        }
    }
}
