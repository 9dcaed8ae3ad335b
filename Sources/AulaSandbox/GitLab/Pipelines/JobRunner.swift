/// What runs a pipeline's jobs; without one they wait for ever, as in a GitLab without runners.
package protocol JobRunner: Sendable {
    func run(_ job: JobRun) async -> JobOutcome
}

/// One job as its runner sees it.
package struct JobRun: Sendable {
    package var id: Int
    /// The repository's folder and the commit to check out.
    package var repository: String
    package var commit: String
    package var script: [String]
    package var afterScript: [String]
    package var variables: [String: String]
    /// Variables whose value is a file's content; the job gets the file's path.
    package var files: [String: String]
    /// Values that the log must not show.
    package var masked: [String]
    /// Whether the script came unchanged from a file of another project, which a team cannot write.
    package var isForeign: Bool
    /// Seconds after which it is ended.
    package var timeout: Int
}

package struct JobOutcome: Sendable {
    package var status: Int
    package var log: String
    /// GitLab's word for why it failed: `script_failure`.
    package var reason: String?

    package init(status: Int, log: String, reason: String? = nil) {
        self.status = status
        self.log = log
        self.reason = reason
    }
}
