package import AulaModel
import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Reads a file that the user named, once, as text.
package enum TextFile {
    /// Reads a file that somebody else's file named or that lay in a folder: a pipe there would be waited for for ever.
    ///
    /// - Throws: `DiagnosticError` for anything but an ordinary file, and as `read` does.
    package static func readOrdinary(_ path: String) throws -> SourceFile {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: real)[.type] as? FileAttributeType
        guard type == nil || type == .typeRegular else {
            throw DiagnosticError("cannot read \(path): it is no ordinary file", hint: "name a file of text")
        }
        return try read(path)
    }

    /// - Throws: `DiagnosticError` when it is missing, a folder, too large, or not UTF-8.
    package static func read(_ path: String) throws -> SourceFile {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            let data = try file.closeAfter {
                try FileHandle(fileDescriptor: file.rawValue).read(upToCount: SourceFile.limit + 1)
            }
            return try SourceFile.decode(path: path, data: data ?? Data())
        } catch let error as Errno {
            throw DiagnosticError("cannot read \(path): \(error)", hint: "check the path")
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw DiagnosticError("cannot read \(path): it is no ordinary file", hint: "name a file, not a folder")
        }
    }
}
