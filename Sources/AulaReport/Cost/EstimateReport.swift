package import AulaCost
import AulaModel
import Foundation

/// What a class costs, for people and for programs.
package struct EstimateReport: Report, Sendable {
    package var estimate: Estimate
    package var style: Style

    package init(_ estimate: Estimate, style: Style = .plain) {
        self.estimate = estimate
        self.style = style
    }

    /// The sources of the prices, in the order in which the lines need them.
    var sources: [PriceSource] {
        var sources: [PriceSource] = []
        for source in estimate.lines.compactMap(\.price?.source) where !sources.contains(source) {
            sources.append(source)
        }
        return sources
    }

    /// `$72.42`, or `72.42 EUR` for a currency without a sign that everybody knows.
    func money(_ amount: Decimal) -> String {
        let money = Money(amount, estimate.currency)
        let digits = Numbers.grouped(money.rounded)
        return estimate.currency == "USD" ? "$\(digits)" : "\(digits) \(estimate.currency)"
    }

    /// A sum, which is a lower bound where prices are missing.
    func sum(_ amount: Decimal) -> String { (estimate.missing.isEmpty ? "" : "at least ") + money(amount) }
}

/// Decimals as people write them.
enum Numbers {
    /// A comma between thousands: `1,460.00`.
    static func grouped(_ number: String) -> String {
        let point = number.firstIndex(of: ".") ?? number.endIndex
        let whole = number[..<point]
        var result = ""
        for (position, digit) in whole.enumerated() {
            if position > 0, digit.isNumber, (whole.count - position) % 3 == 0, result.last != "-" { result += "," }
            result.append(digit)
        }
        return result + number[point...]
    }

    /// Without decimals that say nothing.
    static func plain(_ number: Decimal) -> String { grouped(NSDecimalNumber(decimal: number).stringValue) }
}
