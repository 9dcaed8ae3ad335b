import AulaModel

extension Document {
    /// The tables for a spreadsheet (RFC 4180): numbers without signs of money, columns named as in JSON.
    ///
    /// - Throws: `DiagnosticError` for a report without a table.
    package func csv() throws -> String {
        guard !tables.isEmpty else {
            throw DiagnosticError("this report has no table", hint: "ask for another --format, such as json")
        }
        return tables.map { grid in
            let shown = grid.columns.indices.filter { grid.columns[$0].key != nil }
            let head = shown.map { Self.quoted(grid.columns[$0].key ?? "") }
            let rows = grid.rows.map { row in shown.map { Self.quoted(Self.harmless(row[$0].value)) } }
            return ([head] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
        }.joined(separator: "\r\n")
    }

    /// A text that a spreadsheet would take for a formula is marked as text: a student may have written it.
    private static func harmless(_ text: String) -> String {
        let text = PlainText.oneLine(text)
        guard let first = text.first, "=+-@".contains(first), !Self.isNumber(text) else { return text }
        return "'" + text
    }

    private static func isNumber(_ text: String) -> Bool {
        text.first == "-" && text.count > 1 && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
    }

    private static func quoted(_ text: String) -> String {
        text.contains { "\",\r\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
