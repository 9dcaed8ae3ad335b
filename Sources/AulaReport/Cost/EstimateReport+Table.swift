import AulaCost
import AulaModel
import Foundation

extension EstimateReport {
    /// The lines in the layout that users of Infracost know.
    var table: Table {
        var table = Table(columns: [
            Table.Column(title: "Name"),
            Table.Column(title: "Monthly Qty", alignsRight: true, expendability: 1),
            Table.Column(title: "Unit", expendability: 3),
            Table.Column(title: "Price", alignsRight: true, expendability: 2),
            Table.Column(title: "Monthly Cost", alignsRight: true),
        ])
        if estimate.term != nil { table.columns.append(Table.Column(title: "Term Cost", alignsRight: true)) }
        table.rows = [.blank, .heading(estimate.site)] + estimate.lines.indices.map(row) + [.blank, total]
        return table
    }

    private func row(_ index: Int) -> Table.Row {
        let line = estimate.lines[index]
        let branch = index == estimate.lines.indices.last ? "└─" : "├─"
        let owner = line.group.map { ", \($0)" } ?? ""
        let note = line.price.flatMap { sources.firstIndex(of: $0.source) }.map { " [\($0 + 1)]" } ?? ""
        let (quantity, unit) = quantity(line)
        var cells = ["\(branch) \(line.name)\(owner)\(note)", quantity, unit, price(line)]
        cells.append(line.perMonth.map(money) ?? "no price")
        if estimate.term != nil { cells.append(line.forTerm.map(money) ?? "no price") }
        return .cells(cells)
    }

    private func quantity(_ line: EstimateLine) -> (String, String) {
        switch line.price?.unit {
        case .hour: (Numbers.plain(Decimal(line.count) * Estimate.hoursPerMonth), "hours")
        case .month, nil: (Numbers.plain(Decimal(line.count)), line.count == 1 ? "month" : "months")
        case .GB: (Numbers.plain(Decimal(line.count)), "GB")
        }
    }

    private func price(_ line: EstimateLine) -> String {
        guard let price = line.price else { return "" }
        let digits = Numbers.plain(price.money.amount)
        return price.money.currency == "USD" ? "$\(digits)" : "\(digits) \(price.money.currency)"
    }

    private var total: Table.Row {
        let name = estimate.missing.isEmpty ? "OVERALL TOTAL" : "OVERALL TOTAL, at least"
        var cells = [name, "", "", "", money(estimate.perMonth)]
        if let term = estimate.forTerm { cells.append(money(term)) }
        return .cells(cells)
    }
}
