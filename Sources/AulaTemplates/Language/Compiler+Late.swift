import AulaModel
import AulaYAML

// Values that are born in other resources.
extension Compiler {
    mutating func addLateField(_ binding: LateBinding?, at node: YAMLNode) {
        guard let binding else { return }
        let keys = path.compactMap(\.self)
        guard keys.count == path.count, !keys.isEmpty else {
            report(
                "a value that is born elsewhere cannot stand in a list", at: node,
                hint: "put it into a Secret and refer to that")
            return
        }
        lateFields.append(LateFieldProgram(path: keys, binding: binding, conditions: conditions))
    }

    /// Text of which at least one piece is born elsewhere.
    mutating func late(_ pieces: [Placeholders.Piece], at node: YAMLNode) -> LateBinding? {
        var result = LateBinding(value: .joined([]), secret: false, once: false)
        var parts: [LateProgram] = []
        var known: [Placeholders.Piece] = []
        func flush(_ compiler: inout Compiler) -> Bool {
            defer { known = [] }
            guard !known.isEmpty else { return true }
            guard let resolved = compiler.resolve(known, at: node) else { return false }
            parts.append(.text(resolved, node.position))
            return true
        }
        for piece in pieces {
            guard case .name(let name) = piece, let binding = lets[name] else {
                known.append(piece)
                continue
            }
            guard flush(&self) else { return nil }
            parts.append(binding.value)
            result.secret = result.secret || binding.secret
            result.once = result.once || binding.once
        }
        guard flush(&self) else { return nil }
        result.value = parts.count == 1 ? parts[0] : .joined(parts)
        return result
    }
}
