import AulaModel
import Foundation

/// Pipelines, jobs and deployments as things of the generic collection.
extension GitLabKind {
    static let pipelines: GitLabKind = GitLabKind(
        path: "pipelines", roles: [.project: Roles(.reporter, .developer, remove: .owner)], keyName: "pipeline_id",
        fields: [],
        filters: [
            .equal("ref"), .equal("sha"), .equal("status"), .equal("source"),
            .words(
                "scope",
                [
                    "running": { thing, _ in thing.text("status") == "running" },
                    "pending": { thing, _ in thing.text("status") == "pending" },
                    "finished": { thing, _ in
                        ["success", "failed", "canceled", "skipped"].contains(thing.text("status"))
                    },
                    "branches": { thing, _ in !thing.flag("tag") }, "tags": { thing, _ in thing.flag("tag") },
                ]),
        ],
        order: GitLabOrder(field: "id", ascending: false, choices: ["id", "status", "ref", "updated_at"]),
        verbs: [.list, .get, .delete],
        render: { gitlab, place, pipeline, json in
            json = gitlab.basic(pipeline, place.holder, place.call)
            guard !place.isList else { return }
            json["tag"] = pipeline["tag"]
            json["yaml_errors"] = pipeline["yaml_errors"]
            json["before_sha"] = .string(String(repeating: "0", count: 40))
            json["user"] = gitlab.users[pipeline.author].map { gitlab.summary($0, base: place.call.base) } ?? .null
            for name in ["started_at", "finished_at"] { json[name] = pipeline[name] }
            for name in ["committed_at", "coverage", "duration", "queued_duration"] { json[name] = .null }
            json["archived"] = false
            let status = pipeline.text("status")
            json["detailed_status"] = [
                "icon": .string("status_\(status)"), "text": .string(status.capitalized), "label": .string(status),
                "group": .string(status), "tooltip": .string(status), "has_details": true,
                "details_path": .string("/\(gitlab.fullPath(place.holder))/-/pipelines/\(pipeline.id)"),
                "illustration": .null, "favicon": .null,
            ]
        },
        removed: { gitlab, place, pipeline in
            gitlab.change("jobs", of: place.holder) { $0.removeAll { $0.parent == pipeline.id } }
        },
        actions: [
            Action(method: "POST", word: "cancel", role: nil) { gitlab, place, pipeline in
                let id = pipeline.id
                for job in gitlab.things("jobs", of: place.holder) where job.parent == id {
                    gitlab.cancel(job, in: place.holder, now: place.call.now)
                }
                gitlab.releaseJobs(of: id, in: place.holder, now: place.call.now)
                return try gitlab.reread(&pipeline, .pipelines, place, 200)
            },
            Action(method: "POST", word: "retry", role: nil) { gitlab, place, pipeline in
                let id = pipeline.id
                for job in gitlab.things("jobs", of: place.holder)
                where job.parent == id && !job.flag("retried") && ["failed", "canceled"].contains(job.text("status")) {
                    _ = gitlab.retry(job, in: place.holder, now: place.call.now)
                }
                return try gitlab.reread(&pipeline, .pipelines, place, 201)
            },
        ])

