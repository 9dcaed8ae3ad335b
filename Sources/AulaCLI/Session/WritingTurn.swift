import AulaEngine
import AulaModel
import AulaTools

/// This run's turn to write, on this machine and everywhere.
struct WritingTurn {
    let shared: Turn
    /// The user's wish, or the loss of the turn: nothing new starts.
    let interruption: Interruption
    private let local: RunLock
    private let gate: WriteGate
    private let loss: Interruption

    /// Whether the turn was lost while this run had it.
    var isLost: Bool { loss.isRequested }

    /// Takes the turn, waiting for another run as long as the user said.
    ///
    /// - Parameters:
    ///   - mark: whose turn.
    ///   - session: where the shared locks live.
    ///   - timeout: how long to wait; zero for not at all.
    /// - Returns: the turn, which has to be ended.
    /// - Throws: `LockHeld` when another run still has it, `DiagnosticError` when that cannot be found out.
    static func begin(of mark: Mark, in session: Session, waiting timeout: Duration) async throws -> WritingTurn {
        let time = session.surroundings.time
        let elapsed = time.stopwatch()
        var isWaiting = false
        while true {
            do {
                return try await take(mark, session)
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

    private static func take(_ mark: Mark, _ session: Session) async throws -> WritingTurn {
        let surroundings = session.surroundings
        let local = try RunLock(
            cohort: mark.id, holder: surroundings.holder, environment: surroundings.environment)
        let (interruption, loss) = (Interruption(), Interruption())
        let shared = Turn(session.locks(of: mark), holder: surroundings.holder, time: surroundings.time) {
            loss.request()
            interruption.request()
        }
        do {
            try await shared.begin()
        } catch {
            local.release()
            throw error
        }
        let gate = session.systems.gate
        gate.guardWrites(by: shared)
        return WritingTurn(shared: shared, interruption: interruption, local: local, gate: gate, loss: loss)
    }

    /// Clears away what a run that died at its very end left in the locks; each is asked once.
    static func clear(_ mark: Mark, in session: Session) async {
        let holder = session.surroundings.holder
        let isLeftOver = await withTaskGroup { group in
            for lock in session.locks(of: mark) {
                group.addTask { await lock.look().map(holder.mayTakeOver) ?? false }
            }
            return await group.contains(true)
        }
        if isLeftOver { await (try? take(mark, session))?.end() }
    }

    func end() async {
        await shared.end()
        gate.guardWrites(by: nil)
        local.release()
    }
}
