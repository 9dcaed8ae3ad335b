import AulaEngine
import AulaModel
import AulaReport

/// The order of every run that writes: plan, show, look for missing rights, ask, lock, read again, compare, write, look
/// again.
struct Procedure {
    let session: Session
    let undertaking: any Undertaking
    let execution: ExecutionOptions
    /// Whether events go to stdout as NDJSON, and nothing else.
    var isStreamed = false

    private var console: Console { session.console }

    /// Runs the whole procedure.
    ///
    /// - Throws: `DiagnosticError` for a plan that must not run, `LockHeld` when another run is under way.
    func run() async throws -> Outcome {
        // A cluster that was still being made hides what is inside it: once it is settled there is more to plan.
        for _ in 1...Self.rounds {
            if case .over(let outcome) = try await round() { return outcome }
            console.note("What was waited for is there now; looking again.")
        }
        return .error
    }

    /// A resource group that goes, a cluster that comes, what is inside it.
    private static let rounds = 3

    private func round() async throws -> Ending {
        let (plan, observation) = try await undertaking.plan()
        show(plan)
        try check(plan)
        guard !plan.isEmpty else {
            await WritingTurn.clear(plan.mark, in: session)
            return .over(await undertaking.afterwards(undertaking.finish(without: plan), before: observation))
        }
        try await undertaking.requireMeans(for: plan)
        let obstacles = await session.preflight(plan)
        guard obstacles.isEmpty else { throw DiagnosticError(obstacles) }
        guard try undertaking.agrees(to: plan) else {
            console.note("Nothing was changed.")
            return .over(.error)
        }
        let turn = try await WritingTurn.begin(of: plan.mark, in: session, waiting: execution.patience)
        let ending: Ending
        do {
            ending = try await write(plan, turn)
        } catch {
            await turn.end()
            throw error
        }
        await turn.end()
        if turn.isLost { return .over(sayLoss()) }
        guard case .over(let outcome) = ending else { return ending }
        return .over(await undertaking.afterwards(outcome, before: observation))
    }

    /// Reads again, now that nobody else writes, and carries out what was shown.
    private func write(_ plan: Plan, _ turn: WritingTurn) async throws -> Ending {
        let (fresh, observation) = try await undertaking.plan()
        // The run that we waited for did the same.
        if fresh.isEmpty, !fresh.hasErrors {
            show(fresh)
            return .over(await undertaking.finish(without: fresh))
        }
        guard fresh.signature == plan.signature else {
            // What was on its way has arrived between the two looks: that is no surprise.
            if plan.hidSomething { return .moreToPlan }
            console.note(
                "error: the world changed since the plan was made\n  hint: run `\(undertaking.resume)` again")
            return .over(.stalePlan)
        }
        try check(fresh)
        return try await undertaking.carryOut(fresh, observation, in: turn)
    }

    private func sayLoss() -> Outcome {
        console.note(
            "error: this run lost its turn: it did not answer for so long that another one could take over\n"
                + "  hint: see that no other run is at work, then run `\(undertaking.resume)` again")
        return .locked
    }

    /// Throws every error of a plan that must not run, its warnings beside them.
    private func check(_ plan: Plan) throws {
        guard !plan.hasErrors else { throw DiagnosticError(plan.diagnostics) }
    }

    private func show(_ plan: Plan) {
        guard !isStreamed else { return }
        console.print(PlanReport(plan, style: console.style, detail: execution.verbose ? .full : .brief).text)
        if !plan.hasErrors { console.note(session.loaded.warnings + plan.diagnostics) }
    }
}

extension Plan {
    /// Whether it left something out because of a thing that its run waits for.
    var hidSomething: Bool {
        !blocked.isEmpty
            && changes.contains { change in
                switch change.observed?.transition {
                case .inProgress, .leaving: true
                case .failed, nil: false
                }
            }
    }
}
