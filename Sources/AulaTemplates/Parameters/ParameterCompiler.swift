import AulaModel

extension Compiler {
    /// A parameter's value as a program: text in it may hold placeholders, at any depth.
    mutating func compile(_ value: JSON, at position: SourcePosition) -> Program? {
        switch value {
        case .string(let text):
            let pieces = Placeholders(text).pieces
            guard let resolved = resolve(pieces, at: position) else { return nil }
            if resolved.count == 1, case .name(let position, _) = resolved[0] { return .value(position) }
            if resolved.isEmpty { return .constant(value) }
            if resolved.count == 1, case .literal(let literal) = resolved[0] { return .constant(.string(literal)) }
            return .text(resolved, position)
        case .array(let items):
            return .array(folding: items.compactMap { compile($0, at: position) })
        case .object(let object):
            return .object(
                folding: object.members.compactMap { member in
                    compile(member.value, at: position).map { (.constant(member.key), $0) }
                })
        default:
            return .constant(value)
        }
    }
}

extension Placeholders {
    var isOnlyOneName: Bool {
        if pieces.count == 1, case .name = pieces[0] { true } else { false }
    }
}
