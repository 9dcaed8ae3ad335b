package import AulaModel

/// A run's turn to write: it holds every lock that has a home, and renews them until it ends.
///
/// One lock would be enough if all runs saw the same homes. They do not: the first run has no home at all, a stopped
/// cluster hides its Lease, and `--only gitlab` never looks at a cluster. So each run takes what is there, always in
/// the same order, and what comes to be while it runs (the cluster that it makes) is taken with the next beat.
///
/// Whoever was suspended (a closed lid) comes back to a world where others may have worked meanwhile. So a write starts
/// only while the last renewal is so young that its answer comes before the locks lapse, by a clock that goes on during
/// suspension. A run whose locks lapsed, or are somebody else's, or are gone, has lost its turn for good.
package actor Turn {
    /// The traffic of the locks themselves is no write.
    @TaskLocal package static var isLockTraffic = false

    private let holder: LockHolder
    private let time: Timekeeper
    private let onLoss: @Sendable () -> Void
    private var wanted: [any SharedLock]
    private var held: [Held] = []
    /// Locks in what this run takes away and makes again.
    private var left: [any SharedLock] = []
    private var beating: Task<Void, Never>?
    private var proof: Task<Void, Never>?
    /// When the last renewal of all locks began; without a lock, when this run was last known to be awake.
    private var proved: Duration
    private var isLost = false
    /// How many renewals have begun.
    private var renewals = 0

    private struct Held {
        var shared: any SharedLock
        var lock: any HeldLock
        var home: Address { shared.home }
    }

    /// - Parameters:
    ///   - locks: in an order that is the same in every run.
    ///   - holder: this run.
    ///   - time: for the beats, and to notice that the run was suspended.
    ///   - onLoss: called once when the turn turns out to be lost: the run has to stop.
    package init(
        _ locks: [any SharedLock], holder: LockHolder, time: Timekeeper,
        onLoss: @escaping @Sendable () -> Void = {}
    ) {
        wanted = locks
        self.holder = holder
        self.time = time
        self.onLoss = onLoss
        proved = time.elapsed()
    }

    /// Takes the locks; all of them or none.
    ///
    /// - Throws: `LockHeld` when another run has one, `ExecutionError` when one cannot be asked.
    package func begin() async throws {
        proved = time.elapsed()
        do {
            if let note = try await takeWhatIsThere() { throw LockHeld(note) }
        } catch {
            await end()
            throw error
        }
        beating = Task { [weak self, time, holder] in
            while true {
                do { try await time.sleep(holder.terms.beat) } catch { return }
                guard let self, await self.prove() else { return }
            }
        }
    }

    /// Gives everything back; calling it again does nothing.
    package func end() async {
        beating?.cancel()
        // A beat that is under way could take a lock after all were given back.
        await beating?.value
        await proof?.value
        beating = nil
        wanted = []
        for entry in held.reversed() { await giveBack(entry.lock) }
        held = []
    }

    /// Whether a write may start now whose answer is waited for this long.
    ///
    /// A renewal that is too old is made up for here, where the locks have not lapsed yet.
    package func mayWrite(within limit: Duration) async -> Bool {
        guard !isLost else { return false }
        let room = max(holder.terms.life - limit, .zero)
        if time.elapsed() - proved <= room { return true }
        return await prove() && time.elapsed() - proved <= room
    }

    /// Where its locks would live that a plan has yet to make, in their order; none where one lock outlives the plan.
    package func missingHomes(in plan: Plan) -> [Address] {
        let made = Set(plan.changes.filter { $0.action == .create }.map(\.address))
        let stays = held.contains { !made.contains($0.home) }
        return stays ? [] : held.map(\.home) + wanted.map(\.home)
    }

    /// Whether a lock is wanted in a home that is not there yet.
    func waits(for home: Address) -> Bool { wanted.contains { $0.home == home } }

    /// Lets go of the locks in something that this run is about to take away: they go with it.
    package func leave(_ isGoing: (Address) -> Bool) {
        left += held.filter { isGoing($0.home) }.map(\.shared) + wanted.filter { isGoing($0.home) }
        held.removeAll { isGoing($0.home) }
        wanted.removeAll { isGoing($0.home) }
    }

    /// Wants the locks again that it left, now that what they live in has been made again.
    func comeBack(_ isThere: (Address) -> Bool) {
        wanted += left.filter { isThere($0.home) }
        left.removeAll { isThere($0.home) }
    }

    /// Renews every lock, and takes those whose home has come to be.
    ///
    /// - Returns: whether the turn is still ours.
    @discardableResult
    package func prove() async -> Bool {
        let task = Task { [proof, renewals] in
            await proof?.value
            await self.renewAll(after: renewals)
        }
        proof = task
        await task.value
        return !isLost
    }

    /// - Parameter count: how many renewals had begun when it was asked for; a later one will do as well.
    private func renewAll(after count: Int) async {
        guard !isLost, renewals == count else { return }
        renewals += 1
        let began = time.elapsed()
        guard began - proved < holder.terms.life else { return lose() }
        var isProved = true
        for entry in held {
            switch await Self.$isLockTraffic.withValue(true, operation: { await entry.lock.renew() }) {
            case .renewed: break
            // It went with its home while it was asked: that was this run's own doing.
            case .lost where held.contains(where: { $0.home == entry.home }): return lose()
            case .lost: break
            case .unanswered: isProved = false
            }
        }
        // An answer that came too late may have overwritten what somebody else had taken over by then.
        guard time.elapsed() - proved < holder.terms.life else { return lose() }
        if isProved { proved = began }
        // What cannot be asked now can be asked with the next beat.
        if (try? await takeWhatIsThere()) != nil { lose() }
    }

    private func lose() {
        isLost = true
        onLoss()
    }

    /// A home that went meanwhile (the cluster that this run deleted) does not hold up the end: its lock went too.
    private func giveBack(_ lock: any HeldLock) async {
        await withTaskGroup { [time] group in
            group.addTask { await Self.$isLockTraffic.withValue(true) { await lock.release() } }
            group.addTask { try? await time.sleep(Self.patience) }
            await group.next()
            group.cancelAll()
        }
    }

    private static let patience = Duration.seconds(5)

    /// - Returns: who has one of them.
    private func takeWhatIsThere() async throws -> LockNote? {
        var missing: [any SharedLock] = []
        for (index, lock) in wanted.enumerated() {
            let answer = try await Self.$isLockTraffic.withValue(true) { try await lock.acquire(as: holder) }
            switch answer {
            case .taken(let taken): held.append(Held(shared: lock, lock: taken))
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
