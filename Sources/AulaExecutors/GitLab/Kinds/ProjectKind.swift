import AulaEngine
import AulaModel

/// Projects: one repository of a team.
///
/// Body: `name`, `path`, `visibility`, `archived` (false), `forking_access_level` and
/// `ci_allow_fork_pipelines_to_run_in_parent_project`. Written once, from `lifecycle.initial`: for instance
/// `initialize_with_readme`. Late: `namespace_id` (the group's output `id`; not compared). Attributes: the same, and
/// `description` as it is. Outputs: `id`, `path_with_namespace`, `registry` (the prefix of its images), `http_url`,
/// `default_branch` (what it will be, while there is no commit).
struct ProjectKind: DescribedKind {
    static let kind = ResourceKind.gitlabProject
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func observed(_ json: JSON, _ description: MarkedDescription, at address: Address) throws -> Observed {
        try Observed(
            identity: "projects/\(json.number("id"))",
            attributes: [
                "archived": json["archived"] ?? false,
                // A GitLab that does not tell these is not asked to change them.
                "ci_allow_fork_pipelines_to_run_in_parent_project":
                    json["ci_allow_fork_pipelines_to_run_in_parent_project"] ?? false,
                "description": json["description"] ?? .null,
                "forking_access_level": json["forking_access_level"] ?? "disabled",
                "name": json["name"] ?? .null, "path": json["path"] ?? .null,
                "visibility": json["visibility"] ?? .null,
            ],
            mark: description.mark, slot: address.gitlabSlot, outputs: outputs(json), ending: .archive)
    }

    private static let fields = [
        "ci_allow_fork_pipelines_to_run_in_parent_project", "forking_access_level", "name", "path", "visibility",
    ]

    private static func outputs(_ json: JSON) throws -> [String: Output] {
        var outputs: [String: Output] = ["id": "\(json["id"]?.int ?? 0)"]
        outputs["default_branch"] = .plain(json["default_branch"]?.string ?? "main")
        outputs["path_with_namespace"] = json["path_with_namespace"]?.string.map { .plain($0) }
        outputs["registry"] = json["container_registry_image_prefix"]?.string.map { .plain($0) }
        outputs["http_url"] = json["http_url_to_repo"]?.string.map { .plain($0) }
        return outputs
    }

    func create(_ step: Step) async throws -> StepResult {
        var body = fields(Self.fields, step)
        let group = try number("namespace_id", step)
        body["namespace_id"] = .int(group)
        body["description"] = .string(description(step))
        for member in step.change.desired?.lifecycle.initial?.object?.members ?? [] { body[member.key] = member.value }
        do {
            return StepResult(outputs: try Self.outputs(await client.write("POST", "projects", body: body)))
        } catch let failure as GitLabFailure where failure.isTaken {
            let parent = try await client.get("groups/\(group)", query: [("with_projects", "false")])
            let full = "\(parent["full_path"]?.string ?? "")/\(step.body["path"]?.string ?? "")"
            let json = try await client.get("projects/\(full.pathSegment)")
            try checkOwner(MarkedDescription(json["description"]?.string).mark, step)
            return StepResult(outputs: try Self.outputs(json), wasDone: true)
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        let path = try path(step)
        try await restoreIfDeleted(step)
        // An archived project refuses every other write.
        if step.change.observed?.attributes["archived"] == true { try await client.write("POST", "\(path)/unarchive") }
        var body = changedFields(Self.fields, step)
        body["description"] = newDescription(step).map { .string($0) }
        guard body.object?.isEmpty == false else { return StepResult(outputs: step.change.observed?.outputs ?? [:]) }
        return StepResult(outputs: try Self.outputs(await client.write("PUT", path, body: body)))
    }

    func archive(_ step: Step) async throws -> StepResult {
        try await client.write("POST", "\(try path(step))/archive")
        return StepResult()
    }
}
