import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaReport
import AulaTokens

/// Giving pipelines new tokens and revoking the old ones.
struct TokenUndertaking: Undertaking {
    let session: Session
    let part: TokenFilterOptions
    let execution: ExecutionOptions
    let input: CohortOptions
    let confirm: (Plan) throws -> Bool

    var resume: String { ShellWord.line(["aula", "tokens", "rotate"] + input.words + part.words) }
    private var console: Console { session.console }

    func plan() async throws -> (plan: Plan, observation: Observation) {
        let observation = await session.observe(.apply, includesForeign: false)
        try part.checkReadable(observation)
        let names = names(observation)
        guard !names.isEmpty else {
            throw DiagnosticError(
                "there is no token to rotate",
                hint: "`\(ShellWord.line(["aula", "apply"] + input.words))` makes the first ones")
        }
        var plan = Planner.plan(session.loaded.blueprint, observation, PlanOptions(rotating: names))
        // A token whose carrier cannot be read or written stays as it is.
        let blocked = plan.blocked.map { Diagnostic(.error, "\($0.part): \($0.reason)") }
        guard blocked.isEmpty else { throw DiagnosticError(plan.diagnostics + blocked) }
        session.nameTargets(in: &plan, await session.contextAddresses())
        return (plan, observation)
    }

    private func names(_ observation: Observation) -> Set<Address> {
        Set(
            TokenGenerations(session.loaded.blueprint, observation).tokens.filter(
                part.filter(in: session.loaded.cohort)
            ).map(\.name))
    }

    func requireMeans(for plan: Plan) async throws { try await session.requireTrials() }

    func agrees(to plan: Plan) throws -> Bool { try confirm(plan) }

    func finish(without plan: Plan) async -> Outcome { .done }

    func carryOut(_ plan: Plan, _ observation: Observation, in turn: WritingTurn) async throws -> Ending {
        let rotation = TokenRotation(
            session.loaded.blueprint, names(observation),
            observe: { [session] in await session.observe(.apply, includesForeign: false) },
            run: { [session, width = execution.parallelism] plan, observation in
                await session.run(
                    plan, observation, width: width, in: turn, listeners: [session.printer(of: plan)])
            },
            check: { [session] observation, names in await session.tryTokens(observation) { names.contains($0.name) } })
        return .over(report(await rotation.carryOut(plan, observation), turn.interruption))
    }

    private func report(_ result: TokenRotation.Result, _ interruption: Interruption) -> Outcome {
        for failure in result.delivery.failed + (result.revocation?.failed ?? []) {
            console.note("error: \(failure.change.address): \(failure.error)")
        }
        console.print(TokenFindings(result.findings, style: console.style).text)
        if result.isComplete { return .done }
        console.note("The old tokens of what is not done still work; `\(resume)` goes on from here.")
        if result.delivery.interrupted || result.revocation?.interrupted == true {
            return interruption.outcome
        }
        return .error
    }
}
