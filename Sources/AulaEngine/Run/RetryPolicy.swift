/// How often and how long to wait before the same call is sent again.
package struct RetryPolicy: Sendable {
    package var attempts: Int
    package var first: Duration
    package var longest: Duration
    /// The longest pause that a server may ask for; beyond it the step fails and says when to come back.
    package var patience: Duration
    /// A number in 0..<1; the real one is random, so that many runs do not knock at the same moment.
    package var jitter: @Sendable () -> Double
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        attempts: Int = 5, first: Duration = .milliseconds(250), longest: Duration = .seconds(10),
        patience: Duration = .seconds(120),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
        self.patience = patience
        self.jitter = jitter
        self.sleep = sleep
    }

    /// The pause after the given failed attempt (from 1), or nil to give up.
    package func pause(after attempt: Int, retry: ExecutionError.Retry) -> Duration? {
        guard attempt < attempts else { return nil }
        switch retry {
        case .never: return nil
        case .after(let asked): return asked <= patience ? asked + .milliseconds(Int(jitter() * 100)) : nil
        case .backoff:
            let grown = first * Int(1 << min(attempt - 1, 16))
            return min(grown, longest) * (0.5 + jitter() / 2)
        }
    }

    /// Runs an operation again while its error says that this is safe.
    package func run<Value: Sendable>(
        onRetry: @Sendable (String, Duration) -> Void = { _, _ in },
        _ operation: @Sendable () async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await operation()
            } catch let error as ExecutionError {
                guard let pause = pause(after: attempt, retry: error.retry) else { throw error }
                onRetry(error.message, pause)
                try await sleep(pause)
                attempt += 1
            }
        }
    }
}
