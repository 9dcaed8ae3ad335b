import Foundation
import Testing

/// What holds for every source file of the package.
@Suite struct SourceFileTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func all() throws -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        for folder in ["Sources", "Tests"] {
            let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            for case let name as String in try #require(files) where name.hasSuffix(".swift") {
                let file = root.appending(path: folder).appending(path: name)
                found.append(("\(folder)/\(name)", try String(contentsOf: file, encoding: .utf8)))
            }
        }
        try #require(found.count > 300)
        return found
    }

    /// On Linux it reads beyond the end of a directory entry at each start, and ends the process that uses it now and
    /// then (swift-corelibs-foundation, pull request 5472): it ended a whole run of the tests.
    @Test func `nothing starts a program by Foundation's Process`() throws {
        let call = "Process" + "()"
        #expect(try Self.all().filter { $0.text.contains(call) }.map(\.name) == [])
    }

    @Test func `no file is longer than 250 lines`() throws {
        let long = try Self.all().filter { $0.text.utf8.count { $0 == UInt8(ascii: "\n") } > 250 }
        #expect(long.map(\.name) == [], "split it by what its parts are about")
    }
}
