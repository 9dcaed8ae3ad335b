package import AulaModel

/// Whose rules say what a plain scalar means.
package enum Notation: Sendable {
    /// aula's own: see ``Scalar``.
    case setting
    /// Kubernetes', for manifests: beside aula's own, numbers as YAML's core schema writes them (`+5`, `.5`, `0x1F`,
    /// `0o17`) and octal ones as Kubernetes' examples do (`defaultMode: 0644`).
    case manifest
}

extension JSON {
    /// A tree without its positions.
    package init(_ node: YAMLNode, _ notation: Notation = .setting) {
        switch node.value {
        case .scalar(let text, plain: true): self = JSON(plain: text, notation)
        case .scalar(let text, plain: false): self = .string(text)
        case .list(let items): self = .array(items.map { JSON($0, notation) })
        case .mapping(let entries):
            self = .object(
                JSONObject(
                    uniqueMembers: entries.map { JSONObject.Member(key: $0.key, value: JSON($0.node, notation)) }))
        }
    }

    /// A scalar without quotes.
    package init(plain text: String, _ notation: Notation = .setting) {
        if Scalar.isNull(text) {
            self = .null
        } else if let flag = Scalar.flag(text) {
            self = .bool(flag)
        } else if let whole = Scalar.whole(text) {
            self = .int(whole)
        } else if let number = Scalar.number(text) {
            self = .double(number)
        } else {
            self = notation == .manifest ? JSON(manifestNumber: text) ?? .string(text) : .string(text)
        }
    }

    private init?(manifestNumber text: String) {
        guard let first = text.utf8.first, first < UInt8(ascii: ":"), text.utf8.count < 32 else { return nil }
        if text.hasPrefix("0x"), let value = Int(text.dropFirst(2), radix: 16) {
            self = .int(value)
        } else if text.hasPrefix("0o"), let value = Int(text.dropFirst(2), radix: 8) {
            self = .int(value)
        } else if text.hasPrefix("0"), text.utf8.allSatisfy({ (48..<56).contains($0) }), let value = Int(text, radix: 8)
        {
            self = .int(value)
        } else if let value = Int(text) {
            self = .int(value)
        } else if text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let value = Double(text),
            value.isFinite
        {
            self = .double(value)
        } else {
            return nil
        }
    }
}
