import AulaModel
import AulaYAML

extension ManifestCompiler {
    /// `stringData` becomes `data`, in the form in which the live object is read; generated ones stay aside.
    mutating func compileSecretTexts() -> [(key: Program.Key, value: Program)] {
        guard let index = fields.firstIndex(where: { $0.key == "stringData" }) else { return [] }
        let node = fields.remove(at: index).node
        guard let entries = node.entries else {
            compiler.report("stringData is a mapping of names and texts", at: node)
            return []
        }
        var result: [(key: Program.Key, value: Program)] = []
        for entry in entries {
            let name = entry.key
            if let length = entry.node["$generated"] {
                guard let count = length.text.flatMap(Scalar.whole), (16...256).contains(count) else {
                    compiler.report("$generated is a length from 16 to 256", at: length)
                    continue
                }
                let field = GeneratedField(path: ["stringData", name], length: count)
                generated.append(Manifest.Generated(field: field, conditions: []))
            } else if let program = compiler.secretText(name, entry.node) {
                result.append((.constant(name), program))
            }
        }
        return result
    }
}

extension Compiler {
    /// One text of a Secret, in base64; nil where it is born elsewhere.
    fileprivate mutating func secretText(_ name: String, _ node: YAMLNode) -> Program? {
        let before = lateFields.count
        let program = within("data") { outer in outer.within(name) { $0.compile(node, as: .text) } }
        for index in before..<lateFields.count {
            lateFields[index].binding.value = .base64(lateFields[index].binding.value)
            lateFields[index].binding.secret = true
        }
        switch program {
        case .constant(let value): return .constant(.string(value.asText.map(Base64.of) ?? ""))
        case .when(let condition, let inner): return .when(condition, .base64(inner))
        case let program?: return .base64(program)
        case nil: return nil
        }
    }
}
