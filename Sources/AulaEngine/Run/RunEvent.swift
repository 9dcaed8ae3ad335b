package import AulaModel

/// What happens during a run, as it happens; printers are its consumers.
package enum RunEvent: Sendable {
    case began(total: Int)
    case started(Change)
    case progress(Address, String)
    case retrying(Address, reason: String, after: Duration)
    case finished(Change, elapsed: Duration)
    case failed(Change, ExecutionError)
    /// Not started, because something it needs failed or was skipped.
    case skipped(Change, because: Address)
    /// The user asked to stop: nothing new starts.
    case interrupted
    case ended(RunSummary)
}

/// How a run ended.
package struct RunSummary: Sendable {
    package struct Failure: Sendable {
        package var change: Change
        package var error: ExecutionError

        package init(change: Change, error: ExecutionError) {
            self.change = change
            self.error = error
        }
    }

    package var done: [Change]
    package var failed: [Failure]
    package var skipped: [Change]
    /// Never begun because the run was interrupted.
    package var notStarted: [Change]
    package var interrupted: Bool
    /// What was under way was not even finished: the user asked twice.
    package var wasCut = false
    package var elapsed: Duration

    package init(
        done: [Change] = [], failed: [Failure] = [], skipped: [Change] = [], notStarted: [Change] = [],
        interrupted: Bool = false, elapsed: Duration = .zero
    ) {
        self.done = done
        self.failed = failed
        self.skipped = skipped
        self.notStarted = notStarted
        self.interrupted = interrupted
        self.elapsed = elapsed
    }

    package var succeeded: Bool { failed.isEmpty && skipped.isEmpty && !interrupted }
}
