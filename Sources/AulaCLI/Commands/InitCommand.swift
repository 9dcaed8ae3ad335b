import ArgumentParser
import AulaCohort
import AulaModel
import AulaTools
import Foundation

/// Writes a new cohort file, or the id into an existing one.
struct InitCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a new cohort file, or the id that an existing one lacks.",
        discussion: """
            An existing file keeps every line; only `id:` is added. Beside a new file stands \(CohortFile.schemaName), by which \
            editors check it while you type.
            """)

    @Argument(help: "The cohort file.", completion: .file(extensions: ["yaml", "yml"]))
    var cohort: String

    func validate() throws {
        guard cohort != TextFile.standardInput else { throw ValidationError("init writes a file: give it a name.") }
    }

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        var generator = SystemRandomNumberGenerator()
        let id = CohortID.random(using: &generator)
        guard FileManager.default.fileExists(atPath: cohort) else {
            let name = URL(fileURLWithPath: cohort).deletingPathExtension().lastPathComponent
            try TextFile.write(CohortFile.starter(name: name, id: id), to: cohort)
            let schema = URL(fileURLWithPath: cohort).deletingLastPathComponent()
                .appendingPathComponent(CohortFile.schemaName).relativePath
            if !FileManager.default.fileExists(atPath: schema) {
                try TextFile.write(CohortReference.schema.prettyText, to: schema)
            }
            console.print("Wrote \(cohort), id \(id). Next: edit it, then `aula validate \(ShellWord.quoted(cohort))`.")
            return .done
        }
        let file = try TextFile.read(cohort)
        let text = try CohortFile.adding(id: id, to: file)
        guard text != file.text else {
            console.print("\(cohort) has its id already; nothing was changed.")
            return .done
        }
        try TextFile.write(text, to: cohort)
        console.print("Wrote id \(id) into \(cohort). It makes this edition's things its own: keep it.")
        return .done
    }
}
