import AulaEngine
import AulaModel
import AulaTools

/// This run's turn to write, on this machine and everywhere.
struct WritingTurn {
    private let local: RunLock
    private let shared: Turn

    /// Takes the turn, waiting for another run as long as the user said.
    ///
    /// - Parameters:
    ///   - mark: whose turn.
    ///   - session: where the shared locks live.
    ///   - timeout: how long to wait; zero for not at all.
    ///   - onLoss: called when another run turns out to have taken over: this one has to stop.
    /// - Returns: the turn, which has to be ended.
    /// - Throws: `LockHeld` when another run still has it, `DiagnosticError` when that cannot be found out.
    static func begin(
        of mark: Mark, in session: Session, waiting timeout: Duration, onLoss: @escaping @Sendable () -> Void
    ) async throws -> WritingTurn {
        let time = session.surroundings.time
        let elapsed = time.stopwatch()
        var isWaiting = false
        while true {
            do {
                return try await take(mark, session, onLoss)
            } catch let held as LockHeld {
                let left = timeout - elapsed()
                guard left > .zero else { throw held }
                if !isWaiting { session.console.note("\(held); waiting until it ends…") }
                isWaiting = true
                try await time.sleep(min(left, .seconds(1)))
            } catch let error as ExecutionError {
                throw DiagnosticError("cannot take the lock: \(error.message)", hint: error.hint)
            }
        }
    }

    private static func take(
        _ mark: Mark, _ session: Session, _ onLoss: @escaping @Sendable () -> Void
    ) async throws -> WritingTurn {
        let (holder, time) = (session.surroundings.holder, session.surroundings.time)
        let local = try RunLock(cohort: mark.id, holder: holder, environment: session.surroundings.environment)
        let shared = Turn(session.locks(of: mark), holder: holder, sleep: time.sleep, onLoss: onLoss)
        do {
            try await shared.begin()
        } catch {
            local.release()
            throw error
        }
        return WritingTurn(local: local, shared: shared)
    }

    /// Clears away what a run that died left in the locks, where nobody has them.
    static func clear(_ mark: Mark, in session: Session) async {
        await (try? take(mark, session, {}))?.end()
    }

    func end() async {
        await shared.end()
        local.release()
    }
}
