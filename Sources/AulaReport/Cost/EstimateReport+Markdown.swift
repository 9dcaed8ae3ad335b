import AulaCost
import AulaModel

extension EstimateReport {
    /// For a merge request.
    package var markdown: String {
        var blocks = [heading]
        if let budget = budgetText {
            blocks.append("\(estimate.isOverBudget ? "**\(budget)**" : budget) \(coverageText ?? "")")
        }
        if !estimate.lines.isEmpty { blocks.append(markdownTable) }
        if let share = shareText { blocks.append(share) }
        if !estimate.levers.isEmpty {
            let texts = estimate.levers.map { "\($0.saving.map(money) ?? "unknown"): \(text($0))" }
            blocks.append(items(estimate.term == nil ? "Cheaper, a month:" : "Cheaper, for the term:", texts))
        }
        if !estimate.missing.isEmpty {
            let items = estimate.missing.map { "\($0.count) × `\($0.item)`" }
            blocks.append(
                (["No price in the book, so in no sum:", ""] + items.map { "- \($0)" }).joined(separator: "\n"))
        }
        if !estimate.notEstimated.isEmpty {
            blocks.append(items("Not estimated, billed by use:", estimate.notEstimated))
        }
        blocks += estimate.remarks.map(Markdown.inline)
        if !sources.isEmpty {
            blocks.append(items("Prices before tax, from:", sources.map { "\($0.date): \($0.text)" }))
        }
        return blocks.map { $0.trimmingSuffix(while: \.isWhitespace) }.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        guard !estimate.lines.isEmpty else { return "### \(Markdown.inline(estimate.cohort)): nothing is priced" }
        let term = estimate.forTerm.map { ", \(sum($0)) for the term" } ?? ""
        return "### \(Markdown.inline(estimate.cohort)): \(sum(estimate.perMonth)) a month\(term)"
    }

    private var markdownTable: String {
        let rows = estimate.lines.map { line in
            let month = line.perMonth.map(money) ?? "no price"
            let term = line.forTerm.map(money) ?? (line.price == nil ? "no price" : "")
            let owner = line.group.map { ", \($0)" } ?? ""
            return "| \(Markdown.cell(line.name + owner)) | \(line.count) | \(month) | \(term) |"
        }
        return (["| | number | a month | the term |", "|---|--:|--:|--:|"] + rows).joined(separator: "\n")
    }

    private func items(_ title: String, _ texts: [String]) -> String {
        ([title, ""] + texts.map { "- \(Markdown.inline($0))" }).joined(separator: "\n")
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
