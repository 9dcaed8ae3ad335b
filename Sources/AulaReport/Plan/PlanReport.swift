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

    /// What a second look after a destroy has found: this plan, which is empty.
    package func farewell(after destroy: Plan) -> String {
        let name = PlainText.oneLine(plan.mark.cohort)
        let stays = destroy.changes.contains { $0.action == .archive } ? " Archived projects are kept." : ""
        let bill =
            destroy.changes.contains { $0.address.system == .azure && $0.action == .delete }
            ? " Azure bills nothing more for it." : ""
        return "Looked again: nothing that aula made for \(name) is left.\(stays)\(bill)"
    }

    /// What may be said of data that goes: that it must be allowed, or that it was.
    var consent: String {
        plan.allowsDataLoss ? "as --allow-data-loss allows" : "it needs --allow-data-loss"
    }

    /// What the class has where its file does not point any more; nil where there is nothing.
    package var staying: String? {
        guard !plan.strays.isEmpty else { return nil }
        let places = plan.strays.map { "\($0.system.rawValue) (\(PlainText.oneLine($0.description)))" }
        return "What \(plan.mark.cohort) has in \(places.joined(separator: " and ")) stays: the file names it no more."
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
        switch plan.purpose {
        case .apply:
            if let part = plan.part {
                return "No changes. What was looked at (\(PlainText.oneLine(part))) matches the cohort file."
            }
            guard let staying else { return "No changes. The class matches the cohort file." }
            return "No changes where the cohort file points. \(staying)"
        case .destroy:
            let name = plan.mark.cohort
            if let staying { return "No changes where the cohort file points. \(staying)" }
            guard plan.kept.isEmpty, !plan.foreign.contains(where: { !$0.byDeployer }) else {
                return "No changes. Of \(name) is left only what holds what is not aula's."
            }
            return "No changes. Nothing of \(name) is left."
        }
    }
}
