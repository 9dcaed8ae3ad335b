package import AulaModel

/// What goes wrong with one request.
package struct Fault: Sendable, Hashable {
    /// Seconds to wait before anything else happens.
    package var delay: Double
    package var outcome: Outcome

    package enum Outcome: Sendable, Hashable {
        /// The request is served as usual, only late.
        case none
        /// The system never sees the request; the client gets this answer.
        case answer(FaultAnswer)
        /// The connection closes before the system sees the request: nothing has happened.
        case dropRequest
        /// The system does what was asked, and the connection closes in place of the answer.
        case dropAnswer
        /// The connection closes after this many bytes of the answer's body; its head promised the whole.
        case cutBody(bytes: Int)
    }

    package init(delay: Double = 0, outcome: Outcome = .none) {
        self.delay = delay
        self.outcome = outcome
    }
}

/// An answer given in place of the system's own.
package struct FaultAnswer: Sendable, Hashable {
    package var status: Int
    package var headers: [String: String]
    /// Sent as JSON, or as plain text when it is a string; nil stands for the system's usual error body.
    package var body: JSON?

    package init(status: Int, headers: [String: String] = [:], body: JSON? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
