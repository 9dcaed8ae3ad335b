import Synchronization

/// The user's wish to stop: set once, read by everyone.
package final class Interruption: Sendable {
    private let requested = Mutex(false)

    package init() {}

    package var isRequested: Bool { requested.withLock { $0 } }

    package func request() { requested.withLock { $0 = true } }
}
