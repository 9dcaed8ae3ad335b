import ArgumentParser
import AulaCLI
import Testing

/// The help fits a terminal of 80 columns and leaves nothing unsaid.
@Suite struct HelpTests {
    /// Every command with its help as it is shown.
    static let texts: [(words: [String], help: String)] = all(Aula.self, ["aula"])

    private static func all(_ command: any ParsableCommand.Type, _ words: [String]) -> [([String], String)] {
        [(words, Aula.helpMessage(for: command, columns: 80))]
            + command.configuration.subcommands.flatMap { all($0, words + [$0._commandName]) }
    }

    @Test func `there is a text for each command`() {
        #expect(Self.texts.count >= 14)
        #expect(Self.texts.contains { $0.words == ["aula", "tokens", "rotate"] })
    }

    @Test(arguments: texts)
    func `it fits 80 columns`(words: [String], help: String) {
        #expect(help.split(separator: "\n").filter { $0.count > 80 } == [])
    }

    @Test(arguments: texts)
    func `it begins with a sentence that says what the command does`(words: [String], help: String) throws {
        let overview = help.split(separator: "\n\n").first?.replacing("\n", with: " ") ?? ""
        #expect(overview.contains(/^OVERVIEW: [A-Z].*\.$/), "\(overview)")
    }

    @Test(arguments: texts)
    func `each of its options is explained`(words: [String], help: String) {
        let lines = help.split(separator: "\n")
        for (line, next) in zip(lines, lines.dropFirst() + [""]) where line.hasPrefix("  -") {
            let explained = line.contains(/\S {1,}[A-Z][a-z]/) || next.hasPrefix("                          ")
            #expect(explained, "\(words.joined(separator: " ")): \(line)")
        }
    }
}
