import AulaModel
import AulaPlanner
import AulaReadiness

extension StatusReport {
    package var text: String {
        let blocks = sectionBlocks + [driftLines, gapLines, [style.paint(footer, isWell ? .added : .warning)]]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var sectionBlocks: [[String]] {
        StatusSections(status).all.map { section in
            let names = section.items.map(\.name) + section.tokens.map { _ in "token" }
            let room = names.map(PlainText.width).max() ?? 0
            return [style.paint(section.name, .heading)]
                + section.items.flatMap { line($0, room) } + section.tokens.flatMap { line($0, room) }
        }
    }

    private func line(_ item: ClassStatus.Item, _ room: Int) -> [String] {
        let words = [item.reason ?? item.word, item.delivery].compactMap(\.self).joined(separator: "; ")
        switch item.state {
        case .live(.ready): return line("✓", .added, item.name, words, room)
        case .live(.progressing): return line("…", .changed, item.name, words, room)
        case .live(.failing), .missing: return line("✗", .failure, item.name, words, room)
        case .unknown: return line("?", .warning, item.name, "unknown: \(words)", room)
        }
    }

    private func line(_ token: TokenState, _ room: Int) -> [String] {
        let isOver = token.isOver(at: now)
        return line(isOver ? "✗" : "✓", isOver ? .failure : .added, "token", token.words(at: now), room)
    }

    private func line(_ sign: String, _ role: Style.Role, _ name: String, _ words: String, _ room: Int) -> [String] {
        let indent = String(repeating: " ", count: 4 + room + 2)
        let first = "  \(sign) " + PlainText.padded(name, room) + "  "
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
            + shortened(status.gaps.map { "\($0.part): \($0.text)" }, fit: false)
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
