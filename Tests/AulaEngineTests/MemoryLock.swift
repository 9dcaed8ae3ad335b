import AulaModel
import AulaTestSupport
import Foundation
import Synchronization

@testable import AulaEngine

/// A lock in memory.
final class MemoryLock: SharedLock {
    private struct State {
        var exists: Bool
        var holder: String?
        var renewals = 0
        var failure: ExecutionError?
        var isSilent = false
    }

    let home = Address.namespace("demo-aula")

    private let state: Mutex<State>

    init(exists: Bool = true, holder: String? = nil) {
        state = Mutex(State(exists: exists, holder: holder))
    }

    var holder: String? { state.withLock { $0.holder } }
    var renewals: Int { state.withLock { $0.renewals } }

    func look() async -> LockNote? {
        holder.map { LockNote(holder: $0, since: .distantPast, renewed: .distantFuture) }
    }
    func appear() { state.withLock { $0.exists = true } }
    func fallSilent() { state.withLock { $0.isSilent = true } }
    func disappear() { state.withLock { $0.holder = nil } }
    func steal(_ name: String) { state.withLock { $0.holder = name } }
    func fail(_ error: ExecutionError) { state.withLock { $0.failure = error } }

    func acquire(as holder: LockHolder) async throws -> LockAnswer {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard state.exists else { return .nowhere }
            if let other = state.holder {
                return .busy(LockNote(holder: other, since: .distantPast, renewed: .distantFuture))
            }
            state.holder = holder.name
            return .taken(Held(lock: self, name: holder.name))
        }
    }

    private struct Held: HeldLock {
        let lock: MemoryLock
        let name: String

        func renew() async -> Renewal {
            lock.state.withLock { state in
                state.renewals += 1
                guard !state.isSilent else { return .unanswered }
                return state.holder == name ? .renewed : .lost
            }
        }

        func release() async {
            lock.state.withLock { if $0.holder == name { $0.holder = nil } }
        }
    }
}

/// A clock whose beats the test gives.
final class Beats: Sendable {
    private let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    private let asleep = Mutex(0)

    private let elapsed = Mutex(Duration.zero)

    var time: Timekeeper {
        Timekeeper(now: { .distantPast }, elapsed: { [self] in elapsed.withLock { $0 } }, sleep: sleep)
    }

    func pass(_ duration: Duration) { elapsed.withLock { $0 += duration } }

    private var sleep: @Sendable (Duration) async throws -> Void {
        { [self] _ in
            asleep.withLock { $0 += 1 }
            var iterator = stream.makeAsyncIterator()
            guard await iterator.next() != nil else { throw CancellationError() }
        }
    }

    /// Ends one pause and returns when the next one begins or the run was told to stop.
    func next() async {
        let before = asleep.withLock { $0 }
        continuation.yield()
        for _ in 1...10_000 where asleep.withLock({ $0 }) == before { await Task.yield() }
    }
}
