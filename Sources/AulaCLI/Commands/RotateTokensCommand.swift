import ArgumentParser
import AulaModel

/// Gives pipelines new tokens and revokes the old ones.
struct RotateTokensCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make new tokens, tell GitLab, try them, then revoke the old ones.",
        usage: "aula tokens rotate [<options>] <cohort>",
        discussion: """
            Shows the plan and asks. The old token works until the new one does. A rotation that was interrupted is finished by the next one, \
            or by `aula apply`.
            """)

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: TokenFilterOptions
    @OptionGroup var execution: ExecutionOptions

    @Flag(name: .shortAndLong, help: "Rotate without being asked.")
    var yes = false

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        try await Session.open(input, surroundings) { session in
            try part.check(session.loaded.cohort)
            let undertaking = TokenUndertaking(
                session: session, part: part, execution: execution, input: input
            ) { _ in
                try yes
                    || session.console.agrees(
                        "Rotate these tokens?", orElse: "pass --yes to rotate without being asked")
            }
            return try await Procedure(session: session, undertaking: undertaking, execution: execution).run()
        }
    }
}
