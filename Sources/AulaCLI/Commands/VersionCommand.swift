import ArgumentParser
import AulaModel

/// Says which aula this is.
struct VersionCommand: AulaCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version of this aula.")

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        surroundings.console.print("aula \(Version.text)")
        return .done
    }
}
