import AulaEngine
import AulaModel

/// The protection of a project's default branch.
///
/// Body: `push_access_level` and `merge_access_level` (30 Developers, 40 Maintainers, 0 nobody), `allow_force_push`.
/// Late: `name` (the project's output `default_branch`) and `project_id` (not compared). Attributes: the same, with
/// `name`.
///
/// The levels of a rule can be changed on GitLab's paid tiers only: it is taken away and made again.
struct ProtectedBranchKind: GitLabPart {
    static let kind = ResourceKind.protectedBranch
    static let holder = ResourceKind.gitlabProject
    static let list = "protected_branches"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    /// What a level is called that GitLab gives by itself and the file says something else of.
    private static let standard: JSON = "GitLab's own"

    static func concerns(_ holder: GitLabHolder) -> Bool { holder.blueprint.contains(address(in: holder)) }

    private static func address(in holder: GitLabHolder) -> Address { holder.address.gitlab(kind, "default") }

    static func observed(_ json: JSON, in holder: GitLabHolder) -> (address: Address, thing: Observed)? {
        guard let name = json["name"]?.string, name == holder.json["default_branch"]?.string ?? "main" else {
            return nil
        }
        var attributes: JSON = ["name": .string(name), "allow_force_push": json["allow_force_push"] ?? false]
        for verb in ["merge", "push"] { attributes["\(verb)_access_level"] = level(json["\(verb)_access_levels"]) }
        // Whoever names a flow wants it also where nobody ever chose.
        if holder.blueprint.cohort.gitlab?.flow != nil, isStandard(attributes) {
            for verb in ["merge", "push"] { attributes["\(verb)_access_level"] = standard }
        }
        let thing = Observed(
            identity: "\(holder.path)/protected_branches/\(name.pathSegment)", attributes: attributes,
            mark: holder.blueprint.mark, ending: .keep)
        return (address(in: holder), thing)
    }

    /// The lowest level that may; named people count for nobody here, since they are fewer.
    private static func level(_ entries: JSON?) -> JSON {
        let levels = (entries?.array ?? []).filter {
            $0["user_id"]?.int == nil && $0["group_id"]?.int == nil && $0["deploy_key_id"]?.int == nil
        }
        return .int(levels.compactMap { $0["access_level"]?.int }.filter { $0 > 0 }.min() ?? 0)
    }

    /// Maintainers push and merge: so GitLab protects a default branch by itself.
    private static func isStandard(_ attributes: JSON) -> Bool {
        attributes["push_access_level"] == 40 && attributes["merge_access_level"] == 40
            && attributes["allow_force_push"] == false
    }

    /// What a teacher must know of branches on which students can do nothing.
    static func notice(of observation: Observation, _ cohort: Cohort) -> Diagnostic? {
        let closed = observation.present.filter { $0.key.is(kind) && isStandard($0.value.attributes) }.keys.sorted()
        guard let first = closed.first, cohort.gitlab?.flow == nil else { return nil }
        let count = closed.count == 1 ? "1 project" : "\(closed.count) projects"
        let project = first.path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
        return Diagnostic(
            .warning, "only Maintainers may push and merge to the default branch of \(count), such as \(project)",
            at: cohort.positions["gitlab"],
            hint: "write `flow: push` or `flow: mr` under `gitlab:`, and Developers may")
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "projects/\(try number("project_id", step))/protected_branches"
        do {
            try await client.write("POST", list, body: body(step.body, step))
        } catch let failure as GitLabFailure where failure.status == 409 {
            // GitLab protected it with its first commit.
            try await replace("\(list)/\((step.body["name"]?.string ?? "").pathSegment)", in: list, step.body, step)
        }
        return StepResult()
    }

    func update(_ step: Step) async throws -> StepResult {
        let path = try path(step)
        let wanted = kept(step.body, step)
        let changed = Set(step.change.fields.map(\.path))
        guard changed != ["allow_force_push"] else {
            try await client.write("PATCH", path, body: ["allow_force_push": wanted["allow_force_push"] ?? false])
            return StepResult()
        }
        let list = path.split(separator: "/").dropLast().joined(separator: "/")
        try await replace(path, in: list, wanted, step)
        return StepResult()
    }

    private func replace(_ path: String, in list: String, _ wanted: JSON, _ step: Step) async throws {
        try await client.write("DELETE", path)
        try await client.write("POST", list, body: body(wanted, step))
    }

    private func body(_ wanted: JSON, _ step: Step) -> JSON {
        var body: JSON = ["name": step.body["name"] ?? "main"]
        for name in ["allow_force_push", "merge_access_level", "push_access_level"] { body[name] = wanted[name] }
        return body
    }

    func release(_ step: Step) async throws -> StepResult { StepResult(wasDone: true) }
}
