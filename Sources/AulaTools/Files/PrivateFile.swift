import AulaModel
package import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Files that only their owner may read (0600), written whole or not at all.
package enum PrivateFile {
    /// Writes beside the target and renames: nobody ever sees half a file, nor one with wider rights.
    ///
    /// - Throws: `DiagnosticError` that names the file and the reason.
    package static func write(_ data: Data, to path: String) throws {
        let draft = "\(path).\(UInt32.random(in: .min ... .max)).tmp"
        do {
            let file = try FileDescriptor.open(
                FilePath(draft), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
            try file.closeAfter {
                _ = try file.writeAll(data)
                // A rename may reach the disk before the bytes do.
                if fsync(file.rawValue) != 0 { throw Errno(rawValue: errno) }
            }
            guard rename(draft, path) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(draft)
            throw DiagnosticError("cannot write \(path): \(error)")
        }
    }
}
