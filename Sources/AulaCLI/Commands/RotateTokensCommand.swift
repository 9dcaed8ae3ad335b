import ArgumentParser
import AulaEngine
import AulaModel
import AulaPlanner
import AulaReport

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
        let console = surroundings.console
        return try await Session.open(input, surroundings) { session in
            try part.check(session.loaded.cohort)
            return try await rotate(session, console)
        }
    }

    private func rotate(_ session: Session, _ console: Console) async throws -> Outcome {
        let observation = try await look(session)
        let blueprint = session.loaded.blueprint
        let names = Set(
            TokenGenerations(blueprint, observation).tokens.filter(part.includes).map(\.name))
        guard !names.isEmpty else {
            throw DiagnosticError(
                "there is no token to rotate", hint: "`aula apply \(input.cohort)` makes the first ones")
        }
        let (interruption, loss) = (Interruption(), Interruption())
        let rotation = TokenRotation(
            blueprint, names, observe: { await session.observe(.apply, includesForeign: false) },
            run: {
                await session.run(
                    $0, $1, width: execution.parallelism, json: nil, interruption: interruption)
            },
            check: { observation, names in await session.tryTokens(observation) { names.contains($0.name) } })
        let plan = rotation.plan(observation)
        console.print(PlanReport(plan, style: console.style, detail: execution.verbose ? .full : .brief).text)
        try check(plan)
        try await session.requireTrials()
        let obstacles = await session.preflight(plan)
        guard obstacles.isEmpty else { throw DiagnosticError(obstacles) }
        guard try agrees(console) else {
            console.note("Nothing was changed.")
            return .error
        }
        let turn = try await WritingTurn.begin(of: plan.mark, in: session, waiting: execution.patience) {
            loss.request()
            interruption.request()
        }
        do {
            let outcome = try await carryOut(rotation, plan, session, console)
            await turn.end()
            return loss.isRequested ? .locked : outcome
        } catch {
            await turn.end()
            throw error
        }
    }

    /// Reads again, now that nobody else writes, and carries out what was shown.
    private func carryOut(
        _ rotation: TokenRotation, _ plan: Plan, _ session: Session, _ console: Console
    ) async throws -> Outcome {
        let fresh = try await look(session)
        let again = rotation.plan(fresh)
        guard again.signature == plan.signature else {
            console.note("error: the world changed since the plan was made\n  hint: run `\(command)` again")
            return .stalePlan
        }
        return report(await rotation.carryOut(again, fresh), console)
    }

    private var command: String { "aula tokens rotate \(input.cohort)" }

    private func look(_ session: Session) async throws -> Observation {
        let observation = await session.observe(.apply, includesForeign: false)
        try part.checkReadable(observation)
        return observation
    }

    /// Throws for what must not run; a token whose carrier cannot be read or written stays as it is.
    private func check(_ plan: Plan) throws {
        var findings = plan.diagnostics
        findings += plan.blocked.map { Diagnostic(.error, "\($0.part): \($0.reason)") }
        guard !findings.contains(where: { $0.severity == .error }) else { throw DiagnosticError(findings) }
    }

    private func agrees(_ console: Console) throws -> Bool {
        if yes { return true }
        guard console.isInteractive else {
            throw DiagnosticError("nobody is there to answer", hint: "pass --yes to rotate without being asked")
        }
        return console.ask("Rotate these tokens? Only 'yes' is accepted: ") == "yes"
    }

    private func report(_ result: TokenRotation.Result, _ console: Console) -> Outcome {
        for failure in result.delivery.failed + (result.revocation?.failed ?? []) {
            console.note("error: \(failure.change.address): \(failure.error)")
        }
        console.print(TokenFindings(result.findings, style: console.style).text)
        if result.isComplete { return .done }
        console.note("The old tokens of what is not done still work; `\(command)` goes on from here.")
        if result.delivery.interrupted || result.revocation?.interrupted == true { return .interrupted }
        return .error
    }
}
