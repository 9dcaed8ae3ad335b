import AulaModel
import AulaTestSupport
import Foundation
import Synchronization
import Testing

@testable import AulaEngine

/// A run holds every lock that has a place, from the first write to the last.
@Suite struct TurnTests {
    private static let holder = LockHolder(name: "ada@laptop process 1 2", now: { .distantPast })

    /// No beat comes, and no time passes.
    private static let still = Timekeeper(
        now: { .distantPast }, elapsed: { .zero }, sleep: { _ in try await Task.sleep(for: .seconds(600)) })

    @Test func `all locks are taken, and given back in the end`() async throws {
        let (first, second) = (MemoryLock(), MemoryLock())
        let turn = Turn([first, second], holder: Self.holder, time: Self.still)
        try await turn.begin()
        #expect(first.holder == Self.holder.name)
        #expect(second.holder == Self.holder.name)
        await turn.end()
        #expect(first.holder == nil)
        #expect(second.holder == nil)
    }

    @Test func `a lock that another run holds is named, and the others are given back`() async throws {
        let (free, taken) = (MemoryLock(), MemoryLock(holder: "grace@desk process 3 4"))
        let turn = Turn([free, taken], holder: Self.holder, time: Self.still)
        let error = await #expect(throws: LockHeld.self) { try await turn.begin() }
        #expect(error?.holder == "grace@desk process 3 4")
        #expect(free.holder == nil)
        #expect(taken.holder == "grace@desk process 3 4")
    }

    @Test func `a lock that cannot be asked stops the run and leaves nothing behind`() async throws {
        let (free, broken) = (MemoryLock(), MemoryLock())
        broken.fail(ExecutionError("no right"))
        let turn = Turn([free, broken], holder: Self.holder, time: Self.still)
        await #expect(throws: ExecutionError.self) { try await turn.begin() }
        #expect(free.holder == nil)
    }

    @Test func `a place that comes to be during the run is taken with the next beat`() async throws {
        let lock = MemoryLock(exists: false)
        let beats = Beats()
        let turn = Turn([lock], holder: Self.holder, time: beats.time)
        try await turn.begin()
        #expect(lock.holder == nil)
        lock.appear()
        await beats.next()
        await beats.next()
        #expect(lock.holder == Self.holder.name)
        #expect(lock.renewals >= 1)
        await turn.end()
        #expect(lock.holder == nil)
    }

    @Test func `a run whose lock was taken over is told to stop, and leaves the other's alone`() async throws {
        let lock = MemoryLock()
        let beats = Beats()
        let lost = Interruption()
        let turn = Turn([lock], holder: Self.holder, time: beats.time, onLoss: { lost.request() })
        try await turn.begin()
        lock.steal("grace@desk process 3 4")
        await beats.next()
        try await waitUntil("the run is told to stop") { lost.isRequested }
        await turn.end()
        #expect(lock.holder == "grace@desk process 3 4")
    }

    /// A run that holds one lock and whose time the test makes.
    private static func suspended(
        _ use: (MemoryLock, Turn, Beats, Interruption) async throws -> Void
    ) async throws {
        let (lock, beats, lost) = (MemoryLock(), Beats(), Interruption())
        let turn = Turn([lock], holder: holder, time: beats.time, onLoss: { lost.request() })
        try await turn.begin()
        try await use(lock, turn, beats, lost)
        await turn.end()
    }

    @Test func `a write starts while the last renewal is younger than the lock's life less the time-out`() async throws
    {
        try await Self.suspended { lock, turn, beats, _ in
            beats.pass(.seconds(29))
            #expect(await turn.mayWrite(within: .seconds(30)))
            #expect(lock.renewals == 0, "nothing is asked in the ordinary case")
        }
    }

    @Test func `a renewal that is too old is made up for before the write starts`() async throws {
        try await Self.suspended { lock, turn, beats, lost in
            beats.pass(.seconds(45))
            #expect(await turn.mayWrite(within: .seconds(30)))
            #expect(lock.renewals == 1)
            #expect(!lost.isRequested)
        }
    }

    @Test func `a run that was suspended beyond the lock's life writes no more, though nobody took the lock`()
        async throws
    {
        try await Self.suspended { lock, turn, beats, lost in
            beats.pass(.seconds(61))
            #expect(await !turn.mayWrite(within: .seconds(30)))
            #expect(lost.isRequested)
            #expect(await !turn.mayWrite(within: .zero), "a lost turn does not come back")
            #expect(lock.renewals == 0)
        }
    }

    @Test func `a missing lock does not count as still ours`() async throws {
        try await Self.suspended { lock, turn, beats, lost in
            lock.disappear()
            beats.pass(.seconds(45))
            #expect(await !turn.mayWrite(within: .seconds(30)))
            #expect(lost.isRequested)
        }
    }

    @Test func `a server that does not answer costs the turn only when the lock would lapse`() async throws {
        try await Self.suspended { lock, turn, beats, lost in
            lock.fallSilent()
            beats.pass(.seconds(45))
            #expect(await !turn.mayWrite(within: .seconds(30)), "it is not known whether the lock is ours")
            #expect(!lost.isRequested)
            beats.pass(.seconds(20))
            #expect(await !turn.prove())
            #expect(lost.isRequested)
        }
    }

    @Test func `without a lock a suspension is noticed all the same`() async throws {
        let (lock, beats, lost) = (MemoryLock(exists: false), Beats(), Interruption())
        let turn = Turn([lock], holder: Self.holder, time: beats.time, onLoss: { lost.request() })
        try await turn.begin()
        beats.pass(.seconds(61))
        #expect(await !turn.mayWrite(within: .seconds(30)))
        #expect(lost.isRequested)
        await turn.end()
    }

    @Test func `a lock goes with the home that this run takes away`() async throws {
        try await Self.suspended { lock, turn, beats, lost in
            await turn.leave { $0 == lock.home }
            lock.disappear()
            beats.pass(.seconds(45))
            #expect(await turn.mayWrite(within: .seconds(30)))
            #expect(!lost.isRequested)
        }
    }

    @Test func `a lock whose home is taken away and made again is taken again as soon as the home is there`()
        async throws
    {
        try await Self.suspended { lock, turn, _, lost in
            await turn.leave { $0 == lock.home }
            lock.disappear()
            await turn.prove()
            #expect(lock.holder == nil, "nothing is taken in what goes")
            #expect(await !turn.waits(for: lock.home))
            lock.appear()
            await turn.comeBack { $0 == lock.home }
            #expect(await turn.waits(for: lock.home))
            await turn.prove()
            #expect(lock.holder == Self.holder.name)
            #expect(!lost.isRequested)
        }
    }

    @Test func `only a live holder that renewed in time hinders`() {
        let now = Date(timeIntervalSince1970: 1_000)
        let holder = LockHolder(name: "me", isDead: { $0 == "dead" }, now: { now })
        func note(_ name: String, age: TimeInterval) -> LockNote {
            LockNote(holder: name, since: .distantPast, renewed: now.addingTimeInterval(-age))
        }
        #expect(!holder.mayTakeOver(note("other", age: 59)))
        #expect(holder.mayTakeOver(note("other", age: 61)))
        #expect(holder.mayTakeOver(note("dead", age: 0)))
        #expect(holder.mayTakeOver(note("me", age: 0)))
    }
}
