import ArgumentParser
import AulaModel
import AulaPlanner

/// Which part of the class a command looks at.
///
/// A filter never deletes anything outside itself.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("group"), help: "Only these groups; with *, ? and commas. Repeatable.")
    var groups: [String] = []

    @Option(name: .customLong("env"), help: "Only these environments; with *, ? and commas. Repeatable.")
    var environments: [String] = []

    @Option(name: .customLong("component"), help: "Only these components; with *, ? and commas. Repeatable.")
    var components: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only these of azure, kubernetes and gitlab, with commas between them.", valueName: "systems"))
    var only: String?

    func filter(in cohort: Cohort) -> Filter {
        func globs(_ patterns: [String]) -> [Glob] {
            patterns.flatMap { $0.split(separator: ",") }.map { Glob(String($0)) }
        }
        return Filter(
            groups: Filter.groups(groups, in: cohort), environments: globs(environments),
            components: globs(components), systems: systems)
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
        let filter = filter(in: cohort)
        let (environments, components) = (cohort.environments.map(\.name), cohort.components.map(\.name))
        return check(filter.groups, among: cohort.groups.map(\.key), called: cohort.groups.map(\.name), "--group")
            + check(filter.environments, among: environments, called: environments, "--env")
            + check(filter.components, among: components, called: components, "--component")
            + filter.systems.subtracting(cohort.systems).sorted().map {
                Diagnostic(
                    .error, "--only \($0.rawValue) fits nothing: the cohort file has no `\($0.rawValue):`",
                    hint: "it has \(cohort.systems.sorted().map(\.rawValue).joined(separator: ", "))")
            }
    }

    private func check(
        _ globs: [Glob], among keys: [String], called names: [String], _ option: String
    ) -> [Diagnostic] {
        globs.filter { glob in !keys.contains { glob.matches($0) } }.map { glob in
            Diagnostic(
                .error, "\(option) \(glob.text) fits nothing in this cohort",
                hint: Spelling.hint(for: glob.text, among: names)
                    ?? "it has \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")")
        }
    }
}
