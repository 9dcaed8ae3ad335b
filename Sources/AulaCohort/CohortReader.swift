import AulaModel
import AulaYAML

/// Goes through a cohort file's tree, part by part.
struct CohortReader: TreeReading {
    var findings = Findings(in: "a cohort file")

    mutating func report(_ diagnostic: Diagnostic) {
        findings.report(diagnostic)
    }
}
