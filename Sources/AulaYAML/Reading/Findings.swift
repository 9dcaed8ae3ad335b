package import AulaModel

/// What was noticed on the way through a tree: every problem, and where each value stands.
package struct Findings: Sendable {
    /// What the whole file is called in a message, such as `a cohort file`.
    let subject: String
    package private(set) var diagnostics: [Diagnostic] = []
    package private(set) var positions: [String: SourcePosition] = [:]

    package init(in subject: String, _ diagnostics: [Diagnostic] = []) {
        self.subject = subject
        self.diagnostics = diagnostics
    }

    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    package mutating func note(_ position: SourcePosition, of path: String) {
        positions[path] = position
    }
}
