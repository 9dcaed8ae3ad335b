import AulaCohort
import AulaModel
import AulaYAML
import Foundation
import Synchronization
import Testing

/// Python's `jsonschema`, which says whether a document is valid by the schema that `aula schema` prints.
///
/// `make tools` brings it; where it is missing, nothing is judged, and `SchemaTests` say "skipped".
final class Judge: Sendable {
    static let shared = Judge()

    private static let python = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../.tools/bin/python3").standardizedFileURL
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python.path) }

    private static let program = """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.loads(sys.stdin.readline())
        Draft202012Validator.check_schema(schema)
        judge = Draft202012Validator(schema)
        for line in sys.stdin:
            print("valid" if judge.is_valid(json.loads(line)) else "not", flush=True)
        """

    private struct Pipes {
        var questions: FileHandle
        var answers: FileHandle
    }

    private let pipes: Mutex<Pipes?>

    private init() {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = Self.python
        process.arguments = ["-c", Self.program]
        process.standardInput = input
        process.standardOutput = output
        guard Self.isThere, (try? process.run()) != nil else {
            pipes = Mutex(nil)
            return
        }
        let pipes = Pipes(questions: input.fileHandleForWriting, answers: output.fileHandleForReading)
        try? pipes.questions.write(contentsOf: Data((CohortReference.schema.text + "\n").utf8))
        self.pipes = Mutex(pipes)
    }

    /// Nil where there is no judge.
    func accepts(_ document: JSON) -> Bool? {
        pipes.withLock { pipes in
            guard let pipes else { return nil }
            try? pipes.questions.write(contentsOf: Data((document.text + "\n").utf8))
            var answer = Data()
            while answer.last != UInt8(ascii: "\n") {
                let more = pipes.answers.availableData
                guard !more.isEmpty else { return nil }
                answer += more
            }
            return answer == Data("valid\n".utf8)
        }
    }
}

/// What the reader takes is valid by the schema; unknown keys and values of another type are not.
func compare(_ file: SourceFile, _ diagnostics: [Diagnostic]) {
    guard let root = YAML.document(in: file).root, let isValid = Judge.shared.accepts(JSON(root)) else { return }
    let isTaken = !diagnostics.contains { $0.severity == .error }
    if isTaken { #expect(isValid, "the schema refuses what the reader takes: \(file.text)") }
    // Draft 2020-12 takes 3.0 for an integer, and what an amount is only the reader knows.
    let wrong = #/^unknown key|must be (text|a number|true or false|a list|a mapping|a number or a list)\b/#
    if diagnostics.contains(where: { $0.message.contains(wrong) }) {
        #expect(!isValid, "the schema takes what the reader refuses: \(file.text)")
    }
}
