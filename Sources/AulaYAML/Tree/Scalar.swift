package import Foundation

/// What a plain YAML scalar means, the same in every file that aula reads.
///
/// Deliberately less than YAML 1.1 reads: `yes`, `007`, `0x10` and `12:30` mean different things to different
/// parsers, so as a free value they stay text, and where a number or a flag is due they are errors.
package enum Scalar {
    package static func isNull(_ text: String) -> Bool {
        switch text {
        case "", "~", "null", "Null", "NULL": true
        default: false
        }
    }

    /// `0`, `7`, `-12`; nil for other notations and for what does not fit.
    package static func whole(_ text: String) -> Int? {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// The number that an unclear notation probably means, for a hint.
    static func intended(_ text: String) -> Int? {
        if text.wholeMatch(of: /0+[0-9]{1,9}/) != nil { return Int(text) }
        if text.wholeMatch(of: /0x[0-9a-fA-F]{1,8}/) != nil { return Int(text.dropFirst(2), radix: 16) }
        if text.wholeMatch(of: /[0-9]{1,9}(\.0+|[eE][0-9])/) != nil { return Double(text).map { Int($0) } }
        return nil
    }

    /// An exact decimal of at most 12 digits before and 12 after the point, without a sign.
    package static func decimal(_ text: String) -> Decimal? {
        guard text.wholeMatch(of: /(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?/) != nil else { return nil }
        return Decimal(string: text, locale: nil)
    }

    /// A number that may have a fraction or an exponent; nil for other notations and for what is beyond a double.
    package static func number(_ text: String) -> Double? {
        guard let first = text.utf8.first, first < UInt8(ascii: ":"), text.utf8.count < 40,
            text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil,
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    package static func flag(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// The flag that a word probably means, for a hint.
    package static func intendedFlag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "y", "1": true
        case "false", "no", "off", "n", "0": false
        default: nil
        }
    }
}
