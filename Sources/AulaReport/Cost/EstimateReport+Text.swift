import AulaCost
import AulaModel
import Foundation

extension EstimateReport {
    package var text: String {
        let lines = estimate.lines.isEmpty ? [] : table.lines(style)
        let blocks = [lines, termLines, budgetLines, leverLines, missingLines, usageLines, remarkLines, sourceLines]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var termLines: [String] {
        guard !estimate.lines.isEmpty else { return [] }
        var text: [String] = []
        if let term = estimate.term {
            let pauses = term.pauses.isEmpty ? "" : ", of which the nodes run \(Numbers.plain(term.runningHours))"
            text.append("Term: \(term.range.from) to \(term.range.to), \(Numbers.plain(term.hours)) hours\(pauses).")
        }
        if let share = shareText { text.append(share) }
        return text.flatMap { PlainText.wrapped($0, style.width, rest: "  ") }
    }

    /// What one group costs; a range where groups differ.
    var shareText: String? {
        guard let low = estimate.shares.min(by: { $0.perMonth < $1.perMonth }),
            let high = estimate.shares.max(by: { $0.perMonth < $1.perMonth })
        else { return nil }
        func range(_ one: Decimal, _ other: Decimal) -> String {
            let (from, to) = (money(one), money(other))
            return (estimate.missing.isEmpty ? "" : "at least ") + (from == to ? from : "\(from) to \(to)")
        }
        var text =
            "Each of \(Humane.count(estimate.shares.count, "group")): \(range(low.perMonth, high.perMonth)) a month"
        if let first = low.forTerm, let last = high.forTerm { text += ", \(range(first, last)) for the term" }
        return text + "."
    }

    private var budgetLines: [String] {
        guard let text = budgetText else { return [] }
        let role: Style.Role = estimate.isOverBudget ? .failure : .added
        let head = PlainText.wrapped(text, style.width, rest: "  ").map { style.paint($0, role) }
        return head + (coverageText.map { PlainText.wrapped($0, style.width, first: "  ", rest: "  ") } ?? [])
    }

    /// The known part against the budget, in one sentence.
    package var budgetText: String? {
        guard let budget = estimate.budget, let term = estimate.forTerm, !estimate.lines.isEmpty,
            budget.money.currency == estimate.currency
        else { return nil }
        let head = "Budget: \(money(budget.money.amount)) for the term"
        guard let overrun = estimate.overrun else {
            let left = money(budget.money.amount - term)
            guard estimate.missing.isEmpty else {
                return "\(head). What is known fits, with \(left) left for what has no price here."
            }
            return "\(head). It is enough, with \(left) left."
        }
        return "\(head). It is not enough: \(sum(overrun)) too little."
    }

    /// What an insufficient budget pays for, and what it does not.
    var coverageText: String? {
        guard estimate.isOverBudget else { return nil }
        let coverage = estimate.coverage
        let unpaid = names(coverage.unpaid) + (estimate.missing.isEmpty ? [] : ["what has no price here"])
        let paid = names(coverage.paid)
        let first = paid.isEmpty ? "It pays for none of the lines whole." : "It pays for \(list(paid))."
        return "\(first) It does not pay for \(list(unpaid))."
    }

    private func names(_ lines: [EstimateLine]) -> [String] {
        var names: [String] = []
        for name in lines.map(\.kind.words) where !names.contains(name) { names.append(name) }
        return names
    }

    private func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    private var leverLines: [String] {
        guard !largest.isEmpty else { return [] }
        var lines = PlainText.wrapped(largest, style.width, rest: "  ")
        guard !estimate.levers.isEmpty else { return lines }
        lines.append(estimate.term == nil ? "Cheaper, a month:" : "Cheaper, for the term:")
        let savings = estimate.levers.map { $0.saving.map(money) ?? "unknown" }
        let room = savings.map(PlainText.width).max() ?? 0
        let rest = String(repeating: " ", count: room + 6)
        for (lever, saving) in zip(estimate.levers, savings) {
            let first = "  \(PlainText.leftPadded(saving, room))  "
            lines += PlainText.wrapped(text(lever), style.width, first: first, rest: rest)
        }
        return lines
    }

    /// The three largest kinds of cost, and what a figure that counts nodes alone would leave out.
    var largest: String {
        let sums = EstimateLine.Kind.allCases.map { kind in
            let lines = estimate.lines.filter { $0.kind == kind }
            return (kind, lines.compactMap { estimate.term == nil ? $0.perMonth : $0.forTerm }.reduce(0, +))
        }
        let top = sums.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(3)
        guard !top.isEmpty else { return "" }
        let nodes = estimate.lines.filter { $0.kind == .nodes }.compactMap(\.perMonth).reduce(0, +)
        let largest = "Largest: \(top.map { "\($0.0.words) \(money($0.1))" }.joined(separator: ", "))."
        guard nodes > 0 else { return largest }
        return "\(largest) The nodes alone are \(money(nodes)) of \(money(estimate.perMonth)) a month."
    }

    func text(_ lever: Lever) -> String {
        let way = lever.replacesCluster.map { $0 ? "a live cluster is made anew" : "in place" }
        let remarks = [way, lever.remark].compactMap(\.self)
        return lever.change + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
    }

    private var missingLines: [String] {
        guard !estimate.missing.isEmpty else { return [] }
        let place = estimate.region.map { " in \(PlainText.oneLine($0))" } ?? ""
        return ["No price in the book, so in no sum:"]
            + estimate.missing.map { "  \($0.count) × \(PlainText.oneLine($0.item))\(place)" }
    }

    private var usageLines: [String] {
        guard !estimate.notEstimated.isEmpty else { return [] }
        return ["Not estimated, billed by use:"]
            + estimate.notEstimated.flatMap { PlainText.wrapped($0, style.width, first: "  ", rest: "    ") }
    }

    private var remarkLines: [String] {
        estimate.remarks.flatMap { PlainText.wrapped($0, style.width, rest: "  ") }
    }

    private var sourceLines: [String] {
        guard !sources.isEmpty else { return [] }
        return ["Prices before tax, from:"]
            + sources.enumerated().flatMap { number, source in
                let doubt = source.isConfirmed ? "" : "; not confirmed"
                let text = "[\(number + 1)] \(source.date)  \(source.text)\(doubt)"
                return PlainText.wrapped(text, style.width, first: "  ", rest: "      ")
            }
    }
}

extension EstimateLine.Kind {
    /// In the middle of a sentence.
    var words: String {
        switch self {
        case .nodes: "nodes"
        case .osDisks: "OS disks"
        case .clusterTier: "the cluster's tier"
        case .loadBalancer: "load balancer"
        case .publicIPs: "public IP addresses"
        case .volumes: "volumes"
        case .declared: "what templates declare"
        }
    }
}
