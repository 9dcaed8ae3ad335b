import AulaModel

/// One row of the rules: where, and what must hold there.
struct FieldRule: Sendable {
    enum Step: Hashable, Sendable {
        case member(String)
        case items
        case entries
    }

    enum Demand: Sendable {
        case required(String)
        case oneOf([String])
        case above(Int)
        case atLeast(Int)
        case between(Int, Int)
        case longest(Int)
        case form(FieldForm)
        case unique(String)
        /// The rows of another block.
        case block(String)
        /// A rule over several fields, by its name in `FieldCheck`.
        case check(FieldCheck)
    }

    let path: [Step]
    let demand: Demand
}

/// The rules of every kind and block; made once from `RuleText`.
struct RuleBook: Sendable {
    static let shared = RuleBook(parsing: RuleText.all)

    private var blocks: [String: [FieldRule]] = [:]

    init(parsing text: String) {
        var block = ""
        for line in text.split(separator: "\n") {
            if line.first != " " {
                block = String(line)
            } else {
                blocks[block, default: []].append(Self.rule(line.split(separator: " ").map(String.init)))
            }
        }
    }

    subscript(block: String) -> [FieldRule] { blocks[block] ?? [] }

    private static let words = ["use", "check"]

    private static func rule(_ parts: [String]) -> FieldRule {
        let hasPath = !words.contains(parts[0])
        let words = Array(hasPath ? parts.dropFirst() : parts[...])
        return FieldRule(path: hasPath ? path(parts[0]) : [], demand: demand(words))
    }

    private static func path(_ text: String) -> [FieldRule.Step] {
        text.split(separator: ".").flatMap { part -> [FieldRule.Step] in
            if part.hasSuffix("[]") { return [.member(String(part.dropLast(2))), .items] }
            if part.hasSuffix("{}") { return [.member(String(part.dropLast(2))), .entries] }
            return [.member(String(part))]
        }
    }

    /// The text is a constant of this module: what cannot be read is a mistake in it.
    private static func demand(_ words: [String]) -> FieldRule.Demand {
        let rest = Array(words.dropFirst())
        switch words[0] {
        case "required": return .required(rest.joined(separator: " "))
        case "in": return .oneOf(rest)
        case "unique": return .unique(rest[0])
        case "use": return .block(rest[0])
        case "max": return .longest(Int(rest[0]) ?? 0)
        case "check":
            guard let check = FieldCheck(rawValue: rest[0]) else { preconditionFailure("no check \(rest[0])") }
            return .check(check)
        case let word where word.hasPrefix(">="): return .atLeast(Int(word.dropFirst(2)) ?? 0)
        case let word where word.hasPrefix(">"): return .above(Int(word.dropFirst()) ?? 0)
        case let word where word.contains(".."):
            let ends = word.split(separator: ".").compactMap { Int($0) }
            return .between(ends[0], ends[1])
        default:
            guard let form = FieldForm(rawValue: words[0]) else { preconditionFailure("no form \(words[0])") }
            return .form(form)
        }
    }
}
