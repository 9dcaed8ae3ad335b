package import Foundation

/// An amount of money in exact decimals, in one currency.
package struct Money: Hashable, Sendable {
    package var amount: Decimal
    /// ISO 4217, such as `USD`.
    package var currency: String

    package init(_ amount: Decimal, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }
}

extension Money: CustomStringConvertible {
    /// Two decimals, halves away from zero: `72.42 USD`.
    package var description: String { "\(rounded) \(currency)" }

    /// The amount with exactly two decimals and a point.
    package var rounded: String {
        var value = amount
        var result = Decimal()
        NSDecimalRound(&result, &value, 2, .plain)
        let text = NSDecimalNumber(decimal: result).stringValue
        guard let point = text.firstIndex(of: ".") else { return text + ".00" }
        let decimals = text.distance(from: point, to: text.endIndex) - 1
        return text + String(repeating: "0", count: max(0, 2 - decimals))
    }
}
