import Foundation
import Testing

/// The outside comes in through one door.
@Suite struct SurroundingsTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/AulaCLI")

    static var files: [String] {
        let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") && !$0.hasSuffix("+Process.swift") }
    }

    @Test func `there are files to look at`() { #expect(Self.files.count > 20) }

    @Test(arguments: files)
    func `no command makes a clock, a process, a connection or a terminal of its own`(name: String) throws {
        let text = try String(contentsOf: Self.sources.appendingPathComponent(name), encoding: .utf8)
        let doors = [
            "Date()", "ContinuousClock", "Task.sleep", "ProcessInfo", "SubprocessRunner(", "HTTPClientTransport(",
            "RunFolder(", "FileHandle.standard", "isatty(", "readLine()", "signal(",
        ]
        #expect(
            doors.filter { text.contains($0) && !(name == "Surroundings/Console.swift" && $0 == "readLine()") } == [])
    }
}
