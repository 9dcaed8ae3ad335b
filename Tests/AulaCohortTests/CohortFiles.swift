import AulaCohort
import AulaModel
import Foundation

extension SourceFile {
    /// `cohorts/memo2.yaml`, the file that every README line is about.
    static func memo() throws -> SourceFile {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "cohorts/memo2.yaml"))
        return try decode(path: "memo2.yaml", data: data)
    }
}
