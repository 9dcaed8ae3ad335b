import AulaModel
import AulaYAML

/// A pipeline in the words of GitLab.
package enum GitLabPipelineFile {
    /// The class's file for one component: the pipeline itself, which only teachers change.
    ///
    /// - Throws: Yams' error, should a value be beyond YAML.
    package static func shared(_ pipeline: Pipeline) throws -> String {
        let head = """
            # The pipeline of \(pipeline.component), for every team. Written by aula: change it in the cohort file.
            # A team that wants another one replaces the include in its own .gitlab-ci.yml.

            """
        return try head + text(parts(pipeline))
    }

    /// A team's own file: it takes the class's, and what the team writes below is the team's.
    ///
    /// - Parameters:
    ///   - project: the full path of the class's project of pipelines.
    ///   - component: whose pipeline.
    /// - Returns: the text of `.gitlab-ci.yml`.
    /// - Throws: Yams' error, should a value be beyond YAML.
    package static func team(project: String, component: String) throws -> String {
        let include: JSON = [["project": .string(project), "file": .string("/\(component).yml")]]
        let head = """
            # Your pipeline: build, test and deploy as the class does. It is yours: add jobs below, or replace the include.

            """
        return try head + text([("include", include)])
    }

    /// What a reader wants to know first of a job.
    private static let firstKeys = ["stage", "image", "services", "if", "project", "name", "environment", "rules"]

    /// Parts in their order, an empty line between them.
    private static func text(_ parts: [(String, JSON)]) throws -> String {
        try parts.map { key, value in
            try YAML.text(of: .object(JSONObject([(key, value)])), first: firstKeys)
        }.joined(separator: "\n")
    }

    /// The file's parts in their order.
    private static func parts(_ pipeline: Pipeline) -> [(String, JSON)] {
        // One pipeline for a merge request or its branch, not one for each.
        let workflow: JSON = [
            "rules": [
                ["if": #"$CI_PIPELINE_SOURCE == "merge_request_event""#],
                ["if": "$CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS", "when": "never"],
                ["if": "$CI_COMMIT_BRANCH"],
            ]
        ]
        return [("workflow", workflow), ("stages", .array(pipeline.stages.map { .string($0) }))]
            + pipeline.jobs.map { ($0.name, value(of: $0)) }
    }

    private static func value(of job: PipelineJob) -> JSON {
        var value: JSON = [
            "stage": .string(job.stage), "image": image(job.image), "timeout": .string("\(job.limit) minutes"),
            "rules": .array(rules(of: job)),
        ]
        if !job.services.isEmpty { value["services"] = .array(job.services.map { .string($0) }) }
        if !job.variables.isEmpty {
            value["variables"] = .object(
                JSONObject(job.variables.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        if let cache = job.cache {
            value["cache"] = [
                "key": ["files": [.string(cache.of)]], "paths": .array(cache.paths.map { .string($0) }),
            ]
        }
        if let results = job.results, results != PipelineJob.Results() {
            var artifacts: JSON = ["when": "always", "expire_in": "30 days"]
            if !results.paths.isEmpty { artifacts["paths"] = .array(results.paths.map { .string($0) }) }
            if let junit = results.junit { artifacts[["reports", "junit"]] = .string(junit) }
            value["artifacts"] = artifacts
        }
        if let target = job.target {
            value["environment"] = [
                "name": .string(target.environment), "action": target.isDeployment ? "start" : "verify",
            ]
            // Two versions are never brought to one environment at once.
            if target.isDeployment { value["resource_group"] = .string(target.environment) }
        }
        // A newer push may end what only looks; a deployment is never cut off.
        value["interruptible"] = .bool(job.target == nil)
        if let sets = job.sets { value["parallel"] = .int(sets) }
        value["script"] = .array(job.script.map { .string($0) })
        return value
    }

    /// An entrypoint of its own would take the runner's shell for an argument.
    private static func image(_ name: String) -> JSON { ["name": .string(name), "entrypoint": [""]] }

    private static func rules(of job: PipelineJob) -> [JSON] {
        let isDefault: JSON = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
        switch job.trigger {
        case .everyChange: return [["when": "on_success"]]
        case .defaultBranch: return [["if": isDefault]]
        // Allowed to wait for ever: a pipeline whose last step nobody started is green.
        case .byHand: return [["if": isDefault, "when": "manual", "allow_failure": true]]
        }
    }
}
