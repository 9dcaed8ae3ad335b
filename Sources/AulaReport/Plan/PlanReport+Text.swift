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
        let (consequences, causes) = (plan.blocked.filter(isFolded), plan.blocked.filter { !isFolded($0) })
        let reasons = Dictionary(grouping: causes, by: \.reason).sorted { $0.key < $1.key }
        let waiting =
            consequences.isEmpty
            ? []
            : [
                "  \(Humane.count(consequences.count, "resource")) more that \(consequences.count == 1 ? "waits" : "wait") for these"
            ]
        return [style.paint("Not planned:", .warning)] + reasons.flatMap(blockedLines) + waiting
    }

    /// What only waits for something else needs no line of its own, where the something else has one.
    private func isFolded(_ blocked: Blocked) -> Bool {
        if case .waits = blocked.cause { detail == .brief } else { false }
    }

    private func blockedLines(_ reason: String, _ blocked: [Blocked]) -> [String] {
        let sentence = PlainText.safe(reason)
        guard detail == .brief, blocked.count > 6 else {
            return PlainText.wrapped(sentence, style.width, first: "  ", rest: "    ")
                + blocked.map(\.part.description).sorted().map { "    " + PlainText.fit($0, room(4)) }
        }
        let systems = Set(blocked.map(\.part.system)).sorted().map(\.rawValue).joined(separator: " and ")
        return PlainText.wrapped(
            "\(Humane.count(blocked.count, "resource")) in \(systems): \(sentence)", style.width, first: "  ",
            rest: "    ")
    }

    private var closingLines: [String] {
        var lines: [String] = []
        let lost = plan.changes.filter { $0.dataLoss != nil }.count
        if lost > 0 {
            let text =
                "DATA LOSS in \(Humane.count(lost, "place")), marked above\(plan.allowsDataLoss ? "," : ":") \(consent)."
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
