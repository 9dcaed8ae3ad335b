package import AulaModel

/// The findings about the user's input, for people and for programs.
package struct DiagnosticsReport: Report, Sendable {
    package var diagnostics: [Diagnostic]
    package var style: Style

    /// Takes findings in any order; they are shown by file and position, those without a position last.
    package init(_ diagnostics: [Diagnostic], style: Style = .plain) {
        self.diagnostics = diagnostics.enumerated().sorted { left, right in
            Self.order(left.element, left.offset) < Self.order(right.element, right.offset)
        }.map(\.element)
        self.style = style
    }

    private static func order(_ diagnostic: Diagnostic, _ position: Int) -> (Int, String, Int, Int, Int) {
        guard let source = diagnostic.position else { return (1, "", 0, 0, position) }
        return (0, source.file, source.line, source.column, position)
    }

    /// One finding after another as `file:line:column: error: …`, then how many there are.
    package var text: String {
        guard !diagnostics.isEmpty else { return "" }
        return diagnostics.map { lines($0).joined(separator: "\n") + "\n" }.joined() + "\n" + sum + "\n"
    }

    /// `2 errors, 1 warning`.
    package var sum: String {
        let errors = diagnostics.filter { $0.severity == .error }.count
        let warnings = diagnostics.count - errors
        let parts = [(errors, "error"), (warnings, "warning")]
        return parts.filter { $0.0 > 0 }.map { Humane.count($0.0, $0.1) }.joined(separator: ", ")
    }

    private func lines(_ diagnostic: Diagnostic) -> [String] {
        let position = diagnostic.position.map { "\(PlainText.oneLine($0.description)): " } ?? ""
        let severity = "\(diagnostic.severity.rawValue):"
        let role: Style.Role = diagnostic.severity == .error ? .failure : .warning
        let text = "\(position)\(severity) \(PlainText.safe(diagnostic.message))"
        var lines = PlainText.wrapped(text, style.width, rest: "  ")
        if let found = lines[0].firstRange(of: severity) {
            lines[0].replaceSubrange(found, with: style.paint(severity, role))
        }
        if let hint = diagnostic.hint {
            lines += PlainText.wrapped(PlainText.safe(hint), style.width, first: "  hint: ", rest: "        ")
        }
        return lines
    }

    /// A list for a merge request.
    package var document: Document {
        guard !diagnostics.isEmpty else { return Document(title: "Findings", [.heading("Nothing to report")]) }
        let items = diagnostics.map { diagnostic in
            var line = Document.Line.strong(diagnostic.severity.rawValue) + " "
            if let position = diagnostic.position { line = line + .code(position.description) + ": " }
            line = line + "\(diagnostic.message)"
            return diagnostic.hint.map { line + Document.Line([.lineBreak, .text($0)]) } ?? line
        }
        return Document(title: "Findings", [.heading(Document.Line(sum)), .list(items)])
    }

    package var data: JSON {
        [
            "format_version": .int(ReportFormat.version),
            "valid": .bool(!diagnostics.contains { $0.severity == .error }),
            "diagnostics": .array(diagnostics.map(\.reported)),
        ]
    }
}

/// What programs rely on: it grows when a field changes its meaning or goes.
enum ReportFormat {
    static let version = 1
}

extension Diagnostic {
    var reported: JSON {
        var value: JSON = ["severity": .string(severity.rawValue), "message": .string(message)]
        if let position {
            value["file"] = .string(position.file)
            value["line"] = .int(position.line)
            value["column"] = .int(position.column)
        }
        if let hint { value["hint"] = .string(hint) }
        return value
    }
}
