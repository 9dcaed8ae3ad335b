package import AulaModel

/// Every price that is known, and what the things that have one are like.
///
/// A price that is not in the book is not zero and no error: the estimate names it and says "at least".
package struct PriceBook: Sendable {
    /// A price of this region holds everywhere.
    package static let everywhere = "*"

    package private(set) var prices: [Key: Price] = [:]
    package var diskTiers: DiskTiers
    package var nodeSizes: NodeSizes

    package struct Key: Hashable, Sendable {
        package var item: String
        package var region: String
    }

    package init(_ prices: [Price] = [], diskTiers: DiskTiers = DiskTiers(), nodeSizes: NodeSizes = NodeSizes()) {
        self.diskTiers = diskTiers
        self.nodeSizes = nodeSizes
        for price in prices { add(price) }
    }

    package subscript(item: String, region: String) -> Price? {
        prices[Key(item: item, region: region)] ?? prices[Key(item: item, region: Self.everywhere)]
    }

    /// The regions in which anything has a price of its own, in order.
    package var regions: [String] { Set(prices.keys.map(\.region)).subtracting([Self.everywhere]).sorted() }

    /// Whether the item of a price has one in its region.
    func has(_ price: Price) -> Bool { prices[Key(item: price.item, region: price.region)] != nil }

    /// Enters a price unless there is one already; says whether it was new.
    @discardableResult
    mutating func add(_ price: Price) -> Bool {
        let key = Key(item: price.item, region: price.region)
        guard prices[key] == nil else { return false }
        prices[key] = price
        return true
    }
}

/// The sizes that managed disks are billed in.
package struct DiskTiers: Hashable, Sendable {
    package struct Tier: Hashable, Sendable {
        /// The number in its name: 10 for P10 and E10.
        package var number: Int
        /// GiB.
        package var size: Int

        package init(number: Int, size: Int) {
            self.number = number
            self.size = size
        }
    }

    /// Smallest first.
    package let all: [Tier]

    package init(_ tiers: [Tier] = []) {
        all = tiers.sorted { $0.size < $1.size }
    }

    /// The smallest tier that holds so many GiB; nil for more than the largest.
    package func holding(_ size: Int) -> Tier? { all.first { $0.size >= size } }
}
