import ArgumentParser
import AulaEngine
import AulaModel
import AulaReport
import AulaTokens

/// Tries every token as a pipeline would.
struct VerifyTokensCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Try every token: it must deploy in its own namespace and in no other.",
        usage: "aula tokens verify [<options>] <cohort>",
        discussion: """
            Asks the cluster with the token alone, for its own namespace and its neighbour's, and changes nothing. \
            Exits with 1 unless every token does what it should.
            """)

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: TokenFilterOptions

    @Option(help: "The form of the findings.")
    var format: OutputFormat = .text

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let findings = try await Session.open(input, surroundings) { session in
            try part.check(session.loaded.cohort)
            let observation = await session.observe(.apply, includesForeign: false, systems: [.kubernetes, .gitlab])
            try part.checkReadable(observation)
            return await session.tryTokens(observation, includes: part.filter(in: session.loaded.cohort))
        }
        let report = TokenFindings(findings, style: console.style(for: format))
        try console.print(report, as: format)
        return !findings.isEmpty && findings.allSatisfy { $0.result == .works } ? .done : .error
    }
}
