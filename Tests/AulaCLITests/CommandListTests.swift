import ArgumentParser
import Foundation
import Testing

@testable import AulaCLI

/// A command costs one file and one line, as `docs/design.md` says.
@Suite struct CommandListTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/AulaCLI")

    static var commands: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: sources.path + "/Commands")) ?? []
        return names.filter { $0.hasSuffix("Command.swift") && $0 != "AulaCommand.swift" }
            .map { String($0.dropLast(".swift".count)) }.sorted()
    }

    @Test func `there are commands to look at`() { #expect(Self.commands.count >= 14) }

    @Test(arguments: commands)
    func `it stands in one list, in one line, and nothing else knows of it`(command: String) throws {
        let files = FileManager.default.enumerator(atPath: Self.sources.path)?.compactMap { $0 as? String } ?? []
        var lines: [Substring] = []
        for file in files where file.hasSuffix(".swift") && !file.hasSuffix("/\(command).swift") {
            let text = try String(contentsOf: Self.sources.appendingPathComponent(file), encoding: .utf8)
            lines += text.split(separator: "\n").filter { $0.contains("\(command).self") || $0.contains("\(command)(") }
        }
        #expect(lines.count == 1, "\(lines)")
        #expect(lines.allSatisfy { $0.contains("\(command).self") })
    }
}
