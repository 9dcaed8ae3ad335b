package import AulaModel
package import Foundation

/// What a class costs, as far as the price book knows.
package struct Estimate: Sendable {
    /// The month that cloud vendors count with.
    package static let hoursPerMonth: Decimal = 730

    /// The known cost of one group: an equal part of what is shared, and what is its own.
    package struct Share: Hashable, Sendable {
        package var group: String
        package var perMonth: Decimal
        /// Nil where the file gives no term.
        package var forTerm: Decimal?
    }

    /// The cohort's name.
    package var cohort: String
    /// The cluster, or where the class runs otherwise.
    package var site: String
    /// Azure's name of the region; nil where Azure has no part in it.
    package var region: String?
    package var currency: String
    package var term: Term?
    package var budget: Budget?
    package var lines: [EstimateLine]
    package var shares: [Share]
    /// What costs something and is not estimated, because it depends on how much is used.
    package var notEstimated: [String]
    /// What the reader must know to trust the figures.
    package var remarks: [String]
    /// What would make it cheaper, the largest saving first.
    package var levers: [Lever]

    /// The sum of what has a price.
    package var perMonth: Decimal { lines.compactMap(\.perMonth).reduce(0, +) }

    /// The sum of what has a price, for the term; nil without a term.
    package var forTerm: Decimal? { term == nil ? nil : lines.compactMap(\.forTerm).reduce(0, +) }

    /// The sum for the term as money; zero without a term.
    package var termTotal: Money { Money(forTerm ?? 0, currency) }

    /// The lines without a price, because of which the sums say "at least".
    package var missing: [EstimateLine] { lines.filter { $0.price == nil } }

    /// What the known part alone costs beyond the budget; nil when it stays within, or cannot be compared.
    package var overrun: Decimal? {
        guard let budget, let forTerm, budget.money.currency == currency, forTerm > budget.money.amount else {
            return nil
        }
        return forTerm - budget.money.amount
    }

    /// Whether the known part alone is more than the budget.
    package var isOverBudget: Bool { overrun != nil }

    /// Which lines the budget pays for, in the order in which they are listed, and which it does not.
    package var coverage: (paid: [EstimateLine], unpaid: [EstimateLine]) {
        var left = budget?.money.amount ?? 0
        var result: (paid: [EstimateLine], unpaid: [EstimateLine]) = ([], [])
        for line in lines {
            guard let cost = line.forTerm, cost > 0 else { continue }
            if cost <= left {
                result.paid.append(line)
                left -= cost
            } else {
                result.unpaid.append(line)
            }
        }
        return result
    }
}

/// A change of the cohort file that would make the class cheaper.
package struct Lever: Hashable, Sendable {
    /// What to write or do, such as `osDiskSize: 32`.
    package var change: String
    /// For the term, or for a month where there is no term; nil where a price is missing.
    package var saving: Decimal?
    /// What else it means.
    package var remark: String?
    /// Whether a live cluster is made anew for it, with all that is inside; nil where it is no key of the file.
    package var replacesCluster: Bool?

    package init(change: String, saving: Decimal?, remark: String? = nil) {
        self.change = change
        self.saving = saving
        self.remark = remark
    }

    /// A changed key of the file.
    package init(_ key: String, _ value: String, saving: Decimal?, remark: String? = nil) {
        self.init(change: "\(key): \(value)", saving: saving, remark: remark)
        replacesCluster = AzureSite.fixedKeys.contains(key)
    }
}
