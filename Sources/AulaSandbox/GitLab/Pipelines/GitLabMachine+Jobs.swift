import AulaModel
import Foundation

/// Jobs are given to the runner, and what becomes of them is noted.
extension GitLabMachine {
    /// How many jobs run at once.
    private static let width = 4

    /// Starts what waits for a runner.
    func startJobs(now: Date) {
        guard let runner else { return }
        while runningJobs.count < Self.width, let (holder, job) = instance.nextJob(now: now) {
            guard let run = instance.begin(job, in: holder, now: now) else { continue }
            runningJobs[job.id] = Task { [weak self] in
                let outcome = await runner.run(run)
                await self?.finish(job.id, in: holder, outcome, hiding: run.masked)
            }
        }
    }

    private func finish(_ job: Int, in holder: GitLabInstance.Holder, _ outcome: JobOutcome, hiding masked: [String]) {
        runningJobs[job] = nil
        var outcome = outcome
        for value in masked { outcome.log = outcome.log.replacing(value, with: "[MASKED]") }
        instance.end(job, in: holder, outcome, now: Date())
    }

    /// Ends what somebody canceled.
    func stopCanceledJobs() {
        guard !runningJobs.isEmpty else { return }
        for (id, task) in runningJobs where instance.isCanceled(id) { task.cancel() }
    }
}

extension GitLabInstance {
    /// The oldest job that may start: no other one holds its resource group.
    mutating func nextJob(now: Date) -> (Holder, GitLabThing)? {
        for project in waitingProjects.sorted() {
            let holder = Holder.project(project)
            let jobs = things("jobs", of: holder)
            let pending = jobs.filter { $0.text("status") == "pending" }
            if pending.isEmpty { waitingProjects.remove(project) }
            let busy = Set(jobs.filter { $0.text("status") == "running" }.compactMap { $0["resource"].string })
            let free = pending.first { job in
                resource(of: job, in: holder).map { !busy.contains($0) } ?? true
            }
            if let free { return (holder, free) }
        }
        return nil
    }

    private func resource(of job: GitLabThing, in holder: Holder) -> String? {
        job["resource_group"].string.map { Self.expanded($0, variables(of: job, in: holder)) }
    }

    /// All variables of a job but the files: the nearest to the job are weaker than those that people set.
    private func variables(of job: GitLabThing, in holder: Holder) -> [String: String] {
        guard let project = projects[holder.id],
            let pipeline = things("pipelines", of: holder).first(where: { $0.id == job.parent })
        else { return [:] }
        var all = pipelineVariables(pipeline, project)
        all["CI_JOB_ID"] = String(job.id)
        all["CI_JOB_NAME"] = job.text("name")
        all["CI_JOB_STAGE"] = job.text("stage")
        all["CI_JOB_STARTED_AT"] = job.text("started_at")
        all["CI_JOB_URL"] = "\(pipeline.text("base"))/\(fullPath(holder))/-/jobs/\(job.id)"
        let own = (job["variables"].object?.members ?? []).map { ($0.key, $0.value.string ?? $0.value.text) }
        let given = (pipeline["given"].array ?? []).map { ($0["key"]?.string ?? "", $0["value"]?.string ?? "") }
        for (key, value) in own { all[key] = Self.expanded(value, all) }
        if let environment = job["environment"]["name"]?.string {
            let name = Self.expanded(environment, all)
            all["CI_ENVIRONMENT_NAME"] = name
            all["CI_ENVIRONMENT_SLUG"] = GitLabKind.slug(of: name)
            all["CI_ENVIRONMENT_ACTION"] = job["environment"]["action"]?.string ?? "start"
            all["CI_ENVIRONMENT_URL"] = Self.expanded(job["environment"]["url"]?.string ?? "", all)
        }
        let secrets = secretVariables(
            holder, environment: all["CI_ENVIRONMENT_NAME"], protected: isProtected(pipeline, holder))
        for secret in secrets where secret.text("variable_type") != "file" {
            all[secret.text("key")] =
                secret.flag("raw") ? secret.text("value") : Self.expanded(secret.text("value"), all)
        }
        for (key, value) in given { all[key] = value }
        return all
    }

