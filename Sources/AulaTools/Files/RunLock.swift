package import AulaEngine
import AulaModel
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
        let folder = try Self.folder(environment)
        let path = "\(folder)/\(id).lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw DiagnosticError(
                "cannot open the lock \(path): \(String(cString: strerror(errno)))",
                hint: "remove it if it is a link; set XDG_STATE_HOME to a folder of your own otherwise")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Self.held(path)
        }
        ftruncate(descriptor, 0)
        _ = "\(holder.name)\n\(holder.now().formatted(.iso8601))\n".withCString { write(descriptor, $0, strlen($0)) }
    }

    /// A folder for locks that is this user's alone, also where `HOME` is not set and others may write beside it.
    ///
    /// - Throws: `DiagnosticError` for a folder that is a link, or that somebody else owns or may write to.
    private static func folder(_ environment: [String: String]) throws -> String {
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = named("XDG_STATE_HOME") ?? named("HOME").map { "\($0)/.local/state" }
        let base = home.map { "\($0)/aula" } ?? "\(named("TMPDIR") ?? "/tmp")/aula-\(getuid())"
        let folder = "\(base)/locks"
        // A link that somebody put there first would lead elsewhere before it is looked at.
        for path in [base, folder] {
            try? FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
                status.st_mode & 0o022 == 0
            else {
                throw DiagnosticError(
                    "there can be no lock in \(path): it is not a folder that only this user can write to",
                    hint: "set XDG_STATE_HOME to one")
            }
        }
        return folder
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
