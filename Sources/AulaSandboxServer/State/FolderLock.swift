import Foundation

/// Holds the `pid` file of a state folder for as long as the process lives.
///
/// The kernel lets go of the lock at the process' end, however that came about: no stale file ever blocks a start.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: where another sandbox uses the folder, naming its process.
    init(_ folder: StateFolder) throws {
        let path = folder["pid"].path
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw SandboxError("cannot open \(path)") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            let owner = folder.read("pid").map { String(decoding: $0, as: UTF8.self) } ?? ""
            let process = owner.trimmingCharacters(in: .whitespacesAndNewlines)
            throw SandboxError("the sandbox with process id \(process) already uses \(folder.url.path)")
        }
        let text = "\(ProcessInfo.processInfo.processIdentifier)\n"
        ftruncate(opened, 0)
        _ = text.withCString { write(opened, $0, strlen($0)) }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
