import ArgumentParser
import AulaCohort
import AulaModel

/// Says what a key of the cohort file means.
struct ExplainCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a key of the cohort file means, and how it is written.",
        discussion: "For example `aula explain azure.cluster.nodeSize`; without a key, the list of those at the top.")

    @Argument(help: "The key, with the keys that it is inside of before it.")
    var key: String?

    func validate() throws {
        guard let key, CohortReference.entry(key) == nil else { return }
        let hint =
            CohortReference.meant(by: key).map { "Did you mean `\($0)`?" } ?? "`aula explain` lists what there is."
        throw ValidationError("there is no key `\(key)`. \(hint)")
    }

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let entry = key.flatMap(CohortReference.entry)
        surroundings.console.print(entry.map(CohortReference.explanation) ?? CohortReference.overview)
        return .done
    }
}
