import AulaModel

/// A YAML subtree with placeholders, compiled once and run for every group.
///
/// What holds no placeholder is one constant: every run returns the same value, which all groups share in memory.
indirect enum Program: Sendable {
    case constant(JSON)
    /// A scalar that is only a placeholder: the value keeps its type, and without a value its member is left out.
    case value(Int)
    /// The same where Kubernetes takes only text.
    case valueAsText(Int)
    /// A whole list or mapping whose values must be text: arguments, labels, the data of a ConfigMap.
    case valueAsTexts(Int)
    case text([TextPiece], SourcePosition)
    case array([Program])
    case object([(key: Key, value: Program)])
    /// The members of the named mapping, and on top of them those of the other one.
    case merged(Int, Program)
    /// Only where the named value is set (or, negated, only where it is not).
    case when(Condition, Program)
    /// Once for each item of the named list; only in lists.
    case each(Int, Program)
    /// A short fingerprint of a value: a pod template that carries it rolls when the value changes.
    case digest(Int)
    case base64(Program)

    enum TextPiece: Sendable {
        case literal(String)
        case name(Int, String)
    }

    enum Key: Sendable {
        case constant(String)
        case text([TextPiece], SourcePosition)
    }

    struct Condition: Sendable {
        var position: Int
        /// Nil asks only whether there is a value.
        var equals: String?
        var expected: Bool

        func holds(in frame: Frame) -> Bool {
            let value = frame.values[position]
            return (equals.map { value.asText == $0 } ?? value.isSet) == expected
        }
    }
}

extension Program {
    /// The program of one member of a mapping.
    subscript(key: String) -> Program? {
        switch self {
        case .constant(let value): value[key].map(Program.constant)
        case .object(let members):
            members.first { if case .constant(key) = $0.key { true } else { false } }?.value
        case .when(let condition, let inner): inner[key].map { .when(condition, $0) }
        default: nil
        }
    }

    subscript(path: [String]) -> Program? {
        path.reduce(Optional(self)) { $0?[$1] }
    }

    /// The items of a list, as far as they are written in the template.
    var items: [Program] {
        switch self {
        case .constant(let value): value.array?.map(Program.constant) ?? []
        case .array(let items): items
        default: []
        }
    }

    /// Makes a mapping, constant where all its members are.
    static func object(folding members: [(key: Key, value: Program)]) -> Program {
        var constants: [(String, JSON)] = []
        var allConstant = true
        var keysConstant = true
        for member in members {
            guard case .constant(let key) = member.key else {
                keysConstant = false
                break
            }
            if case .constant(let value) = member.value { constants.append((key, value)) } else { allConstant = false }
        }
        guard keysConstant else { return .object(members) }
        if allConstant { return .constant(.object(JSONObject(constants))) }
        return .object(
            members.sorted { left, right in
                guard case .constant(let left) = left.key, case .constant(let right) = right.key else { return false }
                return left < right
            })
    }

    static func array(folding items: [Program]) -> Program {
        let constants = items.compactMap { if case .constant(let value) = $0 { value } else { nil } }
        return constants.count == items.count ? .constant(.array(constants)) : .array(items)
    }

    /// Bytes of text that it holds, roughly: what decides whether a result must be measured exactly.
    var weight: Int {
        switch self {
        case .constant(let value): value.weight
        case .value, .valueAsText, .valueAsTexts, .digest: 16
        case .text(let pieces, _):
            pieces.reduce(0) { if case .literal(let text) = $1 { $0 + text.utf8.count } else { $0 + 16 } }
        case .array(let items): items.reduce(0) { $0 + $1.weight }
        case .object(let members): members.reduce(0) { $0 + 24 + $1.value.weight }
        case .merged(_, let inner), .when(_, let inner), .each(_, let inner), .base64(let inner): inner.weight
        }
    }
}

extension JSON {
    /// Whether a condition takes it for yes: not null, not false, not empty.
    var isSet: Bool {
        switch self {
        case .null, .bool(false), .string(""): false
        case .array(let items): !items.isEmpty
        case .object(let object): !object.isEmpty
        default: true
        }
    }

    /// The value where only text may stand; nil for null.
    var asText: String? {
        switch self {
        case .null: nil
        case .string(let text): text
        default: text
        }
    }

    /// Bytes of text in it, roughly.
    var weight: Int {
        switch self {
        case .string(let text): text.utf8.count + 2
        case .array(let items): items.reduce(2) { $0 + $1.weight + 1 }
        case .object(let object): object.members.reduce(2) { $0 + $1.key.utf8.count + 4 + $1.value.weight }
        default: 6
        }
    }
}
