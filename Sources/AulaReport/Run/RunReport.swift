package import AulaEngine
package import AulaModel

/// How a run ended: what was done for whom, what was not and why, and how to go on.
package struct RunReport: Sendable {
    package var summary: RunSummary
    package var purpose: Plan.Purpose
    /// The exact command that does the rest, such as `aula apply cohorts/memo2.yaml`.
    package var resume: String
    package var style: Style

    package init(_ summary: RunSummary, purpose: Plan.Purpose, resume: String, style: Style = .plain) {
        self.summary = summary
        self.purpose = purpose
        self.resume = resume
        self.style = style
    }

    var counts: ChangeCounts { ChangeCounts(summary.done) }

    /// What was done, in the wording that users know; a run that is not complete says so.
    package var footer: String {
        let counts = counts
        let state = summary.interrupted ? "interrupted" : summary.succeeded ? "complete" : "incomplete"
        let end = summary.succeeded ? "!" : "."
        switch purpose {
        case .apply:
            return "Apply \(state)\(end) Resources: \(counts.added) added, \(counts.changed) changed, "
                + "\(counts.removed) destroyed\(rest)."
        case .destroy:
            return
                "Destroy \(state)\(end) Resources: \(counts.destroyed) destroyed, \(counts.archived) archived\(rest)."
        }
    }

    /// What a complete run does not have.
    private var rest: String {
        let parts = [
            (summary.failed.count, "failed"), (summary.skipped.count, "skipped"),
            (summary.notStarted.count, "not started"),
        ]
        return parts.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
    }
}
