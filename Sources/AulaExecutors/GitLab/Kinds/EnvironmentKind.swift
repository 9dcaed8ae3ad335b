import AulaEngine
import AulaModel

/// Environments of a project; the name is the key and cannot be changed.
///
/// Body: `name`, `tier` (production, staging, testing, development or other). Late: `project_id` (not compared).
/// Attributes: the same, and `description` as it is. Outputs: `id`.
struct EnvironmentKind: GitLabKind {
    let client: GitLabClient

    static func observed(_ json: JSON, project: Int) -> Observed {
        let id = json["id"]?.int ?? 0
        return Observed(
            identity: "projects/\(project)/environments/\(id)",
            attributes: [
                "description": json["description"] ?? .null, "name": json["name"] ?? .null,
                "tier": json["tier"] ?? .null,
            ],
            mark: MarkedDescription(json["description"]?.string).mark, slot: Slot(environment: json["name"]?.string),
            outputs: ["id": "\(id)"])
    }

    func create(_ step: Step) async throws -> StepResult {
        let project = try number("project_id", step)
        var body = fields(["name", "tier"], step)
        body["description"] = .string(description(nil, step))
        do {
            let json = try await client.write("POST", "projects/\(project)/environments", body: body)
            return StepResult(outputs: ["id": "\(json["id"]?.int ?? 0)"])
        } catch let failure as GitLabFailure where failure.isTaken {
            let name = step.body["name"]?.string ?? ""
            let live = try await client.list("projects/\(project)/environments", query: [("name", name)]).first
            try checkOwner(MarkedDescription(live?["description"]?.string).mark, step)
            return StepResult(outputs: ["id": "\(live?["id"]?.int ?? 0)"], wasDone: true)
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        var body = changedFields(["tier"], step)
        body["description"] = .string(description(step.change.observed?.attributes["description"]?.string, step))
        try await client.write("PUT", try path(step), body: body)
        return StepResult(outputs: step.change.observed?.outputs ?? [:])
    }

    func release(_ step: Step) async throws -> StepResult {
        let text = MarkedDescription(step.change.observed?.attributes["description"]?.string).text
        try await client.write("PUT", try path(step), body: ["description": .string(text)])
        return StepResult()
    }

    /// Only a stopped environment can be deleted; `force` leaves out what its stop job would do.
    func delete(_ step: Step) async throws -> StepResult {
        let path = try path(step)
        do {
            try await client.write("POST", "\(path)/stop", body: ["force": true])
            try await client.write("DELETE", path)
            return StepResult()
        } catch let failure as GitLabFailure where failure.isMissing {
            return StepResult(wasDone: true)
        }
    }

    private func description(_ old: String?, _ step: Step) -> String {
        var description = MarkedDescription(old)
        description.mark = step.ownMark
        return description.description
    }
}
