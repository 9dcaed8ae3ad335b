import ArgumentParser
import AulaCLI
import Foundation
import Testing

/// The documents name only commands, options and targets that exist.
@Suite struct DocumentCommandTests {
    /// A command of a document and where it stands.
    struct Command: Sendable, CustomStringConvertible {
        var place: String
        var words: [String]
        var description: String { "\(place): \(words.joined(separator: " "))" }
    }

    /// In the fenced blocks: every line, or in a transcript every line behind a prompt.
    static let fenced: [Command] = Document.all.flatMap(\.blocks).filter(\.isShell).flatMap { block in
        let text = block.text.replacing("\\\n", with: " ")
        return text.split(separator: "\n").flatMap { line -> [Command] in
            let line = line.drop { $0 == " " }
            let command = block.language == "console" ? line.hasPrefix("$ ") ? line.dropFirst(2) : "" : line
            return ShellLine.commands(String(command)).map { Command(place: "\(block)", words: $0) }
        }
    }

    /// In the prose, where a command may lack what every command of its kind needs.
    static let mentioned: [Command] = Document.all.flatMap { document in
        document.code.flatMap { code in
            ShellLine.commands(code).map { Command(place: document.name, words: $0) }
        }
    }

    @Test func `there is something to check`() {
        #expect(Self.fenced.count { $0.words[0] == "aula" } >= 20)
        #expect(Self.fenced.count { $0.words[0] == "make" } >= 3)
        #expect(Self.mentioned.count { $0.words[0] == "aula" } >= 12)
    }

    @Test(arguments: fenced.filter { $0.words[0] == "aula" })
    func `a command can be run as it stands`(command: Command) {
        #expect(throws: Never.self) { try Aula.parseAsRoot(Array(command.words.dropFirst())) }
    }

    @Test(arguments: mentioned.filter { $0.words[0] == "aula" && $0.words.count > 1 })
    func `a command in the prose exists with its options`(command: Command) {
        let words = Array(command.words.dropFirst())
        let isKnown = [[], ["class.yaml"], ["class.yaml", "--out", "folder"]].contains { rest in
            (try? Aula.parseAsRoot(words + rest)) != nil
        }
        #expect(isKnown, "\(Self.complaint(words))")
    }

    @Test(arguments: mentioned.filter { $0.words[0].hasPrefix("--") })
    func `an option in the prose is one of some command`(command: Command) {
        let known = Self.helpTexts(Aula.self).joined().split { !($0.isLetter || $0 == "-") }
        #expect(known.contains { $0 == command.words[0] })
    }

    @Test(arguments: (fenced + mentioned).filter { $0.words[0] == "make" })
    func `a target exists`(command: Command) throws {
        let makefile = try String(contentsOf: Document.root.appending(path: "Makefile"), encoding: .utf8)
        let targets = makefile.matches(of: /(?m)^([a-z-]+):/).map { String($0.1) }
        for target in command.words.dropFirst() where !target.contains("=") { #expect(targets.contains(target)) }
    }

    @Test func `an option that does not exist is noticed`() {
        #expect(throws: (any Error).self) { try Aula.parseAsRoot(["apply", "class.yaml", "--no-such-option"]) }
    }

    private static func complaint(_ words: [String]) -> String {
        do {
            _ = try Aula.parseAsRoot(words + ["class.yaml"])
            return ""
        } catch {
            return Aula.fullMessage(for: error)
        }
    }

    private static func helpTexts(_ command: any ParsableCommand.Type) -> [String] {
        [Aula.helpMessage(for: command, includeHidden: true)]
            + command.configuration.subcommands.flatMap { helpTexts($0) }
    }
}
