import AulaEngine
import AulaModel

/// CI/CD variables of a project; key and environment scope together are unique.
///
/// Body: `key`, `environment_scope`, `variable_type` (env_var or file), `masked`, `protected`, `raw`. Late: `value`
/// (compared in memory; nothing for a hidden one) and `project_id` (not compared). Attributes: the same, and
/// `description` as it is.
struct VariableKind: GitLabPart {
    static let kind = ResourceKind.gitlabVariable
    static let holder = ResourceKind.gitlabProject
    static let list = "variables"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    private static let settings = ["environment_scope", "key", "masked", "protected", "raw", "variable_type"]

    static func observed(_ json: JSON, in holder: GitLabHolder) -> (address: Address, thing: Observed)? {
        guard let key = json["key"]?.string, let scope = json["environment_scope"]?.string else { return nil }
        let address = holder.address.gitlab(kind, key, environment: scope)
        // Anybody may see the value of one that takes nothing secret.
        let isOpen = holder.blueprint[address]?.late.allSatisfy { !$0.secret } == true
        var attributes: JSON = ["description": json["description"] ?? .null]
        for name in settings { attributes[name] = json[name] }
        // Whoever may change variables may have written it: it is hidden, and not scrubbed from other lines.
        var secrets: [[String]: Secret] = [:]
        if let value = json["value"]?.string {
            if isOpen { attributes["value"] = .string(value) } else { secrets[["value"]] = Secret(unlisted: value) }
        }
        let thing = Observed(
            identity: "\(holder.path)/variables/\(key.pathSegment)",
            attributes: attributes, secrets: secrets, mark: MarkedDescription(json["description"]?.string).mark,
            slot: Slot(environment: scope))
        return (address, thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "projects/\(try number("project_id", step))/variables"
        do {
            try await client.write("POST", list, body: body(nil, step))
            return StepResult()
        } catch let failure as GitLabFailure where failure.isTaken {
            let path = "\(list)/\((step.body["key"]?.string ?? "").pathSegment)"
            let scope = Self.filter(step.body)
            let live = try await client.get(path, query: scope)
            try checkOwner(MarkedDescription(live["description"]?.string).mark, step)
            try await client.write("PUT", path, query: scope, body: body(live["description"]?.string, step))
            return StepResult(wasDone: true)
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        let observed = step.change.observed?.attributes ?? .null
        try await client.write(
            "PUT", try path(step), query: Self.filter(observed), body: body(observed["description"]?.string, step))
        return StepResult()
    }

    func release(_ step: Step) async throws -> StepResult {
        let observed = step.change.observed?.attributes ?? .null
        var body: JSON = ["description": .string(MarkedDescription(observed["description"]?.string).text)]
        body["value"] = step.secrets[["value"]].map { .string($0.revealed) } ?? observed["value"]
        try await client.write("PUT", try path(step), query: Self.filter(observed), body: body)
        return StepResult()
    }

    func delete(_ step: Step) async throws -> StepResult {
        do {
            let filter = Self.filter(step.change.observed?.attributes ?? .null)
            try await client.write("DELETE", try path(step), query: filter)
            return StepResult()
        } catch let failure as GitLabFailure where failure.isMissing {
            return StepResult(wasDone: true)
        }
    }

    /// Without it GitLab refuses to choose between scopes.
    private static func filter(_ json: JSON) -> [(name: String, value: String)] {
        [("filter[environment_scope]", json["environment_scope"]?.string ?? "*")]
    }

    private func body(_ old: String?, _ step: Step) -> JSON {
        var body = kept(fields(Self.settings + ["value"], step), step)
        var description = MarkedDescription(old)
        description.mark = step.ownMark
        body["description"] = .string(description.description)
        return body
    }
}
