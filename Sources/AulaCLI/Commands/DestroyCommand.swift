import ArgumentParser
import AulaModel
import AulaPlanner
import AulaReport

/// Takes the class down.
struct DestroyCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Take the class down: archive the teams' projects, delete the rest, and look again.",
        usage: "aula destroy [<options>] <cohort>",
        discussion: """
            Shows the plan and asks for the cohort's name. Where nobody can answer, it needs --confirm NAME. Exits \
            with 5 when something is left, and names it.
            """)

    @OptionGroup var input: CohortOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var stream: EventOptions

    @Option(help: ArgumentHelp("The cohort's name, instead of being asked for it.", valueName: "name"))
    var confirm: String?

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        try await Session.open(input, surroundings) { try await destroy($0, surroundings.console) }
    }

    private func destroy(_ session: Session, _ console: Console) async throws -> Outcome {
        let name = session.loaded.cohort.name
        if let confirm, confirm != name {
            throw DiagnosticError(
                "--confirm says \"\(confirm)\", but this cohort is \"\(name)\"", hint: "check that it is the right file"
            )
        }
        let undertaking = ClassUndertaking(
            session: session, options: consent.options(.destroy), execution: execution, isStreamed: stream.json,
            resume: ShellWord.line(["aula", "destroy"] + input.words + consent.words)
        ) { _ in
            if confirm != nil { return true }
            guard console.isInteractive else {
                throw DiagnosticError("nobody is there to answer", hint: "pass --confirm \(name)")
            }
            return console.ask("This cannot be undone. Type the cohort's name to go on: ") == name
        }
        return try await Procedure(
            session: session, undertaking: undertaking, execution: execution, isStreamed: stream.json
        ).run()
    }
}
