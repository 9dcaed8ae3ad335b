/// What is known of the cluster that aula is connected to.
package struct ClusterFacts: Sendable, Hashable {
    /// The API server's URL as the kubeconfig names it.
    package var server: String
    /// The certificates that clients must trust, in PEM; empty where the public ones do.
    package var certificates: String
    /// Such as `v1.36.0`; the sandbox says so in it.
    package var version: String

    package init(server: String, certificates: String, version: String) {
        self.server = server
        self.certificates = certificates
        self.version = version
    }

    /// What other resources may take from the cohort's root ConfigMap.
    var outputs: [String: String] { ["server": server, "ca": certificates] }
}
