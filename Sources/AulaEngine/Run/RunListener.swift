/// Follows a run as it happens: a terminal, a stream of events, a journal, a page.
package protocol RunListener: Sendable {
    func handle(_ event: RunEvent)

    /// The user asked to stop, and what is in flight still finishes.
    func stopping()

    /// Time has passed, a few times a second while somebody watches.
    func tick()
}

extension RunListener {
    package func stopping() {}
    package func tick() {}
}
