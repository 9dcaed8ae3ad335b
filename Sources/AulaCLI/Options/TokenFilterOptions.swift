import ArgumentParser
import AulaModel
import AulaPlanner
import AulaTokens

/// Whose tokens a command is about.
struct TokenFilterOptions: ParsableArguments {
    @Option(name: .customLong("group"), help: "Only these groups; with *, ? and commas. Repeatable.")
    var groups: [String] = []

    @Option(name: .customLong("env"), help: "Only these environments; with *, ? and commas. Repeatable.")
    var environments: [String] = []

    /// The same filter on another command line.
    var words: [String] {
        groups.flatMap { ["--group", $0] } + environments.flatMap { ["--env", $0] }
    }

    /// The same without what tokens have not.
    private var options: FilterOptions {
        var options = FilterOptions()
        options.groups = groups
        options.environments = environments
        options.components = []
        options.only = nil
        return options
    }

    /// Whether a token of a cohort is among them.
    func filter(in cohort: Cohort) -> @Sendable (DeployerToken) -> Bool {
        let filter = options.filter(in: cohort)
        return { filter.includes($0.name, $0.slot) }
    }

    /// Throws a `DiagnosticError` for a pattern that fits nothing.
    func check(_ cohort: Cohort) throws {
        let findings = options.findings(for: cohort)
        guard findings.isEmpty else { throw DiagnosticError(findings) }
    }

    /// Throws a `DiagnosticError` where the Secrets could not be read: no token is not the same as no answer.
    func checkReadable(_ observation: Observation) throws {
        guard let gap = observation.gaps.first(where: { $0.part.touches(.secret) }) else { return }
        throw DiagnosticError("the tokens cannot be read: \(gap.reason)", hint: gap.hint)
    }
}
