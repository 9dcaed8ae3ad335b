import AulaModel

/// Where others reach the cluster that aula is connected to: what its kubeconfig says, without the credentials.
package struct ClusterAddress: Sendable, Hashable {
    /// The API server's URL.
    package var server: String
    /// The certificates that clients must trust, in PEM; empty where the public ones do.
    package var certificates: String
    /// What the kubeconfig calls the context and its cluster; empty where it does not say.
    package var context = ""
    package var cluster = ""
    /// Fields by which the kubeconfig reaches the server in another way than by its URL and certificates.
    package var detours: [String]

    /// The fields that kubectl follows, and whoever has the address alone cannot.
    static let detourFields = ["proxy-url", "tls-server-name", "insecure-skip-tls-verify"]

    package init(server: String, certificates: String, detours: [String] = []) {
        self.server = server
        self.certificates = certificates
        self.detours = detours
    }

    /// Why aula cannot call the server as a pipeline does; nil where it can.
    package var obstacle: String? {
        detours.isEmpty
            ? nil : "the kubeconfig uses \(detours.joined(separator: " and ")), which aula does not follow"
    }

    /// Whether the kubeconfig lets anybody pass for the server.
    package var isUnchecked: Bool { detours.contains("insecure-skip-tls-verify") }

    /// What other resources may take from the cohort's root ConfigMap.
    var outputs: [String: Output] { ["server": .plain(server), "ca": .plain(certificates)] }
}
