import AulaModel

/// The one door for text on its way to a terminal: whoever wrote it, it moves no cursor, erases no line and rings no bell.
///
/// aula's own colours pass, and nothing else that is not text. What others wrote loses even those on its way into a
/// report, through `PlainText`.
package enum Door {
    /// The text with every control character but line breaks and aula's colours made visible.
    package static func painted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.isTerminalControl && $0 != "\n" }) else { return text }
        var result = ""
        var rest = text[...]
        while let next = rest.unicodeScalars.firstIndex(of: "\u{1B}") {
            result += PlainText.safe(rest[..<next])
            let paint = TerminalCodes.colors.first { rest[next...].hasPrefix($0) }
            result += paint ?? PlainText.safe("\u{1B}")
            rest =
                rest[(paint.map { rest.index(next, offsetBy: $0.count) } ?? rest.unicodeScalars.index(after: next))...]
        }
        return result + PlainText.safe(rest)
    }
}