    /// Notes that a job runs, with its deployment, and says what its runner needs.
    mutating func begin(_ job: GitLabThing, in holder: Holder, now: Date) -> JobRun? {
        guard let pipeline = things("pipelines", of: holder).first(where: { $0.id == job.parent }) else { return nil }
        var job = job
        job["started_at"] = .string(GitLabTime.text(now))
        job["status"] = "running"
        job["resource"] = resource(of: job, in: holder).map(JSON.string) ?? .null
        let variables = variables(of: job, in: holder)
        if let name = variables["CI_ENVIRONMENT_NAME"] {
            deploy(&job, to: name, pipeline, variables, in: holder, now: now)
        }
        store(job, "jobs", of: holder)
        releaseJobs(of: pipeline.id, in: holder, now: now)
        let secrets = secretVariables(
            holder, environment: variables["CI_ENVIRONMENT_NAME"], protected: isProtected(pipeline, holder))
        let files = secrets.filter { $0.text("variable_type") == "file" }
        return JobRun(
            id: job.id, repository: GitLabMachine.repository(of: holder.id), commit: pipeline.text("sha"),
            script: CIFile.lines(job["script"]), afterScript: CIFile.lines(job["after_script"]), variables: variables,
            files: Dictionary(files.map { ($0.text("key"), $0.text("value")) }) { $1 },
            masked: secrets.filter { $0.flag("masked") }.map { $0.text("value") }, isForeign: job.flag("foreign"),
            timeout: job["timeout"].int ?? projects[holder.id]?.options["build_timeout"]?.int ?? 3600)
    }

    /// An environment comes with the first job that deploys to it.
    private mutating func deploy(
        _ job: inout GitLabThing, to name: String, _ pipeline: GitLabThing, _ variables: [String: String],
        in holder: Holder, now: Date
    ) {
        let action = variables["CI_ENVIRONMENT_ACTION"] ?? "start"
        let url = variables["CI_ENVIRONMENT_URL"] ?? ""
        if var environment = things("environments", of: holder).first(where: { $0["name"] == .string(name) }) {
            if action == "start" { environment["state"] = "available" }
            if action == "start", !url.isEmpty { environment["external_url"] = .string(url) }
            environment.updatedAt = now
            store(environment, "environments", of: holder)
        } else {
            var environment = GitLabThing(author: job.author, createdAt: now, updatedAt: now)
            environment.fields = ["name": .string(name), "state": "available", "auto_stop_setting": "always"]
            environment["external_url"] = url.isEmpty ? .null : .string(url)
            environment["tier"] = job["environment"]["deployment_tier"] ?? .string(GitLabKind.tier(of: name))
            _ = add(environment, "environments", to: holder)
        }
        guard action == "start" else { return }
        var deployment = GitLabThing(author: job.author, createdAt: now, updatedAt: now)
        deployment.fields = ["environment_name": .string(name), "status": "running", "job": .int(job.id)]
        for field in ["ref", "sha"] { deployment[field] = pipeline[field] }
        job["deployment"] = .int(add(deployment, "deployments", to: holder, numbered: true).id)
    }

    /// Notes how a job ended, and lets those that waited for it go on.
    mutating func end(_ id: Int, in holder: Holder, _ outcome: JobOutcome, now: Date) {
        guard var job = things("jobs", of: holder).first(where: { $0.id == id }) else { return }
        job["trace"] = .string(outcome.log)
        job["finished_at"] = .string(GitLabTime.text(now))
        if job.text("status") == "running" {
            job["status"] = outcome.status == 0 ? "success" : "failed"
            job["failure_reason"] = outcome.status == 0 ? .null : .string(outcome.reason ?? "script_failure")
        }
        job.updatedAt = now
        store(job, "jobs", of: holder)
        if var deployment = things("deployments", of: holder).first(where: { $0.id == job["deployment"].int }) {
            deployment["status"] = job["status"]
            deployment.updatedAt = now
            store(deployment, "deployments", of: holder)
        }
        if job["environment"]["action"] == "stop", job.text("status") == "success" {
            stopEnvironment(of: job, in: holder, now: now)
        }
        releaseJobs(of: job.parent ?? 0, in: holder, now: now)
    }

    private mutating func stopEnvironment(of job: GitLabThing, in holder: Holder, now: Date) {
        let name = variables(of: job, in: holder)["CI_ENVIRONMENT_NAME"] ?? ""
        guard var environment = things("environments", of: holder).first(where: { $0["name"] == .string(name) }) else {
            return
        }
        environment["state"] = "stopped"
        environment.updatedAt = now
        store(environment, "environments", of: holder)
    }

    func isCanceled(_ job: Int) -> Bool {
        projects.values.contains { project in
            project.contents.things["jobs"]?.contains { $0.id == job && $0.text("status") == "canceled" } ?? false
        }
    }
}
