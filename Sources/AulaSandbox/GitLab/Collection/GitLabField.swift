import AulaModel
import Foundation

/// One field of a kind: what it is called, what it may hold, and when it is told.
struct GitLabField: Sendable {
    enum Form: Sendable {
        case text, number, flag, list, day, time, object
        case choice([String])
        case level([Int])
        /// A list whose elements are of a set.
        case choices([String])
    }

    let name: String
    let form: Form
    /// What it holds where nobody gave a value.
    var fallback = JSON.null
    var isRequired = false
    /// Whether an update may change it.
    var isFixed = false
    /// Whether answers tell it.
    var isShown = true
    var rules: [GitLabRule] = []

    static func required(_ name: String, _ form: Form = .text, fixed: Bool = false, _ rules: GitLabRule...) -> Self {
        Self(name: name, form: form, isRequired: true, isFixed: fixed, rules: rules)
    }

    static func optional(
        _ name: String, _ form: Form = .text, _ fallback: JSON = .null, fixed: Bool = false, shown: Bool = true,
        _ rules: GitLabRule...
    ) -> Self {
        Self(name: name, form: form, fallback: fallback, isFixed: fixed, isShown: shown, rules: rules)
    }

    /// The value that a request gives it; nil where it gives none.
    ///
    /// - Throws: 400 for a value that the field's form does not allow.
    func read(_ arguments: GitLabArguments) throws -> JSON? {
        guard let given = arguments[name] else { return nil }
        guard given != .null else { return .null }
        switch form {
        case .text: return try arguments.text(name).map(JSON.string) ?? .null
        case .number: return try arguments.integer(name).map(JSON.int) ?? .null
        case .flag: return try arguments.flag(name).map(JSON.bool) ?? .null
        case .list: return .array((try arguments.list(name) ?? []).map(JSON.string))
        case .day: return try arguments.day(name).map(JSON.string) ?? .null
        case .object: return given
        case .choice(let words): return try arguments.choice(name, of: words).map(JSON.string)
        case .time:
            guard let text = try arguments.text(name), !text.isEmpty else { return .null }
            guard let date = GitLabTime.date(text) else { throw GitLabFailure.parameter("\(name) is invalid") }
            return .string(GitLabTime.text(date))
        case .level(let levels):
            guard let level = try arguments.integer(name) else { return nil }
            guard levels.contains(level) else { throw GitLabFailure.invalidValue(name) }
            return .int(level)
        case .choices(let words):
            let list = try arguments.list(name) ?? []
            guard list.allSatisfy(words.contains) else { throw GitLabFailure.invalidValue(name) }
            return .array(list.map(JSON.string))
        }
    }
}

/// What a field's value must obey, and what GitLab says otherwise.
struct GitLabRule: Sendable {
    let text: String
    let holds: @Sendable (JSON) -> Bool

    static let present = GitLabRule(text: "can't be blank") { $0 != .null && $0 != "" && $0 != [] }

    static func atMost(_ count: Int) -> GitLabRule {
        GitLabRule(text: "is too long (maximum is \(count) characters)") { ($0.string?.count ?? 0) <= count }
    }

    /// A rule for texts; it says nothing of an absent value.
    static func text(_ text: String, _ holds: @escaping @Sendable (String) -> Bool) -> GitLabRule {
        GitLabRule(text: text) { $0.string.map { $0.isEmpty || holds($0) } ?? true }
    }
}
