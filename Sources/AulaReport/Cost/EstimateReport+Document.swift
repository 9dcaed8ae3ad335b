import AulaCost
import AulaModel
import Foundation

extension EstimateReport {
    /// For a merge request or a page.
    package var document: Document {
        var blocks: [Document.Block] = [.heading(heading)]
        if let budget = budgetText {
            let coverage = coverageText.map { Document.Line(" \($0)") } ?? Document.Line([])
            blocks.append(.paragraph((estimate.isOverBudget ? .strong(budget) : Document.Line(budget)) + coverage))
        }
        blocks.append(.table(grid))
        if let share = shareText { blocks.append(.paragraph(Document.Line(share))) }
        blocks += titled(
            estimate.term == nil ? "Cheaper, a month:" : "Cheaper, for the term:",
            estimate.levers.map { "\($0.saving.map(money) ?? "unknown"): \(text($0))" })
        blocks += titled(
            "No price in the book, so in no sum:", estimate.missing.map { "\($0.count) × " + .code($0.item) })
        blocks += titled("Not estimated, billed by use:", estimate.notEstimated.map { Document.Line($0) })
        blocks += estimate.remarks.map { .paragraph(Document.Line($0)) }
        blocks += titled("Prices before tax, from:", sources.map { "\($0.date): \($0.text)" })
        return Document(title: "Costs of \(estimate.cohort)", blocks)
    }

    private var heading: Document.Line {
        guard !estimate.lines.isEmpty else { return "\(estimate.cohort): nothing is priced" }
        let term = estimate.forTerm.map { ", \(sum($0)) for the term" } ?? ""
        return "\(estimate.cohort): \(sum(estimate.perMonth)) a month\(term)"
    }

    private func titled(_ title: String, _ items: [Document.Line]) -> [Document.Block] {
        items.isEmpty ? [] : [.paragraph(Document.Line(title)), .list(items)]
    }

    private var grid: Document.Grid {
        Document.Grid(
            [
                .init("", key: "name"), .init(nil, key: "kind"), .init(nil, key: "group"), .init(nil, key: "item"),
                .init("number", key: "count", alignsRight: true), .init(nil, key: "currency"),
                .init("a month", key: "monthly_cost", alignsRight: true),
                .init("the term", key: "term_cost", alignsRight: true),
            ],
            estimate.lines.map { line in
                let owner = line.group.map { ", \($0)" } ?? ""
                return [
                    .init(line.name + owner, value: line.name), "\(line.kind.rawValue)", "\(line.group ?? "")",
                    "\(line.item)", "\(line.count)", "\(estimate.currency)",
                    .init(line.perMonth.map(money) ?? "no price", value: line.perMonth.map(Numbers.exact) ?? ""),
                    .init(
                        line.forTerm.map(money) ?? (line.price == nil ? "no price" : ""),
                        value: line.forTerm.map(Numbers.exact) ?? ""),
                ]
            })
    }
}
