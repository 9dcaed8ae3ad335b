import AulaEngine
import AulaModel
import AulaPlanner
import AulaReport

/// Making a class as its file says, or taking it down.
struct ClassUndertaking: Undertaking {
    let session: Session
    let options: PlanOptions
    let execution: ExecutionOptions
    /// Whether events go to stdout as NDJSON, and nothing else.
    let isStreamed: Bool
    let resume: String
    /// What to do once everything is applied.
    var wait: ReadinessWait?
    let confirm: (Plan) throws -> Bool

    private var console: Console { session.console }

    func plan() async throws -> (plan: Plan, observation: Observation) { await session.plan(options) }

    func agrees(to plan: Plan) throws -> Bool { try confirm(plan) }

    func finish(without plan: Plan) async -> Outcome {
        if isStreamed { stream(plan).handle(.ended(RunSummary())) }
        return rest(of: plan)
    }

    func carryOut(_ plan: Plan, _ observation: Observation, in turn: WritingTurn) async throws -> Ending {
        let stream = isStreamed ? stream(plan) : nil
        let listener: any RunListener = stream ?? session.printer(of: plan)
        let summary = await session.run(
            plan, observation, width: execution.parallelism, in: turn, listeners: [listener])
        let report = RunReport(summary, purpose: plan.purpose, resume: resume, style: console.style)
        if !isStreamed { console.print(report.text) }
        if summary.interrupted { return .over(turn.interruption.outcome) }
        guard summary.failed.isEmpty else {
            if plan.purpose == .destroy, summary.failed.allSatisfy(\.error.isResidue) { return .over(.residueLeft) }
            return .over(summary.done.isEmpty ? .error : .someGroupsFailed)
        }
        guard plan.purpose == .destroy else { return plan.hidSomething ? .moreToPlan : .over(rest(of: plan)) }
        // Look again: what is left is named, whatever the calls answered.
        let (left, _) = await session.plan(options)
        stream?.lookedAgain(left)
        if !left.isEmpty && !isStreamed {
            console.note("Still there:")
            console.note(PlanReport(left, style: console.errorStyle, detail: .full).text)
        }
        if let staying = PlanReport(plan).staying { console.note("warning: \(staying)") }
        let outcome = left.isEmpty && plan.strays.isEmpty ? rest(of: left) : .residueLeft
        if outcome == .done, !isStreamed { console.print(PlanReport(left, style: console.style).farewell(after: plan)) }
        return .over(outcome)
    }

    /// Once the components are ready, where somebody waits for that; the lock is free by then.
    func afterwards(_ outcome: Outcome, before observation: Observation) async -> Outcome {
        guard outcome == .done, let wait, wait.isWanted(before: observation) else { return outcome }
        return await wait.run(quietly: isStreamed)
    }

    private func stream(_ plan: Plan) -> EventStream {
        EventStream(plan, elapsed: session.surroundings.time.stopwatch(), write: { [console] in console.print($0) })
    }

    /// What a plan without further changes still has to say.
    private func rest(of plan: Plan) -> Outcome {
        if plan.purpose == .destroy, !plan.strays.isEmpty || plan.foreign.contains(where: { !$0.byDeployer }) {
            if let billed = PlanReport(plan, style: console.errorStyle).billed { console.note("warning: \(billed)") }
            return .residueLeft
        }
        // What waits for something else is not the reason.
        guard let first = plan.blocked.first(where: { !$0.isConsequence }) ?? plan.blocked.first else { return .done }
        let more = plan.blocked.count > 1 ? " and \(plan.blocked.count - 1) more" : ""
        console.note(
            "error: \(first.part)\(more) could not be planned: \(first.reason)\n"
                + "  hint: once that is mended, run `\(resume)` again")
        // One team's things hold up nobody else's.
        let teams = Set(plan.blocked.map(\.slot.group))
        let others = Set(session.loaded.blueprint.cohort.groups.map(\.key)).subtracting(teams.compactMap(\.self))
        return !teams.contains(nil) && !others.isEmpty ? .someGroupsFailed : .error
    }
}
