/// An amount of a resource: `500m`, `64Mi`, `1e3`, exact to a billionth.
struct Quantity: Hashable, Sendable, Comparable {
    private enum Notation { case decimal, binary, exponent }

    private var billionths: Int128
    private var notation: Notation

    static let zero = Quantity(billionths: 0, notation: .decimal)

    private init(billionths: Int128, notation: Notation) {
        self.billionths = billionths
        self.notation = notation
    }

    init(_ whole: Int) {
        self.init(billionths: Int128(whole) * 1_000_000_000, notation: .decimal)
    }

    /// Nil for what is no quantity, and for amounts beyond 10^28.
    init?(_ text: String) {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "+" || $0 == "-" }
        let suffix = String(text.dropFirst(digits.count))
        guard let scale = Self.scale(suffix), let number = Self.billionths(digits) else { return nil }
        let product = number.multipliedReportingOverflow(by: scale.factor)
        guard !product.overflow else { return nil }
        // Finer than a billionth rounds up, as the real server does.
        let (quotient, remainder) = product.partialValue.quotientAndRemainder(dividingBy: scale.divisor)
        self.init(billionths: quotient + (remainder > 0 ? 1 : 0), notation: scale.notation)
    }

    private static func billionths(_ digits: Substring) -> Int128? {
        let isNegative = digits.hasPrefix("-")
        let unsigned = isNegative || digits.hasPrefix("+") ? digits.dropFirst() : digits
        let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard !unsigned.isEmpty, unsigned != ".", unsigned.count < 20,
            parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) })
        else { return nil }
        let fraction = parts.count == 2 ? parts[1].prefix(9) : ""
        let padded = fraction + String(repeating: "0", count: 9 - fraction.count)
        guard let whole = Int128(parts[0].isEmpty ? "0" : String(parts[0])), let rest = Int128(String(padded)) else {
            return nil
        }
        let value = whole * 1_000_000_000 + rest
        return isNegative ? -value : value
    }

    private static func scale(_ suffix: String) -> (factor: Int128, divisor: Int128, notation: Notation)? {
        if let power = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].firstIndex(of: suffix) {
            return (Int128(1) << (10 * (Int128(power) + 1)), 1, .binary)
        }
        if let power = ["", "k", "M", "G", "T", "P", "E"].firstIndex(of: suffix) {
            return (thousand(power), 1, .decimal)
        }
        if let power = ["m", "u", "n"].firstIndex(of: suffix) { return (1, thousand(power + 1), .decimal) }
        guard suffix.first == "e" || suffix.first == "E", let exponent = Int(suffix.dropFirst()), abs(exponent) <= 18
        else { return nil }
        let power = (0..<abs(exponent)).reduce(Int128(1)) { value, _ in value * 10 }
        return exponent < 0 ? (1, power, .exponent) : (power, 1, .exponent)
    }

    private static func thousand(_ power: Int) -> Int128 {
        (0..<power).reduce(Int128(1)) { value, _ in value * 1000 }
    }

    /// The one way in which the server writes this amount: `0.5` is `500m`, `1024Mi` is `1Gi`.
    var canonical: String {
        let one: Int128 = 1_000_000_000
        if billionths == 0 { return "0" }
        if notation == .binary, billionths % one == 0, abs(billionths / one) >= 1024 {
            var value = billionths / one
            var power = 0
            while power < 6, value % 1024 == 0 {
                value /= 1024
                power += 1
            }
            return "\(value)" + ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]
        }
        var value = billionths
        var power = 0
        while power < 9, value % 1000 == 0 {
            value /= 1000
            power += 1
        }
        if notation == .exponent { return power == 3 ? "\(value)" : "\(value)e\((power - 3) * 3)" }
        return "\(value)" + ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][power]
    }

    static func + (left: Quantity, right: Quantity) -> Quantity {
        Quantity(
            billionths: left.billionths + right.billionths,
            notation: left.billionths == 0 ? right.notation : left.notation)
    }

    static func - (left: Quantity, right: Quantity) -> Quantity {
        Quantity(billionths: left.billionths - right.billionths, notation: left.notation)
    }

    static func < (left: Quantity, right: Quantity) -> Bool { left.billionths < right.billionths }
    static func == (left: Quantity, right: Quantity) -> Bool { left.billionths == right.billionths }
    func hash(into hasher: inout Hasher) { hasher.combine(billionths) }
}
