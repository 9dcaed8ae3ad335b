import AulaModel
import AulaYAML

// Reading by declaration: the type, the range and the default come from the key.
extension TreeReading {
    mutating func fields(of node: YAMLNode, at path: String, _ set: KeySet) -> Fields? {
        set.takesParameters ? fields(of: node, at: path) : fields(of: node, at: path, keys: set.names)
    }

    mutating func value(_ key: Key<Int>, in fields: Fields) -> Int? {
        guard fields[key.name] != nil else { return key.standard?.int }
        guard case .whole(let range) = key.declaration.type else { return nil }
        return number(key.name, in: fields, range)
    }

    mutating func value(_ key: Key<Bool>, in fields: Fields) -> Bool? {
        fields[key.name] == nil ? key.standard?.bool : flag(key.name, in: fields)
    }

    /// A text; one that has not its key's form is an error.
    mutating func value(_ key: Key<String>, in fields: Fields) -> String? {
        guard let node = fields[key.name] else { return key.standard?.string }
        guard let text = text(node, fields.path(to: key.name)) else { return nil }
        guard let form = key.form, !form.matches(text) else { return text }
        error("\(quoted(text)) is no \(fields.path(to: key.name)): \(form.words)", at: node.position)
        return nil
    }

    mutating func value<Choice: RawRepresentable & CaseIterable>(
        _ key: Key<Choice>, in fields: Fields, notYet: Set<String> = []
    ) -> Choice? where Choice.RawValue == String {
        guard let node = fields[key.name] else { return (key.standard?.string).flatMap(Choice.init) }
        return choice(node, fields.path(to: key.name), notYet: notYet)
    }
}

extension Key {
    /// The value that a file has which does not write the key.
    var standard: JSON? { if case .value(let value) = declaration.standard { value } else { nil } }

    /// The form of a text.
    var form: Form? { if case .text(let form) = declaration.type { form } else { nil } }
}
