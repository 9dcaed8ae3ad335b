/// What became of the last push to a project's default branch.
package struct PushOutcome: Hashable, Sendable {
    /// In GitLab's word: `success`, `failed`, `running`, `canceled`.
    package var status: String
    /// The jobs that failed, by their names.
    package var failedJobs: [String]
    /// The page of its pipeline.
    package var page: String?

    package init(status: String, failedJobs: [String] = [], page: String? = nil) {
        self.status = status
        self.failedJobs = failedJobs
        self.page = page
    }
}
