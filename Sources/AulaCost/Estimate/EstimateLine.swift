import AulaModel
package import Foundation

/// One thing that the class pays for.
package struct EstimateLine: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case nodes
        case osDisks
        case clusterTier
        case loadBalancer
        case publicIPs
        case volumes
        /// By a template or a kind.
        case declared
    }

    package var kind: Kind
    /// In words, such as `Nodes (Standard_B2s)`.
    package var name: String
    /// How many of them.
    package var count: Int
    /// What it is in the price book.
    package var item: String
    /// Nil where the book has none: the line is part of no sum.
    package var price: Price?
    /// The hours of the term that it is billed for; nil where the file gives no term.
    package var hours: Decimal?
    /// Whose it is, where it belongs to one group alone.
    package var group: String?

    package init(
        kind: Kind, name: String, count: Int, item: String, price: Price?, hours: Decimal?, group: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.count = count
        self.item = item
        self.price = price
        self.hours = hours
        self.group = group
    }

    /// The cost of a month of 730 hours; nil without a price.
    package var perMonth: Decimal? {
        guard let price else { return nil }
        let amount = price.money.amount * Decimal(count)
        return price.unit == .hour ? amount * Estimate.hoursPerMonth : amount
    }

    /// The cost of the whole term; nil without a price or a term.
    ///
    /// It is multiplied before it is divided, so that it stays exact for longest.
    package var forTerm: Decimal? {
        guard let price, let hours else { return nil }
        let amount = price.money.amount * Decimal(count) * hours
        return price.unit == .hour ? amount : amount / Estimate.hoursPerMonth
    }
}
