package import AulaModel

/// Goes through a file's tree, part by part, and collects every problem and every position on the way.
///
/// What reads a part returns nil where the file says nothing or something wrong; the caller then goes on with a
/// default, because the findings decide at the end whether there is a result at all.
package protocol TreeReading {
    var findings: Findings { get set }
}

extension TreeReading {
    package var diagnostics: [Diagnostic] { findings.diagnostics }
    package var positions: [String: SourcePosition] { findings.positions }

    package mutating func error(_ message: String, at position: SourcePosition, hint: String? = nil) {
        findings.report(Diagnostic(.error, message, at: position, hint: hint))
    }

    package mutating func warn(_ message: String, at position: SourcePosition, hint: String? = nil) {
        findings.report(Diagnostic(.warning, message, at: position, hint: hint))
    }

    package mutating func note(_ position: SourcePosition, of path: String) {
        findings.note(position, of: path)
    }

    /// Opens a mapping whose keys are known: any other key is an error.
    package mutating func fields(of node: YAMLNode, at path: String, keys: [String]) -> Fields? {
        guard var fields = fields(of: node, at: path) else { return nil }
        for entry in fields.entries where !keys.contains(entry.key) {
            if let meant = Spelling.nearest(to: entry.key, among: keys) { fields.misspelled.insert(meant) }
            let within = path.isEmpty ? "" : " in `\(path)`"
            error(
                "unknown key \(quoted(entry.key))\(within)", at: entry.position,
                hint: Spelling.hint(for: entry.key, among: keys) ?? "known here: \(keys.joined(separator: ", "))")
        }
        return fields
    }

    /// Opens a mapping of any keys and notes where each of them is.
    package mutating func fields(of node: YAMLNode, at path: String) -> Fields? {
        if node.isNull { return Fields(path: path, position: node.position, entries: []) }
        guard case .mapping(let entries) = node.value else {
            let name = path.isEmpty ? findings.subject : quoted(path)
            error("\(name) must be a mapping, not \(node.kind)", at: node.position)
            return nil
        }
        let fields = Fields(path: path, position: node.position, entries: entries)
        for entry in entries {
            note(entry.node.isMapping ? entry.position : entry.node.position, of: fields.path(to: entry.key))
        }
        return fields
    }

    package mutating func missing(_ key: String, in fields: Fields, hint: String? = nil) {
        guard !fields.misspelled.contains(key) else { return }
        error("`\(fields.path(to: key))` is missing", at: fields.position, hint: hint)
    }

    package mutating func mistyped(_ node: YAMLNode, _ path: String, expected: String, hint: String? = nil) {
        error("`\(path)` must be \(expected), not \(node.kind)", at: node.position, hint: hint)
    }
}
