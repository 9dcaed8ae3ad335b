package import AulaModel

/// A value of a YAML file with its position; aliases and merge keys are resolved already.
package struct YAMLNode: Sendable {
    package enum Value: Sendable {
        /// `plain` is false for text in quotes and for block text, which never mean a number, a flag or nothing.
        case scalar(String, plain: Bool)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    package var value: Value
    package var position: SourcePosition

    package init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }

    /// Nothing, `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let text, plain: true) = value else { return false }
        return Scalar.isNull(text)
    }

    package var isMapping: Bool { if case .mapping = value { true } else { false } }

    /// A scalar as it is written, whatever it means.
    package var text: String? { if case .scalar(let text, _) = value { text } else { nil } }

    package var items: [YAMLNode]? { if case .list(let items) = value { items } else { nil } }

    package var entries: [YAMLEntry]? { if case .mapping(let entries) = value { entries } else { nil } }

    /// The value of a mapping's key.
    package subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.node }

    /// What it is, for error messages.
    package var kind: String {
        switch value {
        case _ where isNull: "nothing"
        case .scalar(let text, _): quoted(text)
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key and its value.
package struct YAMLEntry: Sendable {
    package var key: String
    /// The key's; the value has its own.
    package var position: SourcePosition
    package var node: YAMLNode

    package init(key: String, position: SourcePosition, node: YAMLNode) {
        self.key = key
        self.position = position
        self.node = node
    }
}

/// User text for a message: short, on one line, between backquotes.
package func quoted(_ text: String) -> String {
    let limit = 60
    let head = text.unicodeScalars.prefix(limit).map { $0.properties.generalCategory == .control ? "�" : String($0) }
    return "`" + head.joined() + (text.unicodeScalars.count > limit ? "…" : "") + "`"
}
