import AulaEngine
import Foundation
import Synchronization

/// The time of a world without real time: it goes on with each request, and when somebody waits a little.
///
/// Whoever sleeps for long, as the beat of a lock does, is woken once the others have come so far.
final class WorldClock: Sendable {
    private struct State {
        var elapsed = Duration.seconds(1_000)
        var sleepers: [Int: (until: Duration, wake: CheckedContinuation<Void, Never>)] = [:]
        var count = 0
    }

    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    /// A pause up to here makes the time pass; a longer one waits for it.
    private static let nap = Duration.seconds(4)

    private let state = Mutex(State())

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var now: Date { Self.start.addingTimeInterval(elapsed / .seconds(1)) }

    var timekeeper: Timekeeper {
        Timekeeper(now: { self.now }, elapsed: { self.elapsed }, sleep: { try await self.sleep($0) })
    }

    func pass(_ duration: Duration) { advance(to: elapsed + duration) }

    private func advance(to time: Duration) {
        let woken = state.withLock { state in
            state.elapsed = max(state.elapsed, time)
            let due = state.sleepers.filter { $0.value.until <= state.elapsed }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.map(\.wake)
        }
        for wake in woken { wake.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        let until = elapsed + duration
        guard duration > Self.nap else {
            await Task.yield()
            advance(to: until)
            return try Task.checkCancellation()
        }
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.elapsed < until, !Task.isCancelled else { return true }
                    state.sleepers[number] = (until, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.wake.resume()
        }
        try Task.checkCancellation()
    }
}
