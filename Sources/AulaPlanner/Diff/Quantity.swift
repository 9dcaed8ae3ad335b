package import AulaModel
package import Foundation

/// A Kubernetes quantity such as `500m`, `8Gi` or `0.5`, compared by its value.
///
/// The server rewrites quantities to a canonical form, so `0.5` and `500m` are the same wish.
package struct Quantity: Hashable, Sendable, Comparable {
    package var value: Decimal

    package init(_ value: Decimal) {
        self.value = value
    }

    /// Nil for text that is no quantity.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        guard !digits.isEmpty, digits.contains(where: \.isNumber), digits.count(where: { $0 == "." }) <= 1,
            let number = Decimal(string: String(digits), locale: Locale(identifier: "en_US_POSIX"))
        else { return nil }
        let suffix = String(text.dropFirst(digits.count))
        if let factor = Self.suffixes[suffix] {
            value = number * factor
        } else if let first = suffix.first, first == "e" || first == "E", let exponent = Int(suffix.dropFirst()),
            abs(exponent) < 40
        {
            value = number * pow(10, abs(exponent))
            if exponent < 0 { value = number / pow(10, -exponent) }
        } else {
            return nil
        }
    }

    private static let suffixes: [String: Decimal] = {
        var table: [String: Decimal] = ["": 1, "n": 1 / pow(10, 9), "u": 1 / pow(10, 6), "m": 1 / 1000]
        for (power, letter) in ["k", "M", "G", "T", "P", "E"].enumerated() { table[letter] = pow(1000, power + 1) }
        for (power, letter) in ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].enumerated() {
            table[letter] = pow(1024, power + 1)
        }
        return table
    }()

    package static func < (left: Quantity, right: Quantity) -> Bool { left.value < right.value }
}

extension Quantity {
    package init?(_ json: JSON) {
        switch json {
        case .string(let text): self.init(text)
        case .int(let number): self.init(Decimal(number))
        case .double(let number): self.init(String(number))
        default: return nil
        }
    }
}

extension Quantity {
    /// How many of a unit hold it.
    package func roundedUp(to unit: Quantity) -> Int {
        var quotient = value / unit.value
        var rounded = Decimal()
        NSDecimalRound(&rounded, &quotient, 0, .up)
        return NSDecimalNumber(decimal: rounded).intValue
    }
}
