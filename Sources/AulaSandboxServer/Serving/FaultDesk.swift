import AulaSandbox
import Synchronization

/// The faults in force, which may be changed while the servers run.
final class FaultDesk: Sendable {
    private struct Post {
        var ledger: FaultLedger
        /// The script as it was handed in.
        var text: String
    }

    private let post: Mutex<Post>

    init(_ script: FaultScript) {
        post = Mutex(Post(ledger: FaultLedger(script), text: ""))
    }

    var script: FaultScript { post.withLock { $0.ledger.script } }
    var text: String { post.withLock { $0.text } }

    /// Puts other rules in force, which start counting from nothing.
    func replace(by script: FaultScript, text: String) {
        post.withLock { $0 = Post(ledger: FaultLedger(script), text: text) }
    }

    func fault(for request: SandboxRequest, system: SandboxSystem, cluster: String?) -> Fault? {
        post.withLock { $0.ledger.fault(for: request, system: system, cluster: cluster) }
    }
}
