package import AulaModel
import AulaYAML

/// What `aula init` does to a cohort file: it begins one, or gives one its id and touches nothing else.
package enum CohortFile {
    /// The schema's file beside a new cohort file.
    package static let schemaName = "aula.schema.json"

    /// The text of a new file: short, valid as it stands, with comments that say what else there is.
    ///
    /// The cohort's name is made of `name`, which may be any text, such as the file's name; `id` is one from
    /// `CohortID.random`.
    package static func starter(name: String, id: String) -> String {
        var slug = String(Slug.of(name).prefix(20))
        while slug.hasSuffix("-") { slug.removeLast() }
        return starter(slug: slug.isEmpty ? "class" : slug, id: id)
    }

    /// A file's text with an id: below its name, or where the file has an `id:` without a value.
    ///
    /// - Returns: the same text, when the file has an id already.
    /// - Throws: `DiagnosticError` when the text is not a mapping in YAML, or has an id that is none.
    package static func adding(id: String, to file: SourceFile) throws(DiagnosticError) -> String {
        let entries = try entries(of: file)
        let present = entries.first { $0.key == "id" }
        if let present, case .scalar(let old, _) = present.node.value, !present.node.isNull {
            guard CohortID.isValid(old) else {
                throw DiagnosticError([CohortID.invalid(old, at: present.node.position)])
            }
            return file.text
        }
        var edit = TextEdit(file.text)
        if let present {
            edit.replaceNull(present.node, by: id)
        } else if let name = entries.first(where: { $0.key == "name" }) {
            edit.insertLine("id: \(id)", below: name.position)
        } else if let first = entries.first {
            edit.insertLine("id: \(id)", above: first.position)
        }
        // Whatever unusual form the file has: what is written must say what it said, and the id.
        let written = try? Self.entries(of: SourceFile(path: file.path, text: edit.text))
        guard let written, written.says(id, beside: entries) else {
            throw DiagnosticError([
                Diagnostic(
                    .error, "the file has a form that the id cannot be written into",
                    at: present?.position ?? entries.first?.position, hint: "write this line into it: id: \(id)")
            ])
        }
        return edit.text
    }

    private static func entries(of file: SourceFile) throws(DiagnosticError) -> [YAMLEntry] {
        let (root, diagnostics) = YAML.document(in: file)
        guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
        guard case .mapping(let entries) = root?.value else {
            let position = root?.position ?? SourcePosition(file: file.path, line: 1, column: 1)
            throw DiagnosticError([
                Diagnostic(.error, "a cohort file must be a mapping", at: position, hint: "begin it with version: 1")
            ])
        }
        return entries
    }
}

extension [YAMLEntry] {
    /// Whether these are the other entries and the id.
    fileprivate func says(_ id: String, beside others: [YAMLEntry]) -> Bool {
        func spoken(_ entries: [YAMLEntry]) -> [String: JSON] {
            Dictionary(entries.map { ($0.key, JSON($0.node)) }, uniquingKeysWith: { first, _ in first })
        }
        var expected = spoken(others)
        expected["id"] = .string(id)
        return spoken(self) == expected
    }
}
