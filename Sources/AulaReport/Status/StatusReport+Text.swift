import AulaModel
import AulaPlanner
import AulaReadiness
import AulaTokens

extension StatusReport {
    package var text: String {
        let overview = StatusOverview(status, now: now, style: style)
        let blocks =
            [overview.lines] + details(overview) + [
                driftLines, gapLines, [style.paint(footer, isWell ? .added : .warning)],
            ]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// The environments of the groups that are not well, of all of them in full; more than two groups that differ in
    /// nothing but their name stand together.
    private func details(_ overview: StatusOverview) -> [[String]] {
        guard detail == .brief else { return overview.owners.flatMap { $0.sections.map(lines) } }
        let owners = overview.owners.filter { !overview.isWell($0) }
        var alike: [[String]: [Int]] = [:]
        for (index, owner) in owners.enumerated() {
            let print = owner.sections.flatMap { lines($0) }.map { line in owner.group.map(line.blanking) ?? line }
            alike[print, default: []].append(index)
        }
        let folded = alike.values.filter { $0.count > 2 }
        let followers = Set(folded.flatMap { $0.dropFirst() })
        return owners.indices.filter { !followers.contains($0) }.flatMap { index -> [[String]] in
            let blocks = owners[index].sections.map(lines)
            guard let same = folded.first(where: { $0.first == index })?.dropFirst() else { return blocks }
            let names = Humane.list(same.compactMap { owners[$0].group }, atMost: 8)
            return blocks
                + [PlainText.wrapped("\(names): the same", style.width).map { style.paint($0, .heading) }]
        }
    }

    private func lines(_ section: StatusSections.Section) -> [String] {
        let names = section.items.map(\.name) + section.tokens.map { _ in "token" }
        let room = names.map(PlainText.width).max() ?? 0
        return [style.paint(PlainText.oneLine(section.name), .heading)]
            + section.items.flatMap { line($0, room) } + section.tokens.flatMap { line($0, room) }
    }

    private func line(_ item: ClassStatus.Item, _ room: Int) -> [String] {
        let words = [item.reason ?? item.word, item.delivery, item.failedPush].compactMap(\.self).joined(
            separator: "; ")
        switch item.state {
        case .live(.ready): return line("✓", .added, item.name, words, room)
        case .live(.progressing): return line("…", .changed, item.name, words, room)
        case .live(.failing), .missing: return line("✗", .failure, item.name, words, room)
        case .unknown: return line("?", .warning, item.name, "unknown: \(words)", room)
        }
    }

    private func line(_ token: DeployerToken, _ room: Int) -> [String] {
        let isOver = token.expiry.isOver(at: now)
        let words = token.expiry.words(at: now)
        if token.expiry.daysLeft(at: now) != nil { return line("!", .warning, "token", words, room) }
        return line(isOver ? "✗" : "✓", isOver ? .failure : .added, "token", words, room)
    }

    private func line(_ sign: String, _ role: Style.Role, _ name: String, _ words: String, _ room: Int) -> [String] {
        let indent = String(repeating: " ", count: 4 + room + 2)
        let first = "  \(sign) " + PlainText.padded(PlainText.oneLine(name), room) + "  "
        var lines = PlainText.wrapped(PlainText.oneLine(words), style.width, first: first, rest: indent)
        lines[0] = "  " + style.paint(sign, role) + lines[0].dropFirst(2 + sign.count)
        return lines
    }

    private var driftLines: [String] {
        Drift(status.plan).causes.flatMap { cause, lines in
            [style.paint(PlainText.oneLine(cause.text) + ":", .warning)] + shortened(lines, fit: true)
        }
    }

    private var gapLines: [String] {
        guard !status.gaps.isEmpty else { return [] }
        return [style.paint("Could not be read:", .warning)]
            + shortened(
                Dictionary(grouping: status.gaps, by: \.text).sorted { $0.key < $1.key }.map { text, gaps in
                    "\(Humane.list(gaps.map(\.part.description).sorted(), atMost: 4)): \(text)"
                }, fit: false)
    }

    private func shortened(_ lines: [String], fit: Bool) -> [String] {
        let shown = lines.count > 9 ? 8 : lines.count
        let more = lines.count > shown ? ["  and \(lines.count - shown) more"] : []
        return lines.prefix(shown).flatMap { line -> [String] in
            let text = PlainText.oneLine(line)
            return fit
                ? ["  " + PlainText.fit(text, style.width.map { $0 - 2 })]
                : PlainText.wrapped(text, style.width, first: "  ", rest: "    ")
        } + more
    }
}
