import AulaModel
import AulaYAML

/// The random part of a cohort's mark: eight small letters and digits.
package enum CohortID {
    package static let length = 8

    package static func isValid(_ text: String) -> Bool {
        text.utf8.count == length && text.isLabelText && !text.contains("-")
    }

    /// Invents an id; the first character is a letter, so that no YAML reader takes it for a number.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let all = letters + Array("0123456789")
        let rest = (1..<length).map { _ in all[Int.random(in: all.indices, using: &generator)] }
        return String([letters[Int.random(in: letters.indices, using: &generator)]] + rest)
    }

    static func invalid(_ text: String, at position: SourcePosition) -> Diagnostic {
        Diagnostic(
            .error, "\(quoted(text)) is no id: it has \(length) small letters and digits", at: position,
            hint: "remove the line; `aula init` writes a new one")
    }
}
