import Foundation

extension SandboxServer {
    /// Whether the sandbox of a state folder runs: the process that wrote its id there lives.
    package static func isRunning(in folder: String) -> Bool {
        guard let text = try? String(contentsOfFile: "\(folder)/pid", encoding: .utf8),
            let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), process > 0
        else { return false }
        return kill(process, 0) == 0 || errno == EPERM
    }
}
