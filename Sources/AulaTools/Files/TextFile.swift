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

    /// What stands for standard input.
    package static let standardInput = "-"

    /// - Throws: `DiagnosticError` when it is missing, a folder, too large, or not UTF-8.
    package static func read(_ path: String) throws -> SourceFile {
        if path == standardInput {
            let data = try? FileHandle.standardInput.read(upToCount: SourceFile.limit + 1)
            return try SourceFile.decode(path: "<stdin>", data: data ?? Data())
        }
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            let data = try file.closeAfter {
                try FileHandle(fileDescriptor: file.rawValue).read(upToCount: SourceFile.limit + 1)
            }
            return try SourceFile.decode(path: path, data: data ?? Data())
        } catch let error as Errno {
            throw DiagnosticError("cannot read \(path): \(error)", hint: hint(error, path))
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw DiagnosticError("cannot read \(path): it is no ordinary file", hint: "name a file, not a folder")
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// - Throws: `DiagnosticError` with the reason in a sentence.
    package static func write(_ text: String, to path: String) throws {
        let part = "\(path).\(UInt32.random(in: 0 ... .max)).part"
        do {
            let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            let file = try FileDescriptor.open(
                FilePath(part), .writeOnly, options: [.create, .exclusiveCreate],
                permissions: FilePermissions(rawValue: CInterop.Mode(mode?.uint32Value ?? 0o644)))
            _ = try file.closeAfter { try file.writeAll(Data(text.utf8)) }
            guard rename(part, path) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(part)
            throw DiagnosticError("cannot write \(path): \(error)", hint: hint(error as? Errno, path))
        }
    }

    private static func hint(_ error: Errno?, _ path: String) -> String {
        guard let error else { return "check the path" }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
        return switch error {
        case .noSuchFileOrDirectory where !FileManager.default.fileExists(atPath: folder):
            "there is no folder \(folder)"
        case .permissionDenied, .notPermitted: "`ls -ld \(ShellWord.quoted(path))` says who may"
        case .noSpace, .diskQuotaExceeded: "make room on the disk, then run the same command again"
        default: "check the path"
        }
    }
}
