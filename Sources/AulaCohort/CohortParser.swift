package import AulaModel
import AulaYAML

/// Turns the text of a cohort file into a `Cohort`: defaulted, and checked as far as the file alone allows.
package enum CohortParser {
    /// Reads a cohort file.
    ///
    /// The diagnostics are every problem of the file in the order of its lines. There is a cohort exactly when none of
    /// them is an error. Its `id` may be nil: see `missingID`.
    package static func parse(_ file: SourceFile) -> (cohort: Cohort?, diagnostics: [Diagnostic]) {
        let (root, unreadable) = YAML.document(in: file)
        guard let root else {
            let empty = Diagnostic(
                .error, "the file is empty", at: SourcePosition(file: file.path, line: 1, column: 1),
                hint: "`aula init \(ShellWord.quoted(file.path))` writes one to begin with")
            return (nil, unreadable.isEmpty ? [empty] : unreadable)
        }
        var reader = CohortReader()
        let cohort = reader.cohort(root)
        let findings = reader.diagnostics.inFileOrder
        return (findings.contains { $0.severity == .error } ? nil : cohort, findings)
    }

    /// The components of a file that has errors elsewhere, so that they are checked against their templates all the same.
    ///
    /// Those with an error of their own are left out.
    package static func soundComponents(in file: SourceFile) -> [Component] {
        guard let root = YAML.document(in: file).root else { return [] }
        var reader = CohortReader()
        return reader.soundComponents(root)
    }

    /// What commands say that touch live things, when a file has no id yet; nil when it has one.
    package static func missingID(of cohort: Cohort, in file: SourceFile) -> Diagnostic? {
        guard cohort.id == nil else { return nil }
        return Diagnostic(
            .error, "the file has no `id`, so aula could not tell this edition's things from another's",
            at: cohort.positions["name"] ?? SourcePosition(file: file.path, line: 1, column: 1),
            hint: "`aula init \(ShellWord.quoted(file.path))` writes one into it")
    }
}
