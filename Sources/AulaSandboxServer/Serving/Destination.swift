import AulaSandbox
import Foundation

/// Where a request goes: which machine of which system, and the request as that machine knows it.
struct Destination: Sendable {
    let system: SandboxSystem
    let cluster: String?
    let request: SandboxRequest

    /// Kubernetes' clusters share a server, each under `/clusters/NAME`.
    init(_ request: SandboxRequest, at system: SandboxSystem) {
        self.system = system
        let parts = request.path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        guard system == .kubernetes, parts.first == "clusters", parts.count > 1 else {
            cluster = nil
            self.request = request
            return
        }
        cluster = parts[1].removingPercentEncoding ?? String(parts[1])
        var inner = request
        inner.path = parts.count > 2 ? "/" + parts[2] : "/"
        self.request = inner
    }

    /// The prefix of a cluster's paths.
    static func prefix(ofCluster name: String) -> String { "/clusters/\(name)" }
}
