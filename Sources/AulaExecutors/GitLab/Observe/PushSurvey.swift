import AulaModel

/// Reads what became of the last push to a project, for a status.
///
/// What cannot be read is left out: whether a class is as its file says does not hang on it.
struct PushSurvey {
    let client: GitLabClient
    let project: Placed

    func run() async -> Observation {
        let branch = project.json["default_branch"]?.string ?? "main"
        guard
            let last = try? await client.get(
                "\(project.apiPath)/pipelines", query: [("ref", branch), ("per_page", "1")])[0],
            let status = last["status"]?.string
        else { return Observation() }
        var outcome = PushOutcome(status: status, page: last["web_url"]?.string)
        if status == "failed", let id = last["id"]?.int {
            let jobs = try? await client.get("\(project.apiPath)/pipelines/\(id)/jobs", query: [("scope[]", "failed")])
            outcome.failedJobs = (jobs?.array ?? []).compactMap { $0["name"]?.string }
        }
        return Observation(pushes: [project.address: outcome])
    }
}
