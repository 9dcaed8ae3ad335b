import AulaEngine
import AulaModel

/// Groups: the cohort's own and one for each team.
///
/// Body: `name`, `path`, `visibility`, `project_creation_level`; the cohort's own has `full_path` instead of `path`, and `coordinates`
/// (`name=value` words, kept on the mark's line). Late: `parent_id` (the parent's output `id`; not compared).
/// Attributes: the same, and `description` as it is. Outputs: `id`, `full_path`.
struct GroupKind: DescribedKind {
    static let kind = ResourceKind.gitlabGroup
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func observed(_ json: JSON, _ description: MarkedDescription, at address: Address) throws -> Observed {
        try Observed(
            identity: "groups/\(json.number("id"))",
            attributes: [
                "description": json["description"] ?? .null, "name": json["name"] ?? .null,
                "path": json["path"] ?? .null, "project_creation_level": json["project_creation_level"] ?? "maintainer",
                "visibility": json["visibility"] ?? .null,
            ],
            mark: description.mark, slot: address.gitlabSlot, outputs: try outputs(json), ending: .keep)
    }

    private static func outputs(_ json: JSON) throws -> [String: Output] {
        ["id": "\(try json.number("id"))", "full_path": .plain(json["full_path"]?.string ?? "")]
    }

    func create(_ step: Step) async throws -> StepResult {
        var body = fields(["name", "path", "project_creation_level", "visibility"], step)
        body["description"] = .string(description(step))
        var parent: (id: Int, path: String)?
        if let full = step.body["full_path"]?.string {
            body["path"] = .string(full.split(separator: "/").last.map(String.init) ?? full)
            if let slash = full.lastIndex(of: "/") { parent = try await self.parent(String(full[..<slash])) }
        } else {
            parent = (try number("parent_id", step), "")
        }
        body["parent_id"] = parent.map { .int($0.id) }
        do {
            return StepResult(outputs: try Self.outputs(try await client.write("POST", "groups", body: body)))
        } catch let failure as GitLabFailure where failure.isTaken {
            return try await takeUp(body, parent?.id, step)
        }
    }

    /// The group above the cohort's own has to exist.
    private func parent(_ path: String) async throws -> (Int, String) {
        do {
            let json = try await client.get("groups/\(path.pathSegment)", query: [("with_projects", "false")])
            return (try json.number("id"), path)
        } catch let failure as GitLabFailure where failure.isMissing {
            throw ExecutionError(
                "the group \(path) does not exist at \(client.host), or the token's user may not see it",
                hint: "make it, ask to be its owner, or correct gitlab.group in the cohort file")
        }
    }

    private func takeUp(_ body: JSON, _ parent: Int?, _ step: Step) async throws -> StepResult {
        let name = body["path"]?.string ?? ""
        var full = name
        if let parent {
            full =
                (try await client.get("groups/\(parent)", query: [("with_projects", "false")])["full_path"]?.string
                    ?? "")
                + "/" + name
        }
        let json: JSON
        do {
            json = try await client.get("groups/\(full.pathSegment)", query: [("with_projects", "false")])
        } catch let failure as GitLabFailure where failure.isMissing {
            // Nobody has the path, so it is the name, which siblings may not share.
            throw ExecutionError(
                "\(step.change.address): another group beside it is named \"\(body["name"]?.string ?? name)\" already",
                hint: "change the title (of a team: its name) in the cohort file, or rename the other group")
        }
        try checkOwner(MarkedDescription(json["description"]?.string).mark, step)
        try await client.write(
            "PUT", "groups/\(try json.number("id"))",
            body: fields(["name", "project_creation_level", "visibility"], step))
        return StepResult(outputs: try Self.outputs(json), wasDone: true)
    }

    func update(_ step: Step) async throws -> StepResult {
        try await restoreIfDeleted(step)
        var body = changedFields(["name", "path", "project_creation_level", "visibility"], step)
        body["description"] = newDescription(step).map { .string($0) }
        return StepResult(outputs: try Self.outputs(try await client.write("PUT", try path(step), body: body)))
    }

    func complete(_ description: inout MarkedDescription, _ step: Step) {
        description.coordinates = step.body["coordinates"]?.string ?? ""
    }
}
