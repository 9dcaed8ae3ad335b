import ArgumentParser
import AulaEngine
import AulaModel
import AulaPlanner
import AulaReport
import AulaTokens

/// Shows every token with its age and its end.
struct ListTokensCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every token: since when, until when, and whether that lasts the term.",
        usage: "aula tokens list [<options>] <cohort>")

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: TokenFilterOptions

    @Option(help: "The form of the list.")
    var format: OutputFormat = .text

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let (loaded, observation) = try await Session.open(input, surroundings) { session in
            try part.check(session.loaded.cohort)
            return (
                session.loaded,
                await session.observe(.apply, includesForeign: false, systems: [.kubernetes])
            )
        }
        try part.checkReadable(observation)
        let tokens = TokenGenerations(loaded.blueprint, observation).tokens.filter(part.filter(in: loaded.cohort))
        let report = TokenReport(
            loaded.cohort, tokens, now: surroundings.time.now(), style: console.style(for: format))
        try console.print(report, as: format)
        return .done
    }
}
