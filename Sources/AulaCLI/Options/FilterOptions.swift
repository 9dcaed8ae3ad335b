import ArgumentParser
import AulaModel
import AulaPlanner

/// Which part of the class a command looks at.
///
/// A filter never deletes anything outside itself.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("group"), help: "Only these groups; * and ? are allowed. Repeatable.")
    var groups: [String] = []

    @Option(name: .customLong("env"), help: "Only these environments; * and ? are allowed. Repeatable.")
    var environments: [String] = []

    @Option(name: .customLong("component"), help: "Only these components; * and ? are allowed. Repeatable.")
    var components: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only these of azure, kubernetes and gitlab, with commas between them.", valueName: "systems"))
    var only: String?

    var filter: Filter {
        Filter(
            groups: groups.map { Glob($0) }, environments: environments.map { Glob($0) },
            components: components.map { Glob($0) }, systems: systems)
    }

    private var systems: Set<System> {
        Set((only ?? "").split(separator: ",").compactMap { System(rawValue: String($0)) })
    }

    /// The same filter on another command line.
    var words: [String] {
        groups.flatMap { ["--group", $0] } + environments.flatMap { ["--env", $0] }
            + components.flatMap { ["--component", $0] } + (only.map { ["--only", $0] } ?? [])
    }

    func validate() throws {
        for name in (only ?? "").split(separator: ",") where System(rawValue: String(name)) == nil {
            throw ValidationError(
                "--only knows \(System.allCases.map(\.rawValue).joined(separator: ", ")), not \"\(name)\".")
        }
    }

    /// A pattern that fits nothing is a typing error, not an empty class.
    func findings(for cohort: Cohort) -> [Diagnostic] {
        check(groups, among: cohort.groups.map(\.key), "--group")
            + check(environments, among: cohort.environments.map(\.name), "--env")
            + check(components, among: cohort.components.map(\.name), "--component")
            + filter.systems.subtracting(cohort.systems).sorted().map {
                Diagnostic(
                    .error, "--only \($0.rawValue) fits nothing: the cohort file has no `\($0.rawValue):`",
                    hint: "it has \(cohort.systems.sorted().map(\.rawValue).joined(separator: ", "))")
            }
    }

    private func check(_ patterns: [String], among names: [String], _ option: String) -> [Diagnostic] {
        patterns.filter { pattern in !names.contains { Glob(pattern).matches($0) } }.map {
            Diagnostic(
                .error, "\(option) \($0) fits nothing in this cohort",
                hint: "it has \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")")
        }
    }
}
