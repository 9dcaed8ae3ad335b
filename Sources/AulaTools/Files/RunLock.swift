package import AulaEngine
import Foundation

/// One run at a time per cohort on this machine: an advisory lock that the system drops when its process ends,
/// however it ends.
///
/// The very first run of a cohort has nothing else: no cluster and no group in which runs of different machines could
/// meet. It makes the roots that the shared locks live in, and takes those as soon as they are there.
package final class RunLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of a cohort, or says who has it.
    ///
    /// - Parameters:
    ///   - id: the cohort's.
    ///   - holder: this run, for others to read.
    ///   - environment: where `XDG_STATE_HOME` and `HOME` are looked up.
    /// - Throws: `LockHeld`; a system error where the folder cannot be written.
    package init(cohort id: String, holder: LockHolder, environment: [String: String]) throws {
        let home = environment["XDG_STATE_HOME"] ?? "\(environment["HOME"] ?? NSTemporaryDirectory())/.local/state"
        let folder = "\(home)/aula/locks"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = "\(folder)/\(id).lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Self.held(path)
        }
        ftruncate(descriptor, 0)
        _ = "\(holder.name)\n\(holder.now().formatted(.iso8601))\n".withCString { write(descriptor, $0, strlen($0)) }
    }

    /// What the holder wrote: its name, then since when.
    private static func held(_ path: String) -> LockHeld {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let lines = text.split(whereSeparator: \.isNewline)
        return LockHeld(
            holder: lines.first.map(String.init) ?? "a run on this machine",
            since: lines.dropFirst().first.flatMap { try? Date(String($0), strategy: .iso8601) })
    }

    package func release() { close(descriptor) }
}
