import ArgumentParser
import AulaModel
import AulaSandbox
import AulaSandboxServer
import AulaTools
import Foundation

/// Runs the stand-in for Azure, Kubernetes and GitLab.
struct SandboxCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run a stand-in for Azure, Kubernetes and GitLab on this machine.",
        usage: "aula sandbox [<options>]",
        discussion: """
            Once it says that it is ready, `source DIR/env.sh` points aula, kubectl, az and GitLab clients at it. Ends \
            with Ctrl-C and keeps its state. A script that starts it with --until-stdin-closes and a pipe never leaves it \
            behind, however the script ends.
            """)

    @Option(help: ArgumentHelp("The folder for its state.", valueName: "dir"))
    var state = ".aula-sandbox"

    @Option(help: ArgumentHelp("Which requests go wrong, and how.", valueName: "file"))
    var faults: String?

    @Flag(help: "End when standard input closes, as a pipe does with the program that holds it.")
    var untilStdinCloses = false

    @Flag(help: "Run pipelines' jobs on this machine with bash; a project's own scripts only inside bwrap.")
    var runJobs = false

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        var options = SandboxOptions(state: URL(fileURLWithPath: state))
        options.untilStdinCloses = untilStdinCloses
        options.runsJobs = runJobs
        if let faults { options.faults = try FaultScript.read(TextFile.read(faults)) }
        try await SandboxServer(options: options).run { console.print($0) }
        return .done
    }
}
