import AulaModel
import Foundation

/// What a capacity is counted in, as whole numbers: a university has ten thousands of containers to add up.
enum CapacityUnit: Sendable {
    case count, millicore, mebibyte

    /// Larger amounts count as this much, so that no sum of them overflows: 64 PiB, or 69 million cores.
    static let limit = 1 << 36

    /// How many of the unit hold a quantity; nil for what is none.
    func amount(_ json: JSON) -> Int? {
        if case .int(let number) = json, self == .count { return min(max(0, number), Self.limit) }
        if case .string(let text) = json, let amount = plain(text) { return amount }
        guard let quantity = Quantity(json) else { return nil }
        return quantity < Quantity(one.value * Decimal(Self.limit)) ? max(0, quantity.roundedUp(to: one)) : Self.limit
    }

    /// The notation of nearly all manifests, a whole number and a usual suffix; nil for any other.
    private func plain(_ text: String) -> Int? {
        var number = 0
        var rest = text.utf8[...]
        while let digit = rest.first, (48...57).contains(digit) {
            number = number * 10 + Int(digit - 48)
            guard number < 1 << 20 else { return nil }
            rest = rest.dropFirst()
        }
        guard rest.count < text.utf8.count else { return nil }
        switch (self, Substring(rest)) {
        case (.millicore, "m"), (.mebibyte, "Mi"), (.count, ""): return number
        case (.millicore, ""): return number * 1000
        case (.mebibyte, "Gi"): return number << 10
        default: return nil
        }
    }

    private var one: Quantity {
        switch self {
        case .count: Quantity(1)
        case .millicore: Quantity(1 / 1000)
        case .mebibyte: Quantity(1_048_576)
        }
    }

    /// As a person would write it.
    func text(_ amount: Int) -> String {
        switch self {
        case .count: "\(amount)"
        case .millicore: amount % 1000 == 0 ? "\(amount / 1000)" : "\(amount)m"
        case .mebibyte: amount % 1024 == 0 ? "\(amount / 1024)Gi" : "\(amount)Mi"
        }
    }
}
