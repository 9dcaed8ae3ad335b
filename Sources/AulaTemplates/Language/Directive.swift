import AulaModel
import Yams

/// What a mapping inside a manifest may begin with instead of a field.
enum Directive: String, CaseIterable {
    /// The mapping (or its `$value`) only where the named value is set.
    case when = "$when"
    /// The mapping (or its `$value`) only where it is not.
    case unless = "$unless"
    /// A short fingerprint of the named value.
    case digest = "$digest"

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Compiler {
    mutating func compile(
        _ directive: Directive, _ mapping: Node.Mapping, _ node: Node, as form: Form
    ) -> Program? {
        guard let first = mapping.first, let name = first.value.scalar?.string,
            let position = position(of: name, at: first.value)
        else { return nil }
        guard directive != .digest else { return .digest(position) }
        let condition = Program.Condition(position: position, expected: directive == .when)
        let rest = Array(mapping.dropFirst())
        return under(condition) { compiler in
            if rest.count == 1, rest[0].key.scalar?.string == "$value" {
                return compiler.compile(rest[0].value, as: form)
            }
            return compiler.compile(Node.mapping(Node.Mapping(rest, .implicit, .any, mapping.mark)), as: form)
        }
    }
}
