import AulaEngine
import AulaModel

/// What one kind of command does within the order that every writing run keeps.
protocol Undertaking {
    /// The command that picks up where this one stopped.
    var resume: String { get }

    /// What would be done now.
    ///
    /// - Throws: `DiagnosticError` where nothing can be planned.
    func plan() async throws -> (plan: Plan, observation: Observation)

    /// What else than missing rights stands in the way of a plan.
    ///
    /// - Throws: `DiagnosticError`.
    func requireMeans(for plan: Plan) async throws

    /// Whether the user agrees to a plan that they have seen.
    ///
    /// - Throws: `DiagnosticError` where nobody can be asked.
    func agrees(to plan: Plan) throws -> Bool

    /// How it ends where there is nothing to write.
    func finish(without plan: Plan) async -> Outcome

    /// Carries out a plan, and says what came of it; called while this run has its turn.
    func carryOut(_ plan: Plan, _ observation: Observation, in turn: WritingTurn) async throws -> Ending

    /// What is left to do once the turn is over and all went well; `before` is what there was at first.
    func afterwards(_ outcome: Outcome, before observation: Observation) async -> Outcome
}

extension Undertaking {
    func requireMeans(for plan: Plan) async throws {}
    func afterwards(_ outcome: Outcome, before observation: Observation) async -> Outcome { outcome }
}

/// How one pass through the procedure ended.
enum Ending {
    case over(Outcome)
    /// It waited for something that hid the rest from it.
    case moreToPlan
}
