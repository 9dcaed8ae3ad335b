import AulaEngine
import AulaModel

/// Deploy tokens of a team's group: read-only access to its registry.
///
/// Body: `name` (carries the mark: `aula:memo2/m2k7q9xd g1-test`), `scopes`. Late: `group_id` (not compared). Every
/// field is fixed at birth. Outputs: `id`, `username`, and once, from the creation, `token`.
///
/// Names are not unique: after an answer got lost, whatever carries the name is revoked before the next POST.
struct DeployTokenKind: GitLabKind {
    let client: GitLabClient
    let doubts: Doubts

    static func observed(_ json: JSON, group: Int, in container: Address, slot: Slot) -> Observed {
        let id = json["id"]?.int ?? 0
        return Observed(
            identity: "groups/\(group)/deploy_tokens/\(id)",
            attributes: ["name": json["name"] ?? .null, "scopes": json["scopes"] ?? []],
            mark: json["name"]?.string.flatMap { Mark(line: $0) }, slot: slot,
            outputs: outputs(json), container: container)
    }

    private static func outputs(_ json: JSON) -> [String: Output] {
        var outputs: [String: Output] = ["id": "\(json["id"]?.int ?? 0)"]
        outputs["username"] = json["username"]?.string.map { .plain($0) }
        outputs["token"] = json["token"]?.string.map { .secret(Secret($0)) }
        return outputs
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "groups/\(try number("group_id", step))/deploy_tokens"
        let body = fields(["name", "scopes"], step)
        if doubts.settle(step.change.address) { try await revoke(named: step.body["name"], in: list, step) }
        do {
            return StepResult(outputs: Self.outputs(try await client.write("POST", list, body: body)))
        } catch let failure as GitLabFailure {
            if failure.mayBeDone { doubts.raise(step.change.address) }
            throw failure
        }
    }

    private func revoke(named name: JSON?, in list: String, _ step: Step) async throws {
        do {
            for token in try await client.list(list, query: [("active", "true")]) where token["name"] == name {
                try await client.write("DELETE", "\(list)/\(token["id"]?.int ?? 0)")
            }
        } catch {
            doubts.raise(step.change.address)
            throw error
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        throw ExecutionError("\(step.change.address) cannot be changed, only made again")
    }

    func release(_ step: Step) async throws -> StepResult { try await delete(step) }
}
