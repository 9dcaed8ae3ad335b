import AulaModel

/// Goes through a cohort file's tree, part by part, and collects every problem and every position on the way.
///
/// A reader of a part returns nil where the file says nothing or something wrong; the caller then goes on with a
/// default, because the findings decide at the end whether there is a cohort at all.
struct CohortReader {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var positions: [String: SourcePosition] = [:]

    mutating func error(_ message: String, at position: SourcePosition, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: position, hint: hint))
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    mutating func warn(_ message: String, at position: SourcePosition, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: position, hint: hint))
    }

    mutating func note(_ position: SourcePosition, of path: String) {
        positions[path] = position
    }

    /// Opens a mapping whose keys are known: any other key is an error.
    mutating func fields(of node: SourceNode, at path: String, keys: [String]) -> Fields? {
        guard var fields = fields(of: node, at: path) else { return nil }
        for entry in fields.entries where !keys.contains(entry.key) {
            let meant = Spelling.nearest(to: entry.key, among: keys)
            if let meant { fields.misspelled.insert(meant) }
            let within = path.isEmpty ? "" : " in `\(path)`"
            error(
                "unknown key \(quoted(entry.key))\(within)", at: entry.position,
                hint: meant.map { "did you mean `\($0)`?" } ?? "known here: \(keys.joined(separator: ", "))")
        }
        return fields
    }

    /// Opens a mapping of any keys and notes where each of them is.
    mutating func fields(of node: SourceNode, at path: String) -> Fields? {
        if node.isNull { return Fields(path: path, position: node.position, entries: []) }
        guard case .mapping(let entries) = node.value else {
            let name = path.isEmpty ? "a cohort file" : quoted(path)
            error("\(name) must be a mapping, not \(node.kind)", at: node.position)
            return nil
        }
        let fields = Fields(path: path, position: node.position, entries: entries)
        for entry in entries {
            if case .mapping = entry.node.value {
                note(entry.position, of: fields.path(to: entry.key))
            } else {
                note(entry.node.position, of: fields.path(to: entry.key))
            }
        }
        return fields
    }

    mutating func missing(_ key: String, in fields: Fields, hint: String? = nil) {
        guard !fields.misspelled.contains(key) else { return }
        error("`\(fields.path(to: key))` is missing", at: fields.position, hint: hint)
    }

    mutating func mistyped(_ node: SourceNode, _ path: String, expected: String, hint: String? = nil) {
        error("`\(path)` must be \(expected), not \(node.kind)", at: node.position, hint: hint)
    }
}
