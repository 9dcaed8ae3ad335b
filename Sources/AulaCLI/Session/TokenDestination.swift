import AulaModel
import AulaTools
import Foundation

/// Where `GITLAB_TOKEN` would go, and whether it may.
///
/// A sandbox's token goes to a sandbox only, which lives on loopback, and plain http is for sandboxes alone. To a host
/// that the cohort file names and that this machine has not used before it goes only if the user says so.
struct TokenDestination {
    private let url: String
    private let host: String
    private let isLoopback: Bool
    private let isRehearsal: Bool
    /// Named by `AULA_GITLAB_URL`: the user's own choice, not the file's.
    private let isUsersChoice: Bool

    /// - Returns: nil where there is no GitLab or no token.
    init?(_ cohort: Cohort, environment: [String: String]) {
        let token = (environment["GITLAB_TOKEN"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard let gitlab = cohort.gitlab, !token.isEmpty, let parts = URLComponents(string: gitlab.url) else {
            return nil
        }
        let name = (parts.encodedHost ?? "").lowercased()
        url = gitlab.url
        host = parts.port.map { "\(name):\($0)" } ?? name
        isLoopback = ["localhost", "127.0.0.1", "[::1]", "::1", "[::ffff:127.0.0.1]"].contains(name)
        isRehearsal = token.hasPrefix(Self.sandboxMark)
        isUsersChoice = environment["AULA_GITLAB_URL"]?.isEmpty == false
    }

    /// What a sandbox's tokens begin with.
    private static let sandboxMark = "glpat-sandbox-"

    /// - Parameters:
    ///   - trusted: the hosts of `--trust-host`.
    ///   - known: what this machine has used before.
    ///   - console: asks.
    /// - Throws: `DiagnosticError` where the token must not go there.
    func check(trusted: [String], _ known: KnownHosts, _ console: Console) throws {
        if isRehearsal {
            guard !isLoopback else { return }
            throw DiagnosticError(
                "GITLAB_TOKEN is a sandbox's, and \(host) is no sandbox: nothing was sent",
                hint:
                    "open a shell without the sandbox's env.sh, or source that file again so that it names the address")
        }
        guard !url.lowercased().hasPrefix("http://") || (isLoopback && isUsersChoice) else {
            throw DiagnosticError(
                "\(url) is not encrypted, and GITLAB_TOKEN is no sandbox's: nothing was sent",
                hint: "use https:// in gitlab.url; for a sandbox, source its env.sh")
        }
        guard !isUsersChoice, !known.contains(host) else { return }
        if !trusted.contains(where: { $0.lowercased() == host }) { try ask(known, console) }
        known.add(host)
    }

    private func ask(_ known: KnownHosts, _ console: Console) throws {
        let file = known.path.map { ", or the line `\(host)` to \($0)" } ?? ""
        let hint = "if that is your GitLab, add --trust-host \(host)\(file)"
        let question = "The cohort file sends GITLAB_TOKEN to \(host), which this machine has not used before."
        guard console.isInteractive else { throw DiagnosticError("\(question) Nothing was sent.", hint: hint) }
        guard try console.agrees("\(question) May it?", orElse: hint) else {
            throw DiagnosticError("GITLAB_TOKEN was not sent to \(host)", hint: hint)
        }
    }
}
