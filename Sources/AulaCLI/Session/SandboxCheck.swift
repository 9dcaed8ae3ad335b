import AulaModel
import AulaSandboxServer

/// Whether the sandbox that a shell was pointed at is there.
enum SandboxCheck {
    /// Looks only where the environment leads to a sandbox of this machine.
    ///
    /// - Throws: `DiagnosticError` for one that is not running.
    static func requireRunning(_ environment: [String: String]) throws {
        guard let folder = environment["AULA_SANDBOX"], !folder.isEmpty,
            ["KUBECONFIG", "AZURE_CONFIG_DIR"].contains(where: { environment[$0]?.hasPrefix(folder + "/") == true }),
            !SandboxServer.isRunning(in: folder)
        else { return }
        throw DiagnosticError(
            "the sandbox of \(folder) is not running",
            hint: "start it with `\(ShellWord.line(["aula", "sandbox", "--state", folder]))`, "
                + "or open a new shell for real systems")
    }
}
