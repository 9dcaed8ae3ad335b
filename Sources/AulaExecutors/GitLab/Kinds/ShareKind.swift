import AulaEngine
import AulaModel

/// The class's own project as each team may read it.
///
/// Body: `group_access` (20 is Reporter, the least that may include a file). Late: `group_id`, `project_id` (not
/// compared).
struct ShareKind: GitLabPart {
    static let kind = ResourceKind.gitlabShare
    static let holder = ResourceKind.gitlabProject
    static let list = "share"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func concerns(_ holder: GitLabHolder) -> Bool { holder.address == holder.blueprint.cohort.pipelinesProject }

    /// Only a project's long form tells whom it is shared with.
    static func entries(of holder: GitLabHolder, _ client: GitLabClient) async throws -> [JSON] {
        try await client.get(holder.path)["shared_with_groups"]?.array ?? []
    }

    /// Groups of others that it is shared with are theirs.
    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)? {
        let id = try json.number("group_id")
        guard let group = holder.groups[id] else { return nil }
        let thing = Observed(
            identity: "\(holder.path)/share/\(id)", attributes: ["group_access": json["group_access_level"] ?? .null],
            mark: holder.blueprint.mark)
        return (holder.address.gitlab(kind, group.name), thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let share = "projects/\(try number("project_id", step))/share"
        var body = fields(["group_access"], step)
        body["group_id"] = .int(try number("group_id", step))
        do {
            try await client.write("POST", share, body: body)
            return StepResult()
        } catch let failure as GitLabFailure where failure.status == 409 {
            return StepResult(wasDone: true)
        }
    }

    /// A share cannot be changed, only made again.
    func update(_ step: Step) async throws -> StepResult {
        _ = try await delete(step)
        return try await create(step)
    }

    func release(_ step: Step) async throws -> StepResult { StepResult(wasDone: true) }
}
