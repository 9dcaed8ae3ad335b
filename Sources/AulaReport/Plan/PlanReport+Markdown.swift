import AulaModel

extension PlanReport {
    /// The plan for a merge request: the sum, where it goes, a row for each group, and all changes folded away.
    package var markdown: String {
        var blocks = ["### \(footer)"]
        if !plan.targets.isEmpty {
            blocks.append(
                plan.targets.map { "- **\($0.system.rawValue)**: \(Markdown.inline($0.description))" }
                    .joined(separator: "\n"))
        }
        let losses = plan.changes.filter { $0.dataLoss != nil }
        if !losses.isEmpty {
            blocks.append(
                (["> **DATA LOSS**, needs `--allow-data-loss`:"]
                    + losses.map { "> - `\($0.address.text)`: \(Markdown.inline($0.dataLoss ?? ""))" })
                    .joined(separator: "\n>\n"))
        }
        if !plan.isEmpty { blocks += [table, folded] }
        for part in [blockedItems, foreignItems, diagnosticItems] where !part.isEmpty { blocks.append(part) }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var table: String {
        let rows = PlanSections(plan.changes).owners.flatMap { owner in
            owner.parts.map { part in
                let counts = ChangeCounts(part.changes)
                let name = Markdown.cell(owner.group ?? "shared")
                let environment = Markdown.cell(part.environment ?? "")
                return "| \(name) | \(environment) | \(counts.added) | \(counts.changed) | \(counts.removed) |"
            }
        }
        return (["| group | environment | add | change | destroy |", "|---|---|--:|--:|--:|"] + rows)
            .joined(separator: "\n")
    }

    /// In a `diff` block, where GitLab colours lines by their first character.
    private var folded: String {
        let lines = PlanSections(plan.changes).owners.flatMap { $0.changes }
            .flatMap { ChangeLines(style: .plain, detail: detail == .full).lines($0) }
            .map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
        let fence = Markdown.fence(around: lines)
        return
            "<details><summary>All changes</summary>\n\n\(fence)diff\n\(lines.joined(separator: "\n"))\n\(fence)\n\n</details>"
    }

    private var blockedItems: String {
        guard !plan.blocked.isEmpty else { return "" }
        return
            (["**Not planned:**", ""]
            + plan.blocked.map { "- `\($0.part)`: \(Markdown.inline($0.reason))" }).joined(separator: "\n")
    }

    private var foreignItems: String {
        let (students, others) = (plan.foreign.filter(\.byDeployer), plan.foreign.filter { !$0.byDeployer })
        return [
            foreignList("Kept, because it is not aula's", others),
            foreignList("Made with the groups' deploy tokens, and goes with its namespace", students),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func foreignList(_ title: String, _ foreign: [Foreign]) -> String {
        guard !foreign.isEmpty else { return "" }
        return
            (["**\(title):**", ""]
            + foreign.map { "- `\($0.address.text)` in `\($0.container.text)`: \(Markdown.inline($0.owner))" })
            .joined(separator: "\n")
    }

    private var diagnosticItems: String {
        plan.diagnostics.map { "- **\($0.severity.rawValue)**: \(Markdown.inline($0.message))" }.joined(separator: "\n")
    }
}
