import AulaEngine
import AulaModel

/// Groups × systems: how many steps each group has done, failed and skipped in each system.
struct RunTable {
    private struct Cell {
        var done = 0
        var failed = 0
        var skipped = 0
        var notStarted = 0

        var isFine: Bool { failed + skipped + notStarted == 0 }
        var isEmpty: Bool { done == 0 && isFine }
    }

    /// With more groups than this, those without trouble are summed up in one line.
    private static let mostRows = 20

    private let style: Style
    private let columns: [System]
    private let rows: [(name: String?, cells: [System: Cell])]

    init(_ summary: RunSummary, style: Style) {
        self.style = style
        var table: [String?: [System: Cell]] = [:]
        func count(_ change: Change, _ kind: WritableKeyPath<Cell, Int>) {
            table[change.slot.group, default: [:]][change.address.system, default: Cell()][keyPath: kind] += 1
        }
        for change in summary.done { count(change, \.done) }
        for failure in summary.failed { count(failure.change, \.failed) }
        for change in summary.skipped { count(change, \.skipped) }
        for change in summary.notStarted { count(change, \.notStarted) }
        columns = System.allCases.filter { system in table.values.contains { $0[system] != nil } }
        rows = table.map { (name: $0, cells: $1) }.sorted { left, right in
            guard let first = left.name else { return right.name != nil }
            return right.name.map { NaturalOrder.isBefore(first, $0) } ?? false
        }
    }

    var lines: [String] {
        guard !rows.isEmpty else { return [] }
        let fine = rows.filter { $0.cells.values.allSatisfy(\.isFine) }
        let isLong = rows.count > Self.mostRows
        let shown = isLong ? rows.filter { !$0.cells.values.allSatisfy(\.isFine) } : rows
        let long = table(shown, cell: longText)
        let width = long.first.map { $0.reduce(0) { $0 + $1.0 + 2 } } ?? 0
        let isNarrow = style.width.map { width > $0 } ?? false
        var lines = render(isNarrow ? table(shown, cell: shortText) : long)
        if isNarrow { lines.append(style.paint("✓ done  ✗ failed  ○ skipped  · not started", .quiet)) }
        if isLong, !fine.isEmpty { lines.append("\(Humane.count(fine.count, "more group")) without trouble") }
        return lines
    }

    private typealias Field = (Int, String, Style.Role?)

    /// Each field with the width of its column and its colour.
    private func table(
        _ rows: [(name: String?, cells: [System: Cell])], cell text: (Cell) -> String
    ) -> [[Field]] {
        var fields: [[(String, Style.Role?)]] = [[("", nil)] + columns.map { ($0.rawValue, .heading) }]
        for row in rows {
            let name = PlainText.fit(row.name ?? "shared", style.width.map { $0 / 3 })
            fields.append(
                [(name, nil)]
                    + columns.map { column in
                        let cell = row.cells[column] ?? Cell()
                        return (cell.isEmpty ? "-" : text(cell), cell.failed > 0 ? .failure : nil)
                    })
        }
        let widths = (0...columns.count).map { column in fields.map { PlainText.width($0[column].0) }.max() ?? 0 }
        return fields.map { row in zip(widths, row).map { ($0, $1.0, $1.1) } }
    }

    private func render(_ table: [[Field]]) -> [String] {
        table.map { row in
            var line = row.map { width, text, role in
                let padding = String(repeating: " ", count: width - PlainText.width(text))
                return (role.map { style.paint(text, $0) } ?? text) + padding
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func longText(_ cell: Cell) -> String { join(cell, ["done", "failed", "skipped", "not started"]) }
    private func shortText(_ cell: Cell) -> String { join(cell, ["✓", "✗", "○", "·"]) }

    private func join(_ cell: Cell, _ words: [String]) -> String {
        zip([cell.done, cell.failed, cell.skipped, cell.notStarted], words).filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
