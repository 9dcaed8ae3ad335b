import Foundation
import Testing

@Suite struct ProgramStartTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// On Linux it reads beyond the end of a directory entry at each start, and ends the process that uses it now and
    /// then (swift-corelibs-foundation, pull request 5472): it ended a whole run of the tests.
    @Test func `nothing starts a program by Foundation's Process`() throws {
        let call = "Process" + "()"
        var looked = 0
        for folder in ["Sources", "Tests"] {
            let files = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path)
            for case let name as String in try #require(files) where name.hasSuffix(".swift") {
                let file = Self.root.appending(path: folder).appending(path: name)
                #expect(!(try String(contentsOf: file, encoding: .utf8)).contains(call), "\(folder)/\(name)")
                looked += 1
            }
        }
        #expect(looked > 300)
    }
}
