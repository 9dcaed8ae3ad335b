import AulaModel

extension PlanReport {
    /// The plan for a terminal or a log: where it goes, what it does to whom, what it leaves alone, the sum.
    ///
    /// Warnings and errors are not in it: they go to another stream, through ``DiagnosticsReport``.
    package var text: String {
        let parts = [targetLines, changeLines, blockedLines, foreignLines, closingLines].filter { !$0.isEmpty }
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var targetLines: [String] {
        let room = (plan.targets.map(\.system.rawValue.count).max() ?? 0) + 2
        return plan.targets.flatMap { target in
            let name = PlainText.padded(target.system.rawValue, room)
            let indent = String(repeating: " ", count: room)
            return PlainText.wrapped(PlainText.oneLine(target.description), style.width, first: name, rest: indent)
        }
    }

    private var changeLines: [String] {
        OwnerLines(style: style, detail: detail, purpose: plan.purpose).lines(PlanSections(plan.changes))
    }

    private var blockedLines: [String] {
        guard !plan.blocked.isEmpty else { return [] }
        let reasons = Dictionary(grouping: plan.blocked, by: \.reason).sorted { $0.key < $1.key }
        return [style.paint("Not planned:", .warning)]
            + reasons.flatMap { reason, blocked in
                PlainText.wrapped(PlainText.safe(reason), style.width, first: "  ", rest: "    ")
                    + cut(blocked.map(\.part.description).sorted()).map { "    " + PlainText.fit($0, room(4)) }
            }
    }

    private var closingLines: [String] {
        var lines: [String] = []
        let lost = plan.changes.filter { $0.dataLoss != nil }.count
        if lost > 0 {
            let text = "DATA LOSS in \(Humane.count(lost, "place")), marked above: it needs --allow-data-loss."
            lines += PlainText.wrapped(text, style.width).map { style.paint($0, .failure) }
        }
        if counts.archived > 0 {
            lines.append("\(Humane.count(counts.archived, "project")) archived, not deleted.")
        }
        if counts.released > 0 {
            lines.append("\(Humane.count(counts.released, "resource")) kept, without aula's mark.")
        }
        if plan.unchanged > 0 && !plan.isEmpty {
            let verb = plan.unchanged == 1 ? "is as it should be" : "are as they should be"
            lines.append("\(Humane.count(plan.unchanged, "resource")) \(verb).")
        }
        return lines + [style.paint(footer, .heading)]
    }

    /// The whole list, or its beginning and how many more there are.
    func cut(_ lines: [String]) -> [String] {
        guard detail == .brief, lines.count > 6 else { return lines }
        return Array(lines.prefix(5)) + ["and \(lines.count - 5) more"]
    }

    func room(_ indent: Int) -> Int? { style.width.map { $0 - indent } }
}
