import AulaModel
import Foundation

/// What a plain YAML scalar means.
///
/// Deliberately less than YAML 1.1 reads: `yes`, `007`, `0x10` and `12:30` mean different things to different
/// parsers, so as a free parameter they stay text, and where a number or a flag is due they are errors.
enum Scalar {
    /// `0`, `7`, `-12`; nil for other notations and for what does not fit.
    static func whole(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /-?(0|[1-9][0-9]*)/) else { return nil }
        return Int(match.output.0)
    }

    /// The number that an unclear notation probably means, for a hint.
    static func intended(_ text: String) -> Int? {
        if text.wholeMatch(of: /0+[0-9]{1,9}/) != nil { return Int(text) }
        if text.wholeMatch(of: /0x[0-9a-fA-F]{1,8}/) != nil { return Int(text.dropFirst(2), radix: 16) }
        if text.wholeMatch(of: /[0-9]{1,9}(\.0+|[eE][0-9])/) != nil { return Double(text).map { Int($0) } }
        return nil
    }

    /// An exact decimal of at most 12 digits before and 6 after the point.
    static func decimal(_ text: String) -> Decimal? {
        guard text.wholeMatch(of: /(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?/) != nil else { return nil }
        return Decimal(string: text, locale: nil)
    }

    static func flag(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    static func intendedFlag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "y", "1": true
        case "false", "no", "off", "n", "0": false
        default: nil
        }
    }
}

extension JSON {
    /// A template parameter's value.
    init(_ node: SourceNode) {
        switch node.value {
        case .scalar where node.isNull: self = .null
        case .scalar(let text, plain: true): self = JSON(plain: text)
        case .scalar(let text, plain: false): self = .string(text)
        case .list(let items): self = .array(items.map { JSON($0) })
        case .mapping(let entries):
            self = .object(
                JSONObject(uniqueMembers: entries.map { JSONObject.Member(key: $0.key, value: JSON($0.node)) }))
        }
    }

    private init(plain text: String) {
        if let flag = Scalar.flag(text) {
            self = .bool(flag)
        } else if let whole = Scalar.whole(text) {
            self = .int(whole)
        } else if text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil, text.count < 40,
            let number = Double(text), number.isFinite
        {
            self = .double(number)
        } else {
            self = .string(text)
        }
    }
}
