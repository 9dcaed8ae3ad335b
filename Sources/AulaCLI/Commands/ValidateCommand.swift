import ArgumentParser
import AulaCost
import AulaModel
import AulaPlanner
import AulaReport

/// Reads a cohort file and says everything that is wrong with it.
struct ValidateCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check a cohort file, and name every problem at once with its place.",
        usage: "aula validate [<options>] <cohort>")

    @OptionGroup var input: CohortOptions

    @Option(help: "The form of the findings.")
    var format: OutputFormat = .text

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let findings: [Diagnostic]
        var summary = ""
        do {
            let loaded = try LoadedCohort.load(input, needsID: false, environment: surroundings.environment)
            let cohort = loaded.cohort
            findings = (loaded.warnings + Advice.warnings(about: cohort, loaded.prices) + loaded.capacity)
            summary =
                "\(input.name) is valid: \(Humane.count(cohort.groups.count, "group")) × "
                + "\(Humane.count(cohort.environments.count, "environment")) × "
                + "\(Humane.count(cohort.components.count, "component")), "
                + "\(Humane.count(loaded.blueprint.resources.count, "resource"))."
        } catch let error as DiagnosticError {
            findings = error.diagnostics
        }
        let report = DiagnosticsReport(findings, style: format == .text ? console.errorStyle : .plain)
        let failed = findings.contains { $0.severity == .error }
        if format == .text {
            if !findings.isEmpty { console.note(report.text) }
            if !failed { console.print(summary) }
        } else {
            try console.print(report, as: format)
        }
        return failed ? .error : .done
    }
}
