import Synchronization

/// The user's wish to stop: set once, read by everyone.
package final class Interruption: Sendable {
    private let requested = Mutex((isRequested: false, byTermination: false))

    package init() {}

    package var isRequested: Bool { requested.withLock { $0.isRequested } }
    /// Whether the system ended the process, not the user with Ctrl-C.
    package var isTermination: Bool { requested.withLock { $0.byTermination } }

    package func request(byTermination: Bool = false) {
        requested.withLock { $0 = (true, $0.byTermination || byTermination) }
    }
}
