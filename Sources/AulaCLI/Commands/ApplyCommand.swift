import ArgumentParser
import AulaCost
import AulaModel
import AulaPlanner
import AulaReport

/// Makes the class as the file says.
struct ApplyCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make the class as the cohort file says, and change only what differs.",
        discussion: "Shows the plan and asks. Where nobody can answer, it needs --yes.")

    @OptionGroup var input: CohortOptions
    @OptionGroup var part: FilterOptions
    @OptionGroup var adoption: AdoptionOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var stream: EventOptions
    @OptionGroup var waiting: WaitOptions

    @Flag(name: .shortAndLong, help: "Apply without being asked.")
    var yes = false

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        try await Session.open(input, surroundings) { try await apply($0, surroundings.console) }
    }

    private func apply(_ session: Session, _ console: Console) async throws -> Outcome {
        let findings = part.findings(for: session.loaded.cohort) + session.loaded.capacity
        guard findings.isEmpty else { throw DiagnosticError(findings) }
        try checkBudget(session.loaded, console)
        let undertaking = ClassUndertaking(
            session: session, options: consent.options(.apply, part.filter(in: session.loaded.cohort), adoption),
            execution: execution,
            isStreamed: stream.json,
            resume: ShellWord.line(
                ["aula", "apply"] + input.words + part.words + adoption.words
                    + consent.words),
            wait: ReadinessWait(
                session: session, filter: part.filter(in: session.loaded.cohort), isAskedFor: waiting.wait,
                limit: .seconds(waiting.waitTimeout))
        ) { _ in
            try yes
                || console.agrees("Apply these changes?", orElse: "pass --yes to apply without being asked")
        }
        return try await Procedure(
            session: session, undertaking: undertaking, execution: execution, isStreamed: stream.json
        ).run()
    }

    private func checkBudget(_ loaded: LoadedCohort, _ console: Console) throws {
        let estimate = Estimator.estimate(blueprint: loaded.blueprint, book: loaded.prices)
        guard estimate.isOverBudget, let budget = loaded.cohort.budget else { return }
        let message = "the term costs at least \(estimate.termTotal), the budget is \(budget.money)"
        let hint = "`aula cost \(ShellWord.quoted(input.cohort))` names the largest lines"
        if budget.enforce { throw DiagnosticError(message, hint: hint) }
        let warning = Diagnostic(.warning, message, at: loaded.cohort.positions["budget"], hint: hint)
        console.note(DiagnosticsReport([warning], style: console.errorStyle).text)
    }
}
