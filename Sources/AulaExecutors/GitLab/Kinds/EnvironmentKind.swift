import AulaEngine
import AulaModel

/// Environments of a project.
///
/// Body: `name`, `tier` (production, staging, testing, development or other). Late: `project_id` (not compared).
/// Attributes: the same, and `description` as it is. Outputs: `id`.
struct EnvironmentKind: NamedPart {
    static let kind = ResourceKind.gitlabEnvironment
    static let list = "environments"
    static let settings = ["tier"]
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func slot(of name: String) -> Slot { Slot(environment: name) }

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
}
