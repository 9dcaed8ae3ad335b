package import AulaModel
import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Reads a file that the user named, once, as text.
package enum TextFile {
    /// A cohort or a template of this size is a mistake.
    package static let limit = 1 << 20

    /// - Throws: `DiagnosticError` when it is missing, too large, or not UTF-8.
    package static func read(_ path: String, limit: Int = limit) throws -> SourceFile {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            let data = try file.closeAfter { try FileHandle(fileDescriptor: file.rawValue).read(upToCount: limit + 1) }
            let bytes = data ?? Data()
            guard bytes.count <= limit else {
                throw DiagnosticError("\(path) is larger than \(limit >> 10) KiB", hint: "is it the right file?")
            }
            guard let text = String(data: bytes, encoding: .utf8) else {
                throw DiagnosticError("\(path) is not UTF-8 text", hint: "is it the right file?")
            }
            return SourceFile(path: path, text: text)
        } catch let error as Errno {
            throw DiagnosticError("cannot read \(path): \(error)")
        }
    }
}
