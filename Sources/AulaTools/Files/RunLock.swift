import Foundation

/// One run at a time per cohort on this machine: an advisory lock that the system drops when its process ends,
/// however it ends.
package final class RunLock: Sendable {
    /// Another run holds the lock; what it wrote about itself.
    package struct Held: Error, CustomStringConvertible {
        package var holder: String

        package var description: String { "another run holds this cohort's lock: \(holder)" }
    }

    private let descriptor: Int32

    /// Takes the lock of a cohort, or says who has it.
    ///
    /// - Parameters:
    ///   - id: the cohort's.
    ///   - holder: what to tell others, such as `process 812 since 10:14`.
    ///   - environment: where `XDG_STATE_HOME` and `HOME` are looked up.
    /// - Throws: `Held`; a system error where the folder cannot be written.
    package init(
        cohort id: String, holder: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let home = environment["XDG_STATE_HOME"] ?? "\(environment["HOME"] ?? NSTemporaryDirectory())/.local/state"
        let folder = "\(home)/aula/locks"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = "\(folder)/\(id).lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            close(descriptor)
            throw Held(holder: text.isEmpty ? "somebody" : text)
        }
        ftruncate(descriptor, 0)
        _ = holder.withCString { write(descriptor, $0, strlen($0)) }
    }

    package func release() { close(descriptor) }
}
