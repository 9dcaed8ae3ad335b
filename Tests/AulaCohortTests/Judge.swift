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
        print("ready", flush=True)
        for line in sys.stdin:
            print("valid" if judge.is_valid(json.loads(line)) else "not", flush=True)
        """

    private struct Pipes {
        var questions: FileHandle
        var answers: FileHandle

        /// The next line of the program's, with its end; nil where the program has ended.
        func nextLine() -> String? {
            var line = Data()
            while line.last != UInt8(ascii: "\n") {
                let more = answers.availableData
                guard !more.isEmpty else { return nil }
                line += more
            }
            return String(decoding: line, as: UTF8.self)
        }
    }

    private let pipes: Mutex<Pipes?>

    /// Starts the program by `popen`, which asks from any thread and holds none; its answers come through a FIFO.
    private init() {
        let folder = FileManager.default.temporaryDirectory.appending(path: "aula-judge-\(UUID().uuidString)")
        let (script, answers) = (folder.appending(path: "judge.py").path, folder.appending(path: "answers").path)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard Self.isThere,
            (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil,
            (try? Data(Self.program.utf8).write(to: URL(filePath: script))) != nil, mkfifo(answers, 0o600) == 0,
            let program = popen("exec '\(Self.python.path)' '\(script)' >'\(answers)'", "w"),
            let reader = FileHandle(forReadingAtPath: answers)
        else {
            pipes = Mutex(nil)
            return
        }
        let pipes = Pipes(questions: FileHandle(fileDescriptor: fileno(program)), answers: reader)
        try? pipes.questions.write(contentsOf: Data((CohortReference.schema.text + "\n").utf8))
        // Its first answer comes once it has read its own file, which goes with the folder.
        self.pipes = Mutex(pipes.nextLine() == "ready\n" ? pipes : nil)
    }

    /// Nil where there is no judge.
    func accepts(_ document: JSON) -> Bool? {
        pipes.withLock { pipes in
            guard let pipes else { return nil }
            try? pipes.questions.write(contentsOf: Data((document.text + "\n").utf8))
            return pipes.nextLine().map { $0 == "valid\n" }
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
