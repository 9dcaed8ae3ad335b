package import Foundation

/// Time, as the world outside gives it; a test brings its own.
package struct Timekeeper: Sendable {
    /// The date, for what people and other machines read.
    package var now: @Sendable () -> Date
    /// How long since some fixed moment, on a clock that goes on while the machine is suspended and that nobody sets.
    package var elapsed: @Sendable () -> Duration
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
    }

    /// A stopwatch that starts at zero.
    package func stopwatch() -> @Sendable () -> Duration {
        let begin = elapsed()
        return { [elapsed] in elapsed() - begin }
    }
}
