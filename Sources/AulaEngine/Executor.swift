package import AulaModel

/// Turns the changes of one system into calls, and its answers into an observation.
package protocol Executor: Sendable {
    var system: System { get }
    /// Which of several sites of its system it is for; nil where there is only one.
    var site: String? { get }

    /// Reads everything in bulk, and never throws: what cannot be read is a gap with its reason.
    func observe(_ request: ObservationRequest) async -> Observation

    /// Carries out one change.
    ///
    /// - Throws: `ExecutionError`, or `CancellationError`.
    /// - Returns: what other resources may take from the result.
    func perform(_ step: Step) async throws -> StepResult

    /// What stands in the way of a plan and can be known before its first write: rights that are missing.
    func preflight(_ plan: Plan) async -> [Diagnostic]

    /// The lock of a cohort among its things in this system; nil where there can be none.
    func lock(of mark: Mark) -> (any SharedLock)?

    /// Forgets the way to its system, which has been made again: another address, other credentials.
    func forget() async

    /// Ends what the executor keeps running.
    func close() async
}

extension Executor {
    package var site: String? { nil }
    package func preflight(_ plan: Plan) async -> [Diagnostic] { [] }
    package func lock(of mark: Mark) -> (any SharedLock)? { nil }
    package func forget() async {}
}

/// What to look at, and how closely.
package struct ObservationRequest: Sendable {
    package var blueprint: Blueprint
    package var purpose: Plan.Purpose
    /// Whether foreign things inside our containers are listed as well (always for a destroy).
    package var includesForeign: Bool
    /// Whether the pods of our workloads are read as well, and what became of the teams' pushes: for a status, and to
    /// wait until they are ready.
    package var includesPods: Bool
    /// What the class's other systems remember of it.
    package var memory = ClassMemory()
    /// What is being read, for progress; may be called from any task.
    package var progress: @Sendable (String) -> Void

    package init(
        blueprint: Blueprint, purpose: Plan.Purpose = .apply, includesForeign: Bool = false,
        includesPods: Bool = false, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.blueprint = blueprint
        self.purpose = purpose
        self.includesForeign = includesForeign
        self.includesPods = includesPods
        self.progress = progress
    }
}

/// One change with everything that its call needs.
package struct Step: Sendable {
    package var change: Change
    /// The desired body with its late fields filled in; empty for a deletion.
    ///
    /// Holds secrets, as the request does that it becomes.
    package var body: JSON
    /// The live fields that no plan holds.
    package var secrets: [[String]: Secret]
    /// The mark to write.
    package var mark: Mark
    /// What is going on, for progress: `waiting for the cluster, 2 min`.
    package var progress: @Sendable (String) -> Void

    package init(
        change: Change, body: JSON, secrets: [[String]: Secret] = [:], mark: Mark,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.change = change
        self.body = body
        self.secrets = secrets
        self.mark = mark
        self.progress = progress
    }
}

/// What a change brought forth.
package struct StepResult: Sendable {
    /// Such as `token` or `id`.
    package var outputs: [String: Output]
    /// The change turned out to be unnecessary: somebody else had done it already.
    package var wasDone: Bool

    package init(outputs: [String: Output] = [:], wasDone: Bool = false) {
        self.outputs = outputs
        self.wasDone = wasDone
    }
}

/// Why a change could not be carried out, in words for the user, without secrets.
package struct ExecutionError: Error, Sendable, CustomStringConvertible {
    package enum Retry: Sendable, Hashable {
        case never
        /// Safe to send again, with growing pauses.
        case backoff
        /// The server said how long.
        case after(Duration)
    }

    package var message: String
    package var hint: String?
    package var retry: Retry
    /// Something is left that others keep: a destroy then ends with 5.
    package var isResidue: Bool

    package init(_ message: String, hint: String? = nil, retry: Retry = .never, isResidue: Bool = false) {
        self.message = message
        self.hint = hint
        self.retry = retry
        self.isResidue = isResidue
    }

    package var description: String { hint.map { "\(message)\n  hint: \($0)" } ?? message }
}
