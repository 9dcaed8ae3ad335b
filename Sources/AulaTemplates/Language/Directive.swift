import AulaModel
import AulaYAML

/// What a mapping inside a manifest may begin with instead of a field.
enum Directive: String, CaseIterable {
    /// The mapping (or its `$value`) only where the named value is set, or with `NAME == TEXT` where it is that.
    case when = "$when"
    /// The mapping (or its `$value`) only where it is not.
    case unless = "$unless"
    /// In a list: the mapping (or its `$value`) once for each item of the named list, which it calls `{item}`.
    case each = "$each"
    /// A short fingerprint of the named value.
    case digest = "$digest"

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Compiler {
    mutating func compile(
        _ directive: Directive, _ entries: [YAMLEntry], _ node: YAMLNode, as form: Form
    ) -> Program? {
        guard let first = entries.first,
            let condition = condition(first.node, expected: directive != .unless)
        else { return nil }
        let position = condition.position
        guard directive != .digest else { return .digest(position) }
        let rest = Array(entries.dropFirst())
        let inner =
            rest.count == 1 && rest[0].key == "$value" ? rest[0].node : YAMLNode(.mapping(rest), at: node.position)
        guard directive != .each else {
            return compile(inner, as: form).map { .each(position, $0) }
        }
        return under(condition) { $0.compile(inner, as: form) }
    }

    /// Reads `NAME` or `NAME == TEXT`.
    mutating func condition(_ node: YAMLNode, expected: Bool) -> Program.Condition? {
        let parts = (node.text ?? "").split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 1 || (parts.count == 3 && parts[1] == "==") else {
            report("a condition is written `NAME` or `NAME == TEXT`", at: node)
            return nil
        }
        return index(of: String(parts[0]), at: node).map {
            Program.Condition(position: $0, equals: parts.count == 3 ? String(parts[2]) : nil, expected: expected)
        }
    }
}
