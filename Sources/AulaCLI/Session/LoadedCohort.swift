import AulaCost
import AulaModel
import AulaPlanner

/// A cohort file with everything that it is made of: read once, before anything else happens.
struct LoadedCohort {
    var cohort: Cohort
    var blueprint: Blueprint
    var prices: PriceBook
    var warnings: [Diagnostic]

    /// Whether the class fits its nodes; an error for everything that makes or checks a class.
    var capacity: [Diagnostic] { Limits.check(blueprint) + Capacity.check(blueprint, sizes: prices.nodeSizes) }

    /// Reads the file, the templates and the prices, and expands them; no system is touched.
    ///
    /// A command that touches live things needs an id. Throws a `DiagnosticError` with every problem found.
    static func load(
        _ options: CohortOptions, needsID: Bool, environment: [String: String], _ distrust: Distrust? = nil
    ) throws -> LoadedCohort {
        try ParsedCohort.read(options, needsID: needsID, environment: environment, distrust).expanded()
    }
}
