import AulaModel
import Foundation

/// The hosts that a GitLab token may go to from this machine, in a file of the user's own: one a line, `#` for remarks.
///
/// A cohort file comes from anywhere; where a token goes is not its choice alone.
package struct KnownHosts: Sendable {
    /// `$XDG_CONFIG_HOME/aula/hosts`, or `~/.config/aula/hosts`; nil without a home.
    package let path: String?

    package init(environment: [String: String]) {
        let home =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.config" }
        path = home.map { "\($0)/aula/hosts" }
    }

    package func contains(_ host: String) -> Bool {
        guard let path, let text = try? TextFile.readOrdinary(path).text else { return false }
        return text.split(whereSeparator: \.isNewline).contains {
            $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces).lowercased() == host
        }
    }

    /// Remembers a host; where that cannot be written, or what is there not be read, the next run asks again.
    package func add(_ host: String) {
        guard let path, !contains(host) else { return }
        let file = URL(fileURLWithPath: path)
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let isNew = !FileManager.default.fileExists(atPath: path)
        guard let old = isNew ? "" : try? String(contentsOf: file, encoding: .utf8) else { return }
        let text = old.isEmpty || old.hasSuffix("\n") ? old : old + "\n"
        try? "\(text)\(host)\n".write(to: file, atomically: true, encoding: .utf8)
    }
}
