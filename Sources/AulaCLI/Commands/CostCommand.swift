import ArgumentParser
import AulaCost
import AulaModel
import AulaReport

/// Prices a cohort before a cent is spent.
struct CostCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Price the class for a month and for its term, against its budget.",
        usage: "aula cost [<options>] <cohort>",
        discussion: "Needs no account. Exits with 4 when what has a price is over the budget by itself.")

    @OptionGroup var input: CohortOptions

    @Option(help: "The form of the estimate.")
    var format: OutputFormat = .text

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let loaded = try LoadedCohort.load(input, needsID: false, environment: surroundings.environment)
        let estimate = Estimator.estimate(blueprint: loaded.blueprint, book: loaded.prices)
        let report = EstimateReport(estimate, style: console.style(for: format))
        try console.print(report, as: format)
        return estimate.isOverBudget ? .overBudget : .done
    }
}
