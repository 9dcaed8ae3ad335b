import AulaEngine
import AulaModel
import AulaPlanner
import AulaReport

/// The order of every run that writes: plan, show, look for missing rights, ask, lock, read again, compare, write, look
/// again.
struct Procedure {
    let session: Session
    let options: PlanOptions
    let execution: ExecutionOptions
    /// Whether events go to stdout as NDJSON, and nothing else.
    let isStreamed: Bool
    /// The command that picks up where this one stopped.
    let resume: String
    /// What to do once everything is applied.
    var wait: ReadinessWait?

    private var console: Console { session.console }

    /// Runs the whole procedure; `confirm` asks the user once they have seen the plan.
    ///
    /// Throws a `DiagnosticError` for a plan that must not run, `LockHeld` when another run is under way.
    func run(confirm: (Plan) throws -> Bool) async throws -> Outcome {
        // A cluster that was still being made hides what is inside it: once it is settled there is more to plan.
        for _ in 1..<Self.rounds {
            if let outcome = try await round(confirm: confirm) { return outcome }
            console.note("What was waited for is there now; looking again.")
        }
        return try await round(confirm: confirm) ?? .error
    }

    /// A resource group that goes, a cluster that comes, what is inside it.
    private static let rounds = 3

    /// One pass; nil when it waited for something that hid the rest from it.
    private func round(confirm: (Plan) throws -> Bool) async throws -> Outcome? {
        let (plan, observation) = await session.plan(options)
        show(plan)
        try check(plan)
        guard !plan.isEmpty else {
            // What is taken down must not leave the lock of a run behind that died at the very end.
            if plan.purpose == .destroy { await WritingTurn.clear(plan.mark, in: session) }
            return await waited(finish(plan), before: observation)
        }
        let obstacles = await session.preflight(plan)
        guard obstacles.isEmpty else { throw DiagnosticError(obstacles) }
        guard try confirm(plan) else {
            console.note("Nothing was changed.")
            return .error
        }
        let (interruption, loss) = (Interruption(), Interruption())
        let turn = try await WritingTurn.begin(of: plan.mark, in: session, waiting: execution.patience) {
            loss.request()
            interruption.request()
        }
        let outcome: Outcome?
        do {
            outcome = try await write(plan, interruption)
        } catch {
            await turn.end()
            throw error
        }
        await turn.end()
        guard loss.isRequested else {
            guard let outcome else { return nil }
            return await waited(outcome, before: observation)
        }
        console.note(
            "error: another run took over this cohort while this one did not answer, so this one stopped\n"
                + "  hint: when that one has ended, run `\(resume)` again")
        return .locked
    }

    /// The outcome once the components are ready, where somebody waits for that; the lock is free by then.
    private func waited(_ outcome: Outcome, before observation: Observation) async -> Outcome {
        guard outcome == .done, let wait, wait.isWanted(before: observation) else { return outcome }
        return await wait.run(quietly: isStreamed)
    }

    /// Reads again, now that nobody else writes, and carries out what was shown; nil where there is more to plan now.
    private func write(_ plan: Plan, _ interruption: Interruption) async throws -> Outcome? {
        let (fresh, observation) = await session.plan(options)
        // The run that we waited for did the same.
        if fresh.isEmpty, !fresh.hasErrors {
            show(fresh)
            return finish(fresh)
        }
        guard fresh.signature == plan.signature else {
            // What was on its way has arrived between the two looks: that is no surprise.
            if hidSomething(plan) { return nil }
            console.note("error: the world changed since the plan was made\n  hint: run `\(resume)` again")
            return .stalePlan
        }
        try check(fresh)
        let summary = await session.run(
            fresh, observation, width: execution.parallelism, json: stream(fresh), interruption: interruption)
        return try await end(fresh, summary)
    }

    /// A run that has nothing to write.
    private func finish(_ plan: Plan) -> Outcome {
        stream(plan)?.handle(.ended(RunSummary()))
        return rest(of: plan)
    }

    private func stream(_ plan: Plan) -> EventStream? {
        guard isStreamed else { return nil }
        return EventStream(plan, elapsed: session.surroundings.time.stopwatch(), write: { console.print($0) })
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

    private func end(_ plan: Plan, _ summary: RunSummary) async throws -> Outcome? {
        let report = RunReport(summary, purpose: plan.purpose, resume: resume, style: console.style)
        if !isStreamed { console.print(report.text) }
        if summary.interrupted { return .interrupted }
        guard summary.failed.isEmpty else {
            return summary.done.isEmpty ? .error : .someGroupsFailed
        }
        guard plan.purpose == .destroy else { return hidSomething(plan) ? nil : rest(of: plan) }
        // Look again: what is left is named, whatever the calls answered.
        let (left, _) = await session.plan(options)
        if !left.isEmpty && !isStreamed {
            console.note("Still there:")
            console.note(PlanReport(left, style: console.errorStyle, detail: .full).text)
        }
        return left.isEmpty ? rest(of: left) : .residueLeft
    }

    /// Whether a plan left something out because of a thing that this run has waited for.
    private func hidSomething(_ plan: Plan) -> Bool {
        !plan.blocked.isEmpty
            && plan.changes.contains { change in
                switch change.observed?.transition {
                case .inProgress, .leaving: true
                case .failed, nil: false
                }
            }
    }

    /// What a plan without further changes still has to say.
    private func rest(of plan: Plan) -> Outcome {
        if plan.purpose == .destroy, plan.foreign.contains(where: { !$0.byDeployer }) {
            if let billed = PlanReport(plan, style: console.errorStyle).billed { console.note("warning: \(billed)") }
            return .residueLeft
        }
        // What waits for something else is not the reason.
        guard let first = plan.blocked.first(where: { !$0.isConsequence }) ?? plan.blocked.first
        else { return .done }
        let others = plan.blocked.count > 1 ? " and \(plan.blocked.count - 1) more" : ""
        console.note(
            "error: \(first.part)\(others) could not be planned: \(first.reason)\n"
                + "  hint: once that is mended, run `\(resume)` again")
        return .error
    }
}
