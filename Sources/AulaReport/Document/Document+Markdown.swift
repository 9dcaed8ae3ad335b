extension Document {
    /// For a merge request, a chat or a wiki.
    package var markdown: String { shown.map(Self.markdown).joined(separator: "\n\n") + "\n" }

    private static func markdown(_ block: Block) -> String {
        switch block {
        case .heading(let line): "### " + markdown(line)
        case .paragraph(let line): markdown(line)
        case .list(let items): items.map { "- " + markdown($0) }.joined(separator: "\n")
        case .table(let grid): markdown(grid)
        case .alert(let title, let items):
            (["> " + markdown(title)] + items.map { "> - " + markdown($0) }).joined(separator: "\n>\n")
        case .lines(let summary, let lines): folded(summary, lines)
        }
    }

    private static func markdown(_ line: Line) -> String {
        line.pieces.map { piece in
            switch piece {
            case .text(let text): Markdown.inline(text)
            case .strong(let text): "**\(Markdown.inline(text))**"
            case .code(let text): "`\(PlainText.oneLine(text).replacing("`", with: "'"))`"
            case .lineBreak: "  \n  "
            }
        }.joined()
    }

    private static func markdown(_ grid: Grid) -> String {
        let shown = grid.columns.indices.filter { grid.columns[$0].title != nil }
        let titles = shown.map { grid.columns[$0].title ?? "" }.map { $0.isEmpty ? "| " : "| \(Markdown.cell($0)) " }
        let marks = shown.map { grid.columns[$0].alignsRight ? "|--:" : "|---" }
        let rows = grid.rows.map { row in shown.map { "| \(Markdown.cell(row[$0].text)) " } }
        return ([titles, marks] + rows).map { $0.joined() + "|" }.joined(separator: "\n")
    }

    /// In a `diff` block, where GitLab colours lines by their first character.
    private static func folded(_ summary: String, _ lines: [String]) -> String {
        let fence = Markdown.fence(around: lines)
        return "<details><summary>\(summary)</summary>\n\n\(fence)diff\n\(lines.joined(separator: "\n"))\n\(fence)\n\n"
            + "</details>"
    }
}
