import ArgumentParser
import AulaModel
import AulaPlanner
import AulaReport
import AulaTools
import Foundation

/// Shows every token with its age and its end.
struct ListTokensCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every token: since when, until when, and whether that lasts the term.")

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: TokenFilterOptions

    @Option(help: "The form of the list: text, json or markdown.")
    var format: OutputFormat = .text

    func run(_ console: Console, _ redactor: Redactor) async throws -> Outcome {
        let loaded = try LoadedCohort.load(input, needsID: true, environment: console.environment)
        try part.check(loaded.cohort)
        let session = try Session(loaded, console: console, redactor: redactor)
        let observation = await session.observe(.apply, includesForeign: false, systems: [.kubernetes])
        await session.close()
        try part.checkReadable(observation)
        let tokens = TokenGenerations(loaded.blueprint, observation).tokens.filter(part.includes)
        let report = TokenReport(
            loaded.cohort, tokens, now: Date(), style: format == .text ? console.style : .plain)
        switch format {
        case .text: console.print(report.text)
        case .json: console.print(report.json)
        case .markdown: console.print(report.markdown)
        }
        return .done
    }
}
