import Foundation

/// The expression of a rule's `if`: variables, texts and patterns with `==`, `!=`, `=~`, `!~`, `&&`, `||` and brackets.
package struct CICondition {
    private enum Token: Equatable {
        case variable(String), text(String), pattern(String), null, sign(String)
    }

    struct Unreadable: Error {}

    private var tokens: [Token]
    private var position = 0
    private let variables: [String: String]

    /// - Throws: `Unreadable` for what is no such expression.
    package static func holds(_ text: String, _ variables: [String: String]) throws -> Bool {
        var condition = CICondition(tokens: try read(text), variables: variables)
        let result = try condition.either()
        guard condition.position == condition.tokens.count else { throw Unreadable() }
        return result
    }

    private init(tokens: [Token], variables: [String: String]) {
        self.tokens = tokens
        self.variables = variables
    }

    private static func read(_ text: String) throws -> [Token] {
        var rest = text[...]
        var tokens: [Token] = []
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if let sign = ["&&", "||", "==", "!=", "=~", "!~", "(", ")"].first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign))
                rest = rest.dropFirst(sign.count)
            } else if first == "$" {
                let braced = rest.hasPrefix("${")
                let name = rest.dropFirst(braced ? 2 : 1).prefix { $0 == "_" || $0.isLetter || $0.isNumber }
                guard !name.isEmpty else { throw Unreadable() }
                tokens.append(.variable(String(name)))
                rest = rest[name.endIndex...].dropFirst(braced ? 1 : 0)
            } else if first == "\"" || first == "'" || first == "/" {
                guard let end = rest.dropFirst().firstIndex(of: first) else { throw Unreadable() }
                let inner = String(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
                guard first == "/" else {
                    tokens.append(.text(inner))
                    continue
                }
                let isCaseless = rest.first == "i"
                if isCaseless { rest = rest.dropFirst() }
                tokens.append(.pattern((isCaseless ? "(?i)" : "") + inner))
            } else if rest.hasPrefix("null") {
                tokens.append(.null)
                rest = rest.dropFirst(4)
            } else {
                throw Unreadable()
            }
        }
        return tokens
    }

    private mutating func take(_ sign: String) -> Bool {
        guard position < tokens.count, tokens[position] == .sign(sign) else { return false }
        position += 1
        return true
    }

    private mutating func either() throws -> Bool {
        var result = try both()
        while take("||") {
            let other = try both()
            result = result || other
        }
        return result
    }

    private mutating func both() throws -> Bool {
        var result = try comparison()
        while take("&&") {
            let other = try comparison()
            result = result && other
        }
        return result
    }

    private mutating func comparison() throws -> Bool {
        if take("(") {
            let result = try either()
            guard take(")") else { throw Unreadable() }
            return result
        }
        let left = try value()
        if take("==") { return try left == value() }
        if take("!=") { return try left != value() }
        if take("=~") { return try matches(left) }
        if take("!~") { return try !matches(left) }
        return left?.isEmpty == false
    }

    /// The text of a value; nil for `null` and for a variable that is not set.
    private mutating func value() throws -> String? {
        guard position < tokens.count else { throw Unreadable() }
        position += 1
        switch tokens[position - 1] {
        case .variable(let name): return variables[name]
        case .text(let text): return text
        case .null: return nil
        case .pattern, .sign: throw Unreadable()
        }
    }

    private mutating func matches(_ text: String?) throws -> Bool {
        guard position < tokens.count else { throw Unreadable() }
        position += 1
        let pattern: String
        switch tokens[position - 1] {
        case .pattern(let found): pattern = found
        case .variable(let name): pattern = String((variables[name] ?? "").dropFirst().dropLast())
        default: throw Unreadable()
        }
        guard let regex = try? Regex(pattern) else { throw Unreadable() }
        return text?.firstMatch(of: regex) != nil
    }
}
