/// Rows of text in columns; columns that matter less make way where the terminal is narrow.
struct Table {
    struct Column {
        var title: String
        var alignsRight = false
        /// The highest goes first when there is too little room; 0 stays.
        var expendability = 0
    }

    enum Row {
        case cells([String])
        /// Text across all columns.
        case heading(String)
        case blank
    }

    /// So wide the first column stays as long as others can go.
    private static let leastFirst = 24

    var columns: [Column]
    var rows: [Row] = []

    /// The first column takes what room is left, and is cut where that is too little.
    func lines(_ style: Style) -> [String] {
        let kept = keptColumns(style.width)
        let widths = kept.map(width)
        let rest = widths.dropFirst().reduce(0) { $0 + $1 + 2 }
        let first = style.width.map { min(widths[0], max($0 - rest - 1, 12)) } ?? widths[0]
        let room = [first] + widths.dropFirst()
        let titles = line(kept.map { columns[$0].title }, kept, room)
        let body = rows.map { row in
            switch row {
            case .cells(let cells): line(kept.map { cells[$0] }, kept, room)
            case .heading(let text): " " + style.paint(PlainText.fit(text, style.width.map { $0 - 1 }), .heading)
            case .blank: ""
            }
        }
        return [style.paint(titles, .heading)] + body
    }

    private func line(_ cells: [String], _ kept: [Int], _ room: [Int]) -> String {
        let padded = cells.indices.map { index in
            let text = PlainText.fit(cells[index], room[index])
            return columns[kept[index]].alignsRight
                ? PlainText.leftPadded(text, room[index]) : PlainText.padded(text, room[index])
        }
        var line = " " + padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }

    private func width(of column: Int) -> Int {
        rows.reduce(PlainText.width(columns[column].title)) { widest, row in
            guard case .cells(let cells) = row else { return widest }
            return max(widest, PlainText.width(cells[column]))
        }
    }

    private func keptColumns(_ limit: Int?) -> [Int] {
        var kept = Array(columns.indices)
        guard let limit else { return kept }
        // The first column may be cut before another one has to go.
        func needed() -> Int {
            kept.reduce(0) { $0 + 2 + ($1 == 0 ? min(width(of: 0), Self.leastFirst) : width(of: $1)) } - 1
        }
        while needed() > limit,
            let column = kept.filter({ columns[$0].expendability > 0 }).max(by: {
                columns[$0].expendability < columns[$1].expendability
            })
        {
            kept.removeAll { $0 == column }
        }
        return kept
    }
}
