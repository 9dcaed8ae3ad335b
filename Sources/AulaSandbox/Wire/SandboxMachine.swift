package import AulaModel
package import Foundation

/// The state machine of one system: answers requests and lets its controllers work, without a socket or a clock.
package protocol SandboxMachine: Sendable {
    /// Answers one request at the time `now`. An unknown route is answered with 501 that names it.
    func respond(to request: SandboxRequest, now: Date) async -> SandboxResponse

    /// Does what the system's controllers would have done by `now`: fills tokens, ends operations, removes
    /// what is being deleted. Called before each request and several times a second.
    func advance(to now: Date) async

    /// The whole state, to be written to the state folder and read back by `init`.
    func snapshot() async -> JSON
}
