import AulaEngine
import AulaModel

/// The first commit of a team's project: a starter's files, all or none.
///
/// Late, and given by whoever read the files: `actions` (as the commits API takes them, in JSON); `project_id` (neither
/// is compared). It is there as soon as the repository has any commit: what a team has is never touched.
struct FirstCommitKind: GitLabPart {
    static let kind = ResourceKind.firstCommit
    static let holder = ResourceKind.gitlabProject
    static let list = "repository/commits"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func concerns(_ cohort: Cohort) -> Bool { cohort.components.contains { $0.starter != nil } }

    /// The project itself says whether it has a commit; one that does not say counts as having one.
    static func entries(of holder: GitLabHolder, _ client: GitLabClient) -> [JSON] {
        holder.json["empty_repo"] == true ? [] : [holder.json]
    }

    static func observed(_ json: JSON, in holder: GitLabHolder) -> (address: Address, thing: Observed)? {
        let address = holder.address.gitlab(kind, "main")
        guard holder.blueprint.contains(address) else { return nil }
        let thing = Observed(
            identity: holder.path, attributes: .object(JSONObject()), mark: holder.blueprint.mark, ending: .keep)
        return (address, thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let project = "projects/\(try number("project_id", step))"
        // A team may have been quicker, or the answer of an earlier attempt was lost.
        guard try await client.get(project)["empty_repo"] == true else { return StepResult(wasDone: true) }
        guard let actions = try step.body["actions"]?.string.map({ try JSON(parsing: $0) }) else {
            throw ExecutionError("\(step.change.address): the starter's files are missing")
        }
        try await client.write(
            "POST", "\(project)/repository/commits",
            body: [
                "branch": "main", "actions": actions,
                // Nobody's minutes are spent before the team pushes.
                "commit_message": "What your project begins with\n\n[skip ci]",
            ])
        return StepResult()
    }

    func update(_ step: Step) async throws -> StepResult { StepResult(wasDone: true) }
    func release(_ step: Step) async throws -> StepResult { StepResult(wasDone: true) }
}