    static let jobs: GitLabKind = GitLabKind(
        path: "jobs", roles: [.project: Roles(.reporter, .developer)], keyName: "job_id", fields: [],
        filters: [
            GitLabFilter { call, jobs in
                guard let scope = try call.arguments.list("scope"), !scope.isEmpty else { return }
                let words = [
                    "created", "pending", "running", "success", "failed", "canceled", "skipped", "manual", "scheduled",
                    "preparing", "waiting_for_resource", "canceling", "waiting_for_callback",
                ]
                guard scope.allSatisfy(words.contains) else { throw GitLabFailure.invalidValue("scope") }
                jobs.removeAll { !scope.contains($0.text("status")) }
            }
        ],
        order: GitLabOrder(field: "id", ascending: false), verbs: [.list, .get],
        render: { gitlab, place, job, json in
            let pipeline = gitlab.things("pipelines", of: place.holder).first { $0.id == job.parent }
            for name in ["name", "stage", "status", "allow_failure", "started_at", "finished_at", "failure_reason"] {
                json[name] = job[name]
            }
            json["ref"] = pipeline?["ref"] ?? .null
            json["tag"] = pipeline?["tag"] ?? false
            json["commit"] = pipeline?["commit"] ?? .null
            json["pipeline"] = pipeline.map { gitlab.basic($0, place.holder, place.call) } ?? .null
            json["user"] = gitlab.users[job.author].map { gitlab.summary($0, base: place.call.base) } ?? .null
            json["created_at"] = .string(GitLabTime.text(job.createdAt))
            json["web_url"] = gitlab.page(place.holder, "jobs/\(job.id)", place.call)
            json["project"] = ["ci_job_token_scope_enabled": true]
            for name in [
                "coverage", "erased_at", "duration", "queued_duration", "runner", "runner_manager",
                "artifacts_expire_at", "source",
            ] {
                json[name] = .null
            }
            json["artifacts"] = []
            json["tag_list"] = []
            json["archived"] = false
        },
        actions: [
            Action(method: "POST", word: "play", role: nil) { gitlab, place, job in
                guard job.text("status") == "manual" else { throw GitLabFailure.badRequest("Unplayable Job") }
                job["status"] = "pending"
                gitlab.waitingProjects.insert(place.holder.id)
                for variable in place.call.arguments["job_variables_attributes"]?.array ?? [] {
                    if let key = variable["key"]?.string { job.fields[["variables", key]] = variable["value"] }
                }
                gitlab.store(job, "jobs", of: place.holder)
                gitlab.releaseJobs(of: job.parent ?? 0, in: place.holder, now: place.call.now)
                return try gitlab.reread(&job, .jobs, place, 200)
            },
            Action(method: "POST", word: "retry", role: nil) { gitlab, place, job in
                guard ["success", "failed", "canceled"].contains(job.text("status")), !job.flag("retried") else {
                    throw GitLabFailure.forbidden("Job is not retryable")
                }
                let fresh = gitlab.retry(job, in: place.holder, now: place.call.now)
                job["retried"] = true
                return .json(201, gitlab.render(fresh, .jobs, place))
            },
            Action(method: "POST", word: "cancel", role: nil) { gitlab, place, job in
                gitlab.cancel(job, in: place.holder, now: place.call.now)
                gitlab.releaseJobs(of: job.parent ?? 0, in: place.holder, now: place.call.now)
                return try gitlab.reread(&job, .jobs, place, 201)
            },
            Action(method: "POST", word: "erase", role: .maintainer) { _, place, job in
                guard ["success", "failed", "canceled"].contains(job.text("status")) else {
                    throw GitLabFailure.forbidden("Job is not erasable!")
                }
                job["trace"] = ""
                return nil
            },
        ])

    static let deployments: GitLabKind = GitLabKind(
        path: "deployments", roles: [.project: Roles(.reporter, .developer)], keyName: "deployment_id", fields: [],
        filters: [.equal("environment", field: "environment_name"), .equal("status")],
        order: GitLabOrder(field: "id", ascending: true, choices: ["id", "iid", "created_at", "updated_at", "ref"]),
        verbs: [.list, .get], isNumbered: true,
        render: { gitlab, place, deployment, json in
            json = gitlab.render(deployment: deployment, place)
            let environment = gitlab.things("environments", of: place.holder).first {
                $0["name"] == deployment["environment_name"]
            }
            json["environment"] =
                environment.map {
                    [
                        "id": .int($0.id), "name": $0["name"], "slug": .string(slug(of: $0.text("name"))),
                        "external_url": $0["external_url"],
                    ]
                } ?? .null
        })
}

extension GitLabInstance {
    /// Takes over what became of a thing while its own action changed others.
    fileprivate func reread(
        _ thing: inout GitLabThing, _ kind: GitLabKind, _ place: GitLabPlace, _ status: Int
    ) throws -> SandboxResponse {
        let id = thing.id
        if let now = things(kind.path, of: place.holder).first(where: { $0.id == id }) { thing = now }
        return .json(status, render(thing, kind, place))
    }

    fileprivate func render(deployment: GitLabThing, _ place: GitLabPlace) -> JSON {
        let job = things("jobs", of: place.holder).first { $0.id == deployment["job"].int }
        var json: JSON = ["id": .int(deployment.id), "iid": .int(deployment.iid ?? 0)]
        for name in ["ref", "sha", "status"] { json[name] = deployment[name] }
        json["user"] = users[deployment.author].map { summary($0, base: place.call.base) } ?? .null
        json["deployable"] = job.map { render($0, .jobs, place) } ?? .null
        json.stamp(deployment)
        return json
    }

    /// The newest deployment to an environment.
    func lastDeployment(_ environment: GitLabThing, _ place: GitLabPlace) -> JSON {
        let found = things("deployments", of: place.holder).last { $0["environment_name"] == environment["name"] }
        return found.map { render(deployment: $0, place) } ?? .null
    }
}
