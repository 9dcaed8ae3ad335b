/// One finding about the user's input: what, where, and what to do next.
package struct Diagnostic: Hashable, Sendable, Codable {
    package enum Severity: String, Sendable, Codable {
        case error
        case warning
    }

    package var severity: Severity
    package var message: String
    /// Where in a file; nil for findings about a resource, which name its address in the message.
    package var position: SourcePosition?
    /// The next step for the user.
    package var hint: String?

    package init(
        _ severity: Severity = .error, _ message: String, at position: SourcePosition? = nil, hint: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.position = position
        self.hint = hint
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: error: message`, then the hint on a line of its own.
    package var description: String {
        let head = position.map { "\($0): " } ?? ""
        let tail = hint.map { "\n  hint: \($0)" } ?? ""
        return "\(head)\(severity.rawValue): \(message)\(tail)"
    }
}

/// A position in a file, counted from 1.
package struct SourcePosition: Hashable, Sendable, Codable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}

/// The findings that stopped a step; thrown where no value can be returned beside them.
package struct DiagnosticError: Error, CustomStringConvertible {
    package var diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    package init(_ message: String, hint: String? = nil) {
        diagnostics = [Diagnostic(.error, message, hint: hint)]
    }

    package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension [Diagnostic] {
    /// By line and column; findings at one position keep their order.
    package var inFileOrder: [Diagnostic] {
        enumerated().sorted { left, right in
            let (a, b) = (left.element.position, right.element.position)
            return (a?.line ?? 0, a?.column ?? 0, left.offset) < (b?.line ?? 0, b?.column ?? 0, right.offset)
        }.map(\.element)
    }
}
