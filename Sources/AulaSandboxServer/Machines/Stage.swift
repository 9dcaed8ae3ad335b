import AulaSandbox
import Foundation
import Synchronization

/// Where the servers find the machines, which can only be made once the servers' ports are known.
final class Stage: Sendable {
    private struct State {
        var machines: Machines?
        var lastWrite = Date.distantPast
    }

    private let state = Mutex(State())

    /// Nil until every server listens.
    var machines: Machines? {
        get { state.withLock { $0.machines } }
        set { state.withLock { $0.machines = newValue } }
    }

    /// When a request last came that may have changed something.
    var lastWrite: Date { state.withLock { $0.lastWrite } }

    func noteRequest(_ request: SandboxRequest) {
        guard !["GET", "HEAD"].contains(request.method) else { return }
        state.withLock { $0.lastWrite = Date() }
    }
}
