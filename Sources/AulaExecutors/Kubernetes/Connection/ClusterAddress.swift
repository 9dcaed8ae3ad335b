/// Where others reach the cluster that aula is connected to: what its kubeconfig says, without the credentials.
package struct ClusterAddress: Sendable, Hashable {
    /// The API server's URL.
    package var server: String
    /// The certificates that clients must trust, in PEM; empty where the public ones do.
    package var certificates: String

    package init(server: String, certificates: String) {
        self.server = server
        self.certificates = certificates
    }

    /// What other resources may take from the cohort's root ConfigMap.
    var outputs: [String: String] { ["server": server, "ca": certificates] }
}
