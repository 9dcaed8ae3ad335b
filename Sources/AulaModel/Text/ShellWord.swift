/// A word of a command line as a shell takes it: quoted where it has to be.
package enum ShellWord {
    private static let harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"

    package static func quoted(_ word: String) -> String {
        guard word.isEmpty || !word.allSatisfy(harmless.contains) else { return word }
        return "'\(word.replacing("'", with: #"'\''"#))'"
    }

    /// The command that does the same again.
    package static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
