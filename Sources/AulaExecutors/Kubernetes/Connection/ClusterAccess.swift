import AulaEngine

/// How one gets at a cluster: which kubeconfig leads there, and what people are told of it.
package protocol ClusterAccess: Sendable {
    /// Whether the kubeconfig is the user's own, and stays; else it is fetched for this run.
    var isStanding: Bool { get }
    /// The context that is named; nil for the one that is current.
    var context: String? { get }
    /// `the cluster of context kind`, for sentences.
    var target: String { get }
    /// What to do where the cluster does not accept the credentials.
    var loginHint: String { get }
    /// What to do where it does not answer.
    var silenceHint: String { get }

    /// The options with which kubectl finds the cluster; `kubeconfig` is where this run's own one lies.
    func options(kubeconfig: String) -> [String]

    /// Writes a kubeconfig of this run's own.
    ///
    /// - Throws: `ConnectionFailure`.
    func fetch(to kubeconfig: String) async throws
}

/// A context of the user's kubeconfig.
package struct ContextAccess: ClusterAccess {
    /// Nil for the one that is current.
    private let name: String?

    package init(_ name: String?) { self.name = name }

    package var isStanding: Bool { true }
    package var context: String? { name }
    package var target: String { name.map { "the cluster of context \($0)" } ?? "the cluster of the current context" }
    package var loginHint: String { "log in to the cluster again, or choose another context" }
    package var silenceHint: String { "check that it runs and that this machine can reach it" }

    package func options(kubeconfig: String) -> [String] { name.map { ["--context=\($0)"] } ?? [] }
    package func fetch(to kubeconfig: String) async throws {}
}
