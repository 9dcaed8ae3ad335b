package import AulaModel

/// What one unit of something costs in one region, and who says so.
package struct Price: Hashable, Sendable {
    /// What the amount is for.
    package enum Unit: String, Sendable, CaseIterable {
        case hour
        case month
        // swift-format-ignore: AlwaysUseLowerCamelCase
        case GB
    }

    /// What is bought, such as `node/Standard_B2s` or `disk/P10`.
    package var item: String
    package var region: String
    package var unit: Unit
    package var money: Money
    package var source: PriceSource

    package init(item: String, region: String, unit: Unit, money: Money, source: PriceSource) {
        self.item = item
        self.region = region
        self.unit = unit
        self.money = money
        self.source = source
    }
}

/// Where a price was read, and when it was valid.
package struct PriceSource: Hashable, Sendable {
    package var text: String
    package var date: Day
    /// False where the source is not the vendor's price list, or nobody knows its date.
    package var isConfirmed: Bool

    package init(text: String, date: Day, isConfirmed: Bool = true) {
        self.text = text
        self.date = date
        self.isConfirmed = isConfirmed
    }
}
