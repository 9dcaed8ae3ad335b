import AulaEngine
import AulaModel
import Foundation

/// The folder of one run (0700) for its kubeconfig and the proxy's socket.
///
/// It holds the identity of its process, is removed at the end, and what a killed run left is swept by the next one.
package struct RunFolder: PrivateFolder {
    private static let prefix = "aula-run-"
    private static let owner = "owner"
    /// A unix socket's path may have 104 bytes on some systems; the names in the folder take up to 32.
    private static let longestBase = 56
    /// A folder without an owner may be one that is being made this very moment.
    private static let grace: TimeInterval = 600

    package let path: String

    /// Makes a folder of this process, and removes those of dead ones.
    ///
    /// - Throws: `DiagnosticError` when no folder can be made.
    package init(environment: [String: String]) throws {
        let base = Self.base(environment)
        Self.sweep(base)
        var template = Array("\(base)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw DiagnosticError(
                "cannot make a private folder in \(base): \(String(cString: strerror(errno)))",
                hint: "set TMPDIR to a folder that you may write to")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try PrivateFile.write(Data(ProcessIdentity.own.description.utf8), to: "\(path)/\(Self.owner)")
    }

    package func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    package func close() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// `XDG_RUNTIME_DIR` (in memory, ours alone), else `TMPDIR`, else `/tmp`; the last one also when they are too long.
    private static func base(_ environment: [String: String]) -> String {
        let candidates = [environment["XDG_RUNTIME_DIR"], environment["TMPDIR"]].compactMap { $0 }
        let usable = candidates.first {
            $0.hasPrefix("/") && $0.utf8.count <= longestBase && FileManager.default.isWritableFile(atPath: $0)
        }
        guard var base = usable else { return "/tmp" }
        while base.count > 1 && base.hasSuffix("/") { base.removeLast() }
        return base
    }

    /// Removes the folders that dead runs of this user left behind.
    private static func sweep(_ base: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = "\(base)/\(name)"
            guard let changed = changeOfOwnFolder(path) else { continue }
            if let text = try? String(contentsOfFile: "\(path)/\(owner)", encoding: .utf8),
                let process = ProcessIdentity(text)
            {
                if process.isAlive { continue }
            } else if Date().timeIntervalSince(changed) < grace {
                continue
            }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// When a folder of this user was last changed; nil for links and for what others put there.
    private static func changeOfOwnFolder(_ path: String) -> Date? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid() else {
            return nil
        }
        #if canImport(Darwin)
            return Date(timeIntervalSince1970: TimeInterval(status.st_mtimespec.tv_sec))
        #else
            return Date(timeIntervalSince1970: TimeInterval(status.st_mtim.tv_sec))
        #endif
    }
}
