import AulaModel
import Foundation

/// What starts a pipeline.
struct PipelineTrigger {
    var ref: String
    var isTag: Bool
    var sha: String
    var commit: JSON
    var source: String
    var given: [String: String]
    var user: GitLabInstance.User
    var base: String
}

/// Pipelines and their jobs: which may start, and what the whole is like.
extension GitLabInstance {
    /// The newest pipeline of a commit.
    func lastPipeline(of sha: String, in holder: Holder) -> GitLabThing? {
        things("pipelines", of: holder).last { $0["sha"] == .string(sha) }
    }

    /// The short form of a pipeline.
    func basic(_ pipeline: GitLabThing, _ holder: Holder, _ call: GitLabCall) -> JSON {
        var json: JSON = [
            "id": .int(pipeline.id), "iid": .int(pipeline.iid ?? 0), "project_id": .int(holder.id), "name": .null,
        ]
        for name in ["sha", "ref", "status", "source"] { json[name] = pipeline[name] }
        json["web_url"] = page(holder, "pipelines/\(pipeline.id)", call)
        json.stamp(pipeline)
        return json
    }

    /// - Throws: 400 where the file's rules leave no job.
    mutating func addPipeline(
        _ file: CIFile, _ trigger: PipelineTrigger, to project: Project, now: Date
    ) throws -> GitLabThing {
        let holder = Holder.project(project.id)
        var pipeline = GitLabThing(author: trigger.user.id, createdAt: now, updatedAt: now)
        pipeline["ref"] = .string(trigger.ref)
        pipeline["tag"] = .bool(trigger.isTag)
        pipeline["sha"] = .string(trigger.sha)
        pipeline["commit"] = trigger.commit
        pipeline["source"] = .string(trigger.source)
        pipeline["status"] = "created"
        pipeline["base"] = .string(trigger.base)
        pipeline["given"] = .array(
            trigger.given.sorted { $0.key < $1.key }.map {
                ["key": .string($0.key), "value": .string($0.value), "variable_type": "env_var", "raw": false]
            })
        let known = pipelineVariables(pipeline, project).merging(trigger.given) { $1 }
        let plan = CIPlan(file, variables: known)
        if !plan.errors.isEmpty {
            guard trigger.source == "push" else {
                throw GitLabFailure.validation("base", plan.errors.joined(separator: "; "))
            }
            pipeline["yaml_errors"] = .string(plan.errors.joined(separator: "; "))
            pipeline["status"] = "failed"
            return add(pipeline, "pipelines", to: holder, numbered: true)
        }
        // A push that asks for none gets a pipeline without jobs.
        let message = trigger.commit["message"]?.string ?? ""
        if trigger.source == "push", message.contains(/\[(ci[ _-]skip|skip[ _-]ci)\]/.ignoresCase()) {
            pipeline["status"] = "skipped"
            return add(pipeline, "pipelines", to: holder, numbered: true)
        }
        guard !plan.entries.isEmpty else {
            throw GitLabFailure.validation(
                "base",
                "Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being "
                    + "added to the pipeline.")
        }
        pipeline = add(pipeline, "pipelines", to: holder, numbered: true)
        for entry in plan.entries.sorted(by: { stage($0, file) < stage($1, file) }) {
            var job = GitLabThing(parent: pipeline.id, author: trigger.user.id, createdAt: now, updatedAt: now)
            job["name"] = .string(entry.job.name)
            job["stage"] = .string(entry.job.stage)
            job["position"] = .int(stage(entry, file))
            job["status"] = "created"
            job["when"] = .string(entry.when)
            job["allow_failure"] = .bool(entry.allowsFailure)
            job["needs"] = entry.job.needs.map { .array($0.map(JSON.string)) } ?? .null
            job["script"] = .array(entry.job.script.map(JSON.string))
            job["after_script"] = .array(CIFile.lines(entry.job.definition["after_script"]).map(JSON.string))
            job["variables"] = .object(JSONObject(entry.variables.map { ($0.key, .string($0.value)) }))
            job["resource_group"] = entry.job.definition["resource_group"] ?? .null
            let environment = entry.job.definition["environment"]
            job["environment"] = environment?.string.map { ["name": .string($0)] } ?? environment ?? .null
            job["foreign"] = .bool(entry.job.isForeign)
            job["timeout"] = entry.job.timeout.map(JSON.int) ?? .null
            _ = add(job, "jobs", to: holder)
        }
        releaseJobs(of: pipeline.id, in: holder, now: now)
        return things("pipelines", of: holder).first { $0.id == pipeline.id } ?? pipeline
    }

    private func stage(_ entry: CIPlan.Entry, _ file: CIFile) -> Int {
        file.stages.firstIndex(of: entry.job.stage) ?? 0
    }

