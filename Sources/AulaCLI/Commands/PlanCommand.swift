import ArgumentParser
import AulaModel
import AulaPlanner
import AulaReport

/// Shows what an apply would do.
struct PlanCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what apply would do, without doing it.",
        discussion: "Says of each difference whether the file made it, or who else.")

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: FilterOptions
    @OptionGroup var adoption: AdoptionOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var untrusted: UntrustedOptions

    @Option(help: "The form of the plan.")
    var format: OutputFormat = .text

    @Flag(help: "Ask no system: show all that the file describes, as if nothing existed.")
    var offline = false

    @Flag(help: "Exit with 2 when changes are pending.")
    var detailedExitcode = false

    @Flag(name: .shortAndLong, help: "Show every resource, not one line for many alike.")
    var verbose = false

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let distrust = untrusted.distrust(isOffline: offline)
        if offline {
            let loaded = try LoadedCohort.load(
                input, needsID: false, environment: surroundings.environment, distrust)
            try check(loaded)
            return try show(Planner.offline(loaded.blueprint, filter: part.filter(in: loaded.cohort)), loaded, console)
        }
        return try await Session.open(input, surroundings, distrust) { session in
            try check(session.loaded)
            let plan = await session.plan(consent.options(.apply, part.filter(in: session.loaded.cohort), adoption))
                .plan
            return try show(plan, session.loaded, console)
        }
    }

    private func check(_ loaded: LoadedCohort) throws {
        let findings = part.findings(for: loaded.cohort) + loaded.capacity
        guard findings.isEmpty else { throw DiagnosticError(findings) }
    }

    private func show(_ plan: Plan, _ loaded: LoadedCohort, _ console: Console) throws -> Outcome {
        let report = PlanReport(
            plan, style: console.style(for: format), detail: verbose ? .full : .brief)
        try console.print(report, as: format)
        console.note(loaded.warnings + plan.diagnostics)
        if plan.hasErrors { return .error }
        return detailedExitcode && !(plan.isEmpty && plan.blocked.isEmpty) ? .changesPending : .done
    }
}
