package import AulaModel

/// A value of a YAML file with its position; aliases and merge keys are resolved already.
package struct SourceNode: Sendable {
    package enum Value: Sendable {
        /// `plain` is false for text in quotes and for block text, which never mean a number, a flag or nothing.
        case scalar(String, plain: Bool)
        case list([SourceNode])
        case mapping([SourceEntry])
    }

    package var value: Value
    package var position: SourcePosition

    /// Nothing, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, plain: true) = value else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    var isMapping: Bool { if case .mapping = value { true } else { false } }

    /// What it is, for error messages.
    var kind: String {
        switch value {
        case _ where isNull: "nothing"
        case .scalar(let text, _): quoted(text)
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key and its value.
package struct SourceEntry: Sendable {
    package var key: String
    package var position: SourcePosition
    package var node: SourceNode
}

/// User text for a message: short, on one line, between backquotes.
func quoted(_ text: String) -> String {
    let limit = 60
    let head = text.unicodeScalars.prefix(limit).map { $0.properties.generalCategory == .control ? "�" : String($0) }
    return "`" + head.joined() + (text.unicodeScalars.count > limit ? "…" : "") + "`"
}
