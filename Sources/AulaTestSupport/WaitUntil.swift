/// Waits until something is so, looking again every few milliseconds.
///
/// - Parameters:
///   - what: what is waited for, for the failure.
///   - limit: how long; then the test fails instead of going on for ever.
///   - pause: from one look to the next.
///   - condition: what has to hold.
/// - Throws: `NeverCame` after the limit, and what the condition throws.
package func waitUntil(
    _ what: String, within limit: Duration = .seconds(120), every pause: Duration = .milliseconds(5),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverCame(what: what, limit: limit) }
        try await Task.sleep(for: pause)
    }
}

/// What was waited for did not happen in time.
package struct NeverCame: Error, CustomStringConvertible {
    package var what: String
    package var limit: Duration

    package var description: String { "not within \(limit.components.seconds) s: \(what)" }
}
