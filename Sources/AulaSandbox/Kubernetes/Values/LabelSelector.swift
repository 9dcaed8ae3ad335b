import AulaModel

/// A label selector as a LIST takes it in its query, and as objects carry it in their spec.
struct LabelSelector: Sendable {
    enum Requirement: Hashable, Sendable {
        case isIn(String, Set<String>)
        case isNotIn(String, Set<String>)
        case exists(String)
        case isAbsent(String)
    }

    var requirements: [Requirement] = []

    func matches(_ labels: JSON?) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .isIn(let key, let values): labels?[key]?.string.map(values.contains) ?? false
            case .isNotIn(let key, let values): !(labels?[key]?.string.map(values.contains) ?? false)
            case .exists(let key): labels?[key] != nil
            case .isAbsent(let key): labels?[key] == nil
            }
        }
    }

    /// The selector of a spec: `matchLabels` and `matchExpressions`, or a bare map of labels; nil for an absent one.
    init?(spec: JSON?) {
        guard let object = spec?.object else { return nil }
        guard object["matchLabels"] != nil || object["matchExpressions"] != nil else {
            requirements = object.members.compactMap { member in
                member.value.string.map { .isIn(member.key, [$0]) }
            }
            return
        }
        requirements = (object["matchLabels"]?.object?.members ?? []).compactMap { member in
            member.value.string.map { .isIn(member.key, [$0]) }
        }
        for expression in object["matchExpressions"]?.array ?? [] {
            guard let key = expression["key"]?.string else { continue }
            let values = Set((expression["values"]?.array ?? []).compactMap(\.string))
            switch expression["operator"]?.string {
            case "In": requirements.append(.isIn(key, values))
            case "NotIn": requirements.append(.isNotIn(key, values))
            case "Exists": requirements.append(.exists(key))
            default: requirements.append(.isAbsent(key))
            }
        }
    }
}

/// A selector that cannot be read, in the words of the server.
struct SelectorError: Error {
    let message: String
}

extension LabelSelector {
    /// Reads the `labelSelector` of a query: `a=b,c!=d,e in (f,g),h,!i`.
    init(parsing text: String) throws(SelectorError) {
        var tokens = SelectorTokens(text)
        while !tokens.isAtEnd {
            requirements.append(try Self.requirement(&tokens))
            if tokens.isAtEnd { break }
            let separator = tokens.next()
            guard separator == "," else {
                throw SelectorError(message: "found '\(separator)', expected: ',' or 'end of string'")
            }
            if tokens.isAtEnd {
                throw SelectorError(message: "found '', expected: identifier after ','")
            }
        }
    }

    private static func requirement(_ tokens: inout SelectorTokens) throws(SelectorError) -> Requirement {
        let first = tokens.next()
        if first == "!" { return .isAbsent(try identifier(tokens.next())) }
        guard SelectorTokens.isIdentifier(first) else {
            throw SelectorError(message: "found '\(first)', expected: !, identifier, or 'end of string'")
        }
        let key = try identifier(first)
        guard let following = tokens.peek, following != "," else { return .exists(key) }
        let sign = tokens.next()
        switch sign {
        case "=", "==": return .isIn(key, [try value(&tokens)])
        case "!=": return .isNotIn(key, [try value(&tokens)])
        case "in": return .isIn(key, try values(&tokens))
        case "notin": return .isNotIn(key, try values(&tokens))
        default:
            throw SelectorError(message: "found '\(sign)', expected: in, notin, =, ==, !=, gt, lt")
        }
    }

    private static func identifier(_ key: String) throws(SelectorError) -> String {
        guard NameRule.qualified.accepts(key) else {
            throw SelectorError(message: "key: Invalid value: \"\(key)\": \(NameRule.qualified.message)")
        }
        return key
    }

    private static func value(_ tokens: inout SelectorTokens) throws(SelectorError) -> String {
        guard let next = tokens.peek, next != "," else { return "" }
        let token = tokens.next()
        guard SelectorTokens.isIdentifier(token) else {
            throw SelectorError(message: "found '\(token)', expected: identifier")
        }
        return token
    }

    private static func values(_ tokens: inout SelectorTokens) throws(SelectorError) -> Set<String> {
        let opening = tokens.next()
        guard opening == "(" else { throw SelectorError(message: "found '\(opening)' expected: '('") }
        var values: Set<String> = []
        while true {
            let token = tokens.next()
            switch token {
            case ")": return values
            case ",": continue
            case "": throw SelectorError(message: "found '', expected: ',' or ')'")
            default: values.insert(token)
            }
        }
    }
}

/// The words and signs of a label selector.
struct SelectorTokens {
    private var tokens: ArraySlice<String>

    init(_ text: String) {
        var found: [String] = []
        var word = ""
        var sign = ""
        func flush() {
            if !word.isEmpty { found.append(word) }
            while !sign.isEmpty {
                let length = sign.hasPrefix("==") || sign.hasPrefix("!=") ? 2 : 1
                found.append(String(sign.prefix(length)))
                sign.removeFirst(length)
            }
            word = ""
        }
        for character in text {
            switch character {
            case "=", "!", ">", "<":
                if !word.isEmpty { flush() }
                sign.append(character)
            case ",", "(", ")":
                flush()
                found.append(String(character))
            case " ", "\t": flush()
            default:
                if !sign.isEmpty { flush() }
                word.append(character)
            }
        }
        flush()
        tokens = found[...]
    }

    static func isIdentifier(_ token: String) -> Bool {
        !token.isEmpty && !["=", "==", "!=", "!", ",", "(", ")", ">", "<"].contains(token)
    }

    var isAtEnd: Bool { tokens.isEmpty }
    var peek: String? { tokens.first }
    mutating func next() -> String { tokens.popFirst() ?? "" }
}
