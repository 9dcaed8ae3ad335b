import AulaEngine

/// How long to wait for Azure's long operations, and how often to look.
package struct AzurePatience: Sendable {
    /// Creating a cluster takes 4 to 10 minutes, and now and then half an hour.
    package var limit: Duration
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        limit: Duration = .seconds(3600),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.limit = limit
        self.sleep = sleep
    }

    /// What a look showed.
    enum Look<Value: Sendable>: Sendable {
        case done(Value)
        /// What is going on, for progress.
        case notYet(String)
    }

    /// Looks again and again, first after a second, then less and less often, up to every 15 seconds.
    ///
    /// A look that fails for a reason that may pass is taken again; five in a row end it.
    func wait<Value: Sendable>(
        _ progress: @Sendable (String) -> Void, _ look: () async throws -> Look<Value>
    ) async throws -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        var pause = Duration.seconds(1)
        var failures = 0
        while true {
            do {
                switch try await look() {
                case .done(let value): return value
                case .notYet(let what): progress("\(what), \(Self.text(clock.now - start))")
                }
                failures = 0
            } catch let error as ExecutionError where error.retry != .never && failures < 4 {
                failures += 1
            }
            guard clock.now - start < limit else {
                throw ExecutionError(
                    "Azure is still at work after \(Self.text(limit))",
                    hint: "run the same command again: it waits on from here")
            }
            try await sleep(pause)
            pause = min(pause * 1.5, .seconds(15))
        }
    }

    /// `40 s`, `2 min`.
    private static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min"
    }
}
