package import AulaEngine

/// How long the Kubernetes executor waits for what the cluster does by itself.
package struct Patience: Sendable {
    /// For reads; writes are repeated by whoever walks the plan.
    package var reading: RetryPolicy
    /// For the token controller to fill a Secret.
    package var token: Duration
    /// For an object to go.
    package var removal: Duration
    /// For a namespace and everything in it to go.
    package var namespace: Duration
    /// For a finalizer of somebody's controller in a namespace that is going.
    package var holdUp: Duration
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        reading: RetryPolicy? = nil, token: Duration = .seconds(60),
        removal: Duration = .seconds(120), namespace: Duration = .seconds(600), holdUp: Duration = .seconds(20),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.reading = reading ?? RetryPolicy(attempts: 4, patience: .seconds(30), sleep: sleep)
        self.token = token
        self.removal = removal
        self.namespace = namespace
        self.holdUp = holdUp
        self.sleep = sleep
    }

    /// Looks again and again, first after 100 ms, then less and less often, until there is something to return.
    ///
    /// - Returns: nil when the limit is reached.
    func poll<Value>(
        for limit: Duration, waiting: (Duration) -> Void, _ look: () async throws -> Value?
    ) async throws -> Value? {
        var waited = Duration.zero
        var pause = Duration.milliseconds(100)
        while true {
            if let value = try await look() { return value }
            guard waited < limit else { return nil }
            waiting(waited)
            try await sleep(pause)
            waited += pause
            pause = min(pause * 1.5, .seconds(2))
        }
    }
}