    private static let ended: Set = ["success", "failed", "canceled", "skipped"]

    /// Lets every job whose turn it is wait for a runner or a person, and sums the pipeline up.
    mutating func releaseJobs(of pipeline: Int, in holder: Holder, now: Date) {
        var changed = true
        while changed {
            changed = false
            let jobs = things("jobs", of: holder).filter { $0.parent == pipeline && !$0.flag("retried") }
            for var job in jobs where job.text("status") == "created" {
                guard let next = turn(of: job, among: jobs) else { continue }
                job["status"] = .string(next)
                if next == "pending" { waitingProjects.insert(holder.id) }
                if next == "pending" { job["queued_at"] = .string(GitLabTime.text(now)) }
                store(job, "jobs", of: holder)
                changed = true
            }
        }
        sumUp(pipeline, in: holder, now: now)
    }

    /// What becomes of a job now; nil while it must wait.
    private func turn(of job: GitLabThing, among jobs: [GitLabThing]) -> String? {
        let before: [GitLabThing]
        if let needs = job["needs"].array?.compactMap(\.string) {
            before = jobs.filter { other in
                needs.contains { other.text("name") == $0 || other.text("name").hasPrefix("\($0) ") }
            }
        } else {
            before = jobs.filter { ($0["position"].int ?? 0) < (job["position"].int ?? 0) }
        }
        let isOver = before.allSatisfy {
            Self.ended.contains($0.text("status")) || ($0.text("status") == "manual" && $0.flag("allow_failure"))
        }
        guard isOver else { return nil }
        let hasFailed = before.contains {
            $0.text("status") == "canceled" || ($0.text("status") == "failed" && !$0.flag("allow_failure"))
                || ($0.text("status") == "skipped" && !$0.flag("allow_failure") && $0.text("when") != "on_failure")
        }
        switch job.text("when") {
        case "always": return "pending"
        case "on_failure": return hasFailed ? "pending" : "skipped"
        case "manual": return hasFailed ? "skipped" : "manual"
        default: return hasFailed ? "skipped" : "pending"
        }
    }

    private mutating func sumUp(_ id: Int, in holder: Holder, now: Date) {
        guard var pipeline = things("pipelines", of: holder).first(where: { $0.id == id }) else { return }
        let jobs = things("jobs", of: holder).filter { $0.parent == id && !$0.flag("retried") }
        let words = Set(
            jobs.filter { !($0.flag("allow_failure") && ["failed", "manual"].contains($0.text("status"))) }.map {
                $0.text("status")
            })
        let status: String
        if words.contains("running") || (words.contains("pending") && !words.isDisjoint(with: Self.ended)) {
            status = "running"
        } else if words.contains("pending") {
            status = "pending"
        } else if words.contains("manual") {
            status = "manual"
        } else if words.contains("failed") {
            status = "failed"
        } else if words.contains("canceled") {
            status = "canceled"
        } else {
            status = words == ["skipped"] ? "skipped" : "success"
        }
        guard pipeline["status"] != .string(status) else { return }
        pipeline["status"] = .string(status)
        pipeline.updatedAt = now
        if pipeline["started_at"] == .null, status == "running" {
            pipeline["started_at"] = .string(GitLabTime.text(now))
        }
        pipeline["finished_at"] = Self.ended.contains(status) ? .string(GitLabTime.text(now)) : .null
        store(pipeline, "pipelines", of: holder)
    }

    /// A new job in the place of one that has ended.
    mutating func retry(_ job: GitLabThing, in holder: Holder, now: Date) -> GitLabThing {
        var old = job
        old["retried"] = true
        store(old, "jobs", of: holder)
        var fresh = job
        fresh.id = 0
        fresh.createdAt = now
        fresh.updatedAt = now
        for name in ["started_at", "finished_at", "trace", "failure_reason", "retried"] { fresh[name] = .null }
        fresh["status"] = "pending"
        waitingProjects.insert(holder.id)
        fresh = add(fresh, "jobs", to: holder)
        for var other in things("jobs", of: holder)
        where other.parent == job.parent && other.text("status") == "skipped" && !other.flag("retried") {
            other["status"] = "created"
            store(other, "jobs", of: holder)
        }
        releaseJobs(of: job.parent ?? 0, in: holder, now: now)
        return things("jobs", of: holder).first { $0.id == fresh.id } ?? fresh
    }

    mutating func cancel(_ job: GitLabThing, in holder: Holder, now: Date) {
        guard !Self.ended.contains(job.text("status")) else { return }
        var job = job
        job["status"] = "canceled"
        job["finished_at"] = .string(GitLabTime.text(now))
        store(job, "jobs", of: holder)
    }
}
