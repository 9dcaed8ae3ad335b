/// A run's turn to write: it holds every lock that has a place, and renews them until it ends.
///
/// One lock would be enough if all runs saw the same places. They do not: the first run has no place at all, a stopped
/// cluster hides its Lease, and `--only gitlab` never looks at a cluster. So each run takes what is there, always in
/// the same order, and what comes to be while it runs (the cluster that it makes) is taken with the next beat.
package actor Turn {
    private let holder: LockHolder
    private let sleep: @Sendable (Duration) async throws -> Void
    private let onLoss: @Sendable () -> Void
    private var wanted: [any SharedLock]
    private var held: [any HeldLock] = []
    private var beating: Task<Void, Never>?

    /// - Parameters:
    ///   - locks: in an order that is the same in every run.
    ///   - holder: this run.
    ///   - sleep: between two beats.
    ///   - onLoss: called when somebody else turns out to have the lock: the run has to stop.
    package init(
        _ locks: [any SharedLock], holder: LockHolder,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        onLoss: @escaping @Sendable () -> Void = {}
    ) {
        wanted = locks
        self.holder = holder
        self.sleep = sleep
        self.onLoss = onLoss
    }

    /// Takes the locks; all of them or none.
    ///
    /// - Throws: `LockHeld` when another run has one, `ExecutionError` when one cannot be asked.
    package func begin() async throws {
        do {
            if let note = try await takeWhatIsThere() { throw LockHeld(note) }
        } catch {
            await end()
            throw error
        }
        beating = Task { [weak self, sleep, holder] in
            while true {
                do { try await sleep(holder.terms.beat) } catch { return }
                guard let self, await self.beat() else { return }
            }
        }
    }

    /// Gives everything back; calling it again does nothing.
    package func end() async {
        beating?.cancel()
        // A beat that is under way could take a lock after all were given back.
        await beating?.value
        beating = nil
        wanted = []
        for lock in held.reversed() { await giveBack(lock) }
        held = []
    }

    /// A place that went meanwhile (the cluster that this run deleted) does not hold up the end: its lock went too.
    private func giveBack(_ lock: any HeldLock) async {
        await withTaskGroup { [sleep] group in
            group.addTask { await lock.release() }
            group.addTask { try? await sleep(Self.patience) }
            await group.next()
            group.cancelAll()
        }
    }

    private static let patience = Duration.seconds(5)

    /// - Returns: whether the turn is still ours.
    private func beat() async -> Bool {
        for lock in held where await !lock.renew() {
            onLoss()
            return false
        }
        // What cannot be asked now can be asked with the next beat.
        guard (try? await takeWhatIsThere()) != nil else { return true }
        onLoss()
        return false
    }

    /// - Returns: who has one of them.
    private func takeWhatIsThere() async throws -> LockNote? {
        var missing: [any SharedLock] = []
        for (index, lock) in wanted.enumerated() {
            switch try await lock.acquire(as: holder) {
            case .taken(let lock): held.append(lock)
            case .nowhere: missing.append(lock)
            case .busy(let note):
                wanted = missing + wanted[index...]
                return note
            }
        }
        wanted = missing
        return nil
    }
}
