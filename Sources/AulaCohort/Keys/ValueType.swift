/// What may stand behind a key.
package indirect enum ValueType: Sendable {
    case text(Form?)
    case whole(ClosedRange<Int>)
    case flag
    /// Money: a decimal above zero.
    case amount
    case day
    case choice([String])
    case list(of: ValueType, count: ClosedRange<Int>)
    case mapping(KeySet)
    /// A mapping from names of this form to the same type.
    case names(Form, of: ValueType)
    case either([ValueType])

    /// The keys inside, however deep in lists and names.
    var keySet: KeySet? {
        switch self {
        case .mapping(let set): set
        case .list(let inner, _), .names(_, let inner): inner.keySet
        case .either(let types): types.lazy.compactMap(\.keySet).first
        default: nil
        }
    }

    /// In words, to stand behind "is".
    package var words: String {
        switch self {
        case .text(let form): form?.words ?? "text"
        case .whole(1...1): "1"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .amount: "an amount above zero such as 100 or 99.50"
        case .day: "a day, year-month-day"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: " or ")
        case .list(let inner, _): "a list, each \(inner.words)"
        case .mapping: "a mapping"
        case .names(let form, let inner): "a mapping from names (\(form.words)) to \(inner.words)"
        case .either(let types): types.map(\.words).joined(separator: ", or ")
        }
    }
}

/// The keys of one mapping, in the order in which a person would write them.
package struct KeySet: Sendable {
    package let keys: [KeyDeclaration]
    /// Whether other keys are parameters of a template.
    let takesParameters: Bool
    /// Keys that are none here, although parameters are taken.
    let refused: [String]
    /// Keys of which exactly one must be there.
    let alternatives: [String]

    init(
        _ keys: KeyDeclaration..., takesParameters: Bool = false, refused: [String] = [], alternatives: [String] = []
    ) {
        self.keys = keys
        self.takesParameters = takesParameters
        self.refused = refused
        self.alternatives = alternatives
    }

    var names: [String] { keys.map(\.name) }
}

/// The form of a text: a regular expression that Swift and JSON Schema (ECMA 262) read alike, and what it means.
package struct Form: Sendable {
    let pattern: String
    /// To stand behind "is", such as `a region such as westus`.
    let words: String

    init(_ pattern: String, _ words: String) {
        self.pattern = pattern
        self.words = words
    }

    /// Whether the whole text has the form.
    func matches(_ text: String) -> Bool {
        (try? Regex(pattern))?.matches(whole: text) ?? false
    }
}

extension Regex {
    fileprivate func matches(whole text: String) -> Bool { (try? wholeMatch(in: text)) != nil }
}
