import ArgumentParser
import AulaEngine
import AulaModel
import AulaPlanner
import AulaReadiness
import AulaReport

/// Shows how the class is doing.
struct StatusCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the class is doing: what is ready or why not, tokens, drift.",
        usage: "aula status [<options>] <cohort>",
        discussion: "Exits with 0 only when all is well, and with 2 when not.")

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: FilterOptions

    @Option(help: "The form of the status.")
    var format: OutputFormat = .text

    @Flag(name: .shortAndLong, help: "Show every group, not one for many alike.")
    var verbose = false

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let (loaded, observation) = try await Session.open(input, surroundings) { session in
            let findings = part.findings(for: session.loaded.cohort)
            guard findings.isEmpty else { throw DiagnosticError(findings) }
            return (
                session.loaded,
                await session.observe(
                    .apply, includesForeign: false, includesPods: true,
                    systems: part.filter(in: session.loaded.cohort).systems)
            )
        }
        let plan = Planner.plan(loaded.blueprint, observation, PlanOptions(filter: part.filter(in: loaded.cohort)))
        console.note(plan.diagnostics)
        let status = ClassStatus(loaded.blueprint, observation, plan, filter: part.filter(in: loaded.cohort))
        let report = StatusReport(
            status, now: surroundings.time.now(), style: console.style(for: format),
            detail: verbose ? .full : .brief)
        try console.print(report, as: format)
        return report.isWell ? .done : .changesPending
    }
}
