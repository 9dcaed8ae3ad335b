import Foundation

/// How the sandbox's GitLab is set up: a self-managed instance whose teacher owns one group.
package struct GitLabSettings: Codable, Sendable {
    /// A limit on the requests of one user, announced in the `RateLimit-…` headers of every answer.
    package struct Throttle: Codable, Sendable {
        package var requests: Int
        package var seconds: Int

        package init(requests: Int, seconds: Int) {
            self.requests = requests
            self.seconds = seconds
        }
    }

    /// Personal access tokens: the token's text to the user's name.
    package var tokens: [String: String]
    /// The scheme of the links in answers; their host is the request's.
    package var scheme: String
    /// Whether certificate-based clusters are on; off, their routes answer 404 as GitLab.com's do.
    package var certificateClusters: Bool
    /// Whether a cluster's API may be on the local network, as the sandbox's own clusters are.
    package var localRequests: Bool
    /// Days between marking for deletion and removal.
    package var deletionDays: Int
    /// Whether `permanently_remove` is permitted.
    package var immediateDeletion: Bool
    package var throttle: Throttle
    /// Top-level groups that exist from the start, owned by the teacher.
    package var groups: [String]

    package init(
        tokens: [String: String] = ["glpat-sandbox-teacher": "teacher", "glpat-sandbox-root": "root"],
        scheme: String = "http", certificateClusters: Bool = true, localRequests: Bool = true, deletionDays: Int = 7,
        immediateDeletion: Bool = true, throttle: Throttle = Throttle(requests: 100_000, seconds: 60),
        groups: [String] = ["memo2-fiuba"]
    ) {
        self.tokens = tokens
        self.scheme = scheme
        self.certificateClusters = certificateClusters
        self.localRequests = localRequests
        self.deletionDays = deletionDays
        self.immediateDeletion = immediateDeletion
        self.throttle = throttle
        self.groups = groups
    }
}
