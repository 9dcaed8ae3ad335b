import Foundation
import Testing

/// The programs that end-to-end tests run: the built aula, the real clients.
enum Tools {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The aula beside the test bundle: what was just built.
    static var aula: String {
        get throws {
            let beside = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
            let folders = beside.map { $0.deletingLastPathComponent() } + [root.appendingPathComponent(".build/debug")]
            let found = folders.map { $0.appendingPathComponent("aula").path }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
            return try #require(found, "aula is not built: run `swift build`")
        }
    }

    /// A client from `.tools/bin` or the PATH; a missing one fails the test, because nothing may be skipped in silence.
    static func client(_ name: String) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = [root.appendingPathComponent(".tools/bin").path] + path.split(separator: ":").map(String.init)
        let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "\(name) is missing: run `make tools`")
    }
}
