import AulaModel

extension PlanReport {
    /// The plan for a merge request: the sum, where it goes, a row for each group, and all changes folded away.
    package var document: Document {
        var blocks: [Document.Block] = [.heading(Document.Line(footer))]
        blocks.append(.list(plan.targets.map { .strong($0.system.rawValue) + ": \($0.description)" }))
        let losses = plan.changes.filter { $0.dataLoss != nil }
        if !losses.isEmpty {
            blocks.append(
                .alert(
                    .strong("DATA LOSS") + (plan.allowsDataLoss ? ", allowed with " : ", needs ")
                        + .code("--allow-data-loss") + ":",
                    losses.map { .code($0.address.text) + ": \($0.dataLoss ?? "")" }))
        }
        blocks.append(.table(sums))
        if !plan.isEmpty { blocks.append(.lines(summary: "All changes", changeLines)) }
        blocks += titled("Not planned:", plan.blocked.map { .code("\($0.part)") + ": \($0.reason)" })
        let (students, others) = (plan.foreign.filter(\.byDeployer), plan.foreign.filter { !$0.byDeployer })
        blocks += titled("Kept, because it is not aula's:", others.map(line))
        blocks += titled("Made with the groups' deploy tokens, and goes with its namespace:", students.map(line))
        blocks.append(.list(plan.diagnostics.map { .strong($0.severity.rawValue) + ": \($0.message)" }))
        return Document(title: "Plan for \(plan.mark.cohort)", blocks)
    }

    private func titled(_ title: String, _ items: [Document.Line]) -> [Document.Block] {
        items.isEmpty ? [] : [.paragraph(.strong(title)), .list(items)]
    }

    private func line(_ thing: Foreign) -> Document.Line {
        .code(thing.address.text) + " in " + .code(thing.container.text) + ": \(thing.owner)"
    }

    private var sums: Document.Grid {
        Document.Grid(
            [
                .init("group", key: "group"), .init("environment", key: "environment"),
                .init("add", key: "add", alignsRight: true), .init("change", key: "change", alignsRight: true),
                .init("destroy", key: "destroy", alignsRight: true),
            ],
            PlanSections(plan.changes).owners.flatMap { owner in
                owner.parts.map { part in
                    let counts = ChangeCounts(part.changes)
                    return [
                        "\(owner.group ?? "shared")", "\(part.environment ?? "")", "\(counts.added)",
                        "\(counts.changed)", "\(counts.removed)",
                    ]
                }
            })
    }

    private var changeLines: [String] {
        PlanSections(plan.changes).owners.flatMap { $0.changes }
            .flatMap { ChangeLines(style: .plain, detail: detail == .full).lines($0) }
            .map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
    }
}
