import AulaTestSupport
import Foundation
import Testing

/// The pages that show what commands print show what they print.
@Suite(.timeLimit(.minutes(5))) struct TranscriptTests {
    @Test(arguments: ["docs/term.md", "docs/cohort-file.md"])
    func `every command prints what the page shows`(page: String) async throws {
        let text = try String(contentsOf: Tools.root.appendingPathComponent(page), encoding: .utf8)
        let transcript = Transcript(text)
        #expect(!transcript.steps.isEmpty)
        try await Sandbox.run { sandbox in
            try Data(transcript.file.utf8).write(to: sandbox.folder.appendingPathComponent("class.yaml"))
            var environment = sandbox.environment
            let program = URL(fileURLWithPath: try Tools.aula).deletingLastPathComponent().path
            environment["PATH"] = "\(program):\(environment["PATH"] ?? "")"
            for step in transcript.steps {
                let result = try await Command.run(
                    "/bin/bash", ["-c", "exec 2>&1; \(step.command)"], environment: environment, in: sandbox.folder)
                try #require(result.status == step.status, "\(page), \(step): \(result.transcript)")
                let difference = step.difference(from: result.output)
                #expect(difference == nil, "\(page), \(step)\n\(difference ?? "")\n\(result.output)")
            }
        }
    }

    @Test(arguments: [
        ("a\nb", "a\nb", true), ("a", "a\nb", false), ("a\nb", "a", false), ("a\nc", "a\n…\nc", true),
        ("a\nx\ny\nc", "a\n…\nc", true), ("a\nx", "…\nc", false), ("long line", "long …", true),
        ("since 2026-01-01T01:02:03Z", "since 2027-02-02T09:09:09Z", true), ("", "", true),
        ("x\n\na", "x\n\na\n", true),
    ])
    func `a page is compared line by line`(printed: String, shown: String, fits: Bool) {
        let transcript = Transcript("```console\n$ command  # exits with 3\n\(shown)\n```\n")
        #expect(transcript.steps.map(\.command) == ["command"])
        #expect(transcript.steps.map(\.status) == [3])
        #expect(transcript.steps.map { $0.difference(from: printed) == nil } == [fits])
    }
}
