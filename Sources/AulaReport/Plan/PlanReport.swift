package import AulaModel

/// A plan for people and for programs.
package struct PlanReport: Report, Sendable {
    /// How much of a long plan is shown.
    package enum Detail: Sendable {
        /// Creations are counted by kind, and groups with the same changes are shown once.
        case brief
        /// Every change with every field.
        case full
    }

    package var plan: Plan
    package var style: Style
    package var detail: Detail

    package init(_ plan: Plan, style: Style = .plain, detail: Detail = .brief) {
        self.plan = plan
        self.style = style
        self.detail = detail
    }

    var counts: ChangeCounts { ChangeCounts(plan.changes) }

    /// The last line, in the wording that users know.
    package var footer: String {
        guard plan.isEmpty else {
            return "Plan: \(counts.added) to add, \(counts.changed) to change, \(counts.removed) to destroy."
        }
        guard plan.blocked.isEmpty else {
            return "No changes planned. \(Humane.count(plan.blocked.count, "resource")) could not be read."
        }
        return switch plan.purpose {
        case .apply: "No changes. The class matches the cohort file."
        case .destroy: "No changes. Nothing of \(plan.mark.cohort) is left."
        }
    }
}
