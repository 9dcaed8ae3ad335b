import AulaEngine
import AulaModel

/// Environments of a project; the name is the key and cannot be changed.
///
/// Body: `name`, `tier` (production, staging, testing, development or other). Late: `project_id` (not compared).
/// Attributes: the same, and `description` as it is. Outputs: `id`.
struct EnvironmentKind: GitLabPart {
    static let kind = ResourceKind.gitlabEnvironment
    static let holder = ResourceKind.gitlabProject
    static let list = "environments"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)? {
        guard let name = json["name"]?.string else { return nil }
        let id = try json.number("id")
        let thing = Observed(
            identity: "\(holder.path)/environments/\(id)",
            attributes: [
                "description": json["description"] ?? .null, "name": json["name"] ?? .null,
                "tier": json["tier"] ?? .null,
            ],
            mark: MarkedDescription(json["description"]?.string).mark, slot: Slot(environment: name),
            outputs: ["id": "\(id)"])
        return (holder.address.gitlab(kind, name), thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let project = try number("project_id", step)
        var body = fields(["name", "tier"], step)
        body["description"] = .string(description(nil, step))
        do {
            let json = try await client.write("POST", "projects/\(project)/environments", body: body)
            return StepResult(outputs: ["id": "\(try json.number("id"))"])
        } catch let failure as GitLabFailure where failure.isTaken {
            let name = step.body["name"]?.string ?? ""
            let live = try await client.list("projects/\(project)/environments", query: [("name", name)]).first
            try checkOwner(MarkedDescription(live?["description"]?.string).mark, step)
            return StepResult(outputs: ["id": "\(try (live ?? .null).number("id"))"], wasDone: true)
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
