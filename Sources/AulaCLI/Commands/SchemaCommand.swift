import ArgumentParser
import AulaCohort
import AulaModel

/// Prints the JSON Schema of a cohort file.
struct SchemaCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a cohort file, for editors that check while you type.",
        discussion: "The file that `aula init` writes names `aula.schema.json` beside it in its first line.")

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        surroundings.console.print(CohortReference.schema.prettyText)
        return .done
    }
}
