import AulaModel
import Foundation

/// The lines of a bill for what is declared: by the site, by kinds and by templates.
struct ChargeLines {
    /// What is shared first, and once.
    private let charges: [Charge]
    private let book: PriceBook
    private let region: String
    private let term: Term?

    init(_ charges: [Charge], _ term: Term?, book: PriceBook, region: String) {
        var seen: Set<[String]> = []
        let shared = charges.filter { $0.isShared && seen.insert([$0.item, $0.name]).inserted }
        self.charges = shared + charges.filter { !$0.isShared }
        self.term = term
        self.book = book
        self.region = region
    }

    /// How many of an item there are, and what for.
    func all(_ item: String) -> (count: Int, names: [String]) {
        let own = charges.filter { $0.item == item }
        return (own.reduce(0) { $0 + ($1.count ?? 0) }, own.map(\.name))
    }

    /// A line for each item and name, and for each group that has it alone.
    func lines(without special: Set<String> = []) -> [EstimateLine] {
        let kinds = charges.filter { $0.count != nil && !special.contains($0.item) }.map { charge in
            (
                EstimateLine(
                    kind: .declared, name: charge.name, count: 0, item: charge.item, price: book[charge.item, region],
                    hours: term?.hours, group: charge.group), charge.count ?? 0
            )
        }
        return counted(kinds).map { line, count in
            var line = line
            line.count = count
            return line
        }
    }

    /// What is billed by use, in words.
    var byUse: [String] {
        charges.filter { $0.count == nil }.map { charge in
            let price = book[charge.item, region].map { "\($0.money.plain) per \($0.unit.rawValue)" }
            return "\(charge.name) (\(price ?? "no price in the book for \(region)"))"
        }
    }
}

/// Adds up what is the same, in the order of first appearance.
func counted<Key: Hashable>(_ items: [(Key, Int)]) -> [(Key, Int)] {
    var counts: [Key: Int] = [:]
    var order: [Key] = []
    for (key, count) in items {
        if counts[key] == nil { order.append(key) }
        counts[key, default: 0] += count
    }
    return order.map { ($0, counts[$0] ?? 0) }
}
