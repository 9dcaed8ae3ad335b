import AulaEngine
import AulaModel
import Foundation

/// Deploy tokens of a team's group: read-only access to its registry.
///
/// Body: `name` (carries the mark: `aula:memo2/m2k7q9xd g1-test`), `scopes`, with a term `expires_at`
/// (a day). Late: `group_id` (not compared). Every
/// field is fixed at birth. Outputs: `id`, `username`, and once, from the creation, `token`.
///
/// Names are not unique: after an answer got lost, whatever carries the name is revoked before the next POST.
struct DeployTokenKind: GitLabPart {
    static let kind = ResourceKind.deployToken
    static let holder = ResourceKind.gitlabGroup
    static let list = "deploy_tokens"
    static let query: [(name: String, value: String)] = [("active", "true")]
    static let fixed: Set<String> = ["expires_at", "name", "scopes"]
    let client: GitLabClient
    private let doubts: Doubts

    init(_ session: GitLabSession) { (client, doubts) = (session.client, session.doubts) }

    /// `aula:memo2/m2k7q9xd g1-test`: the group's key, then the environment.
    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)? {
        guard let name = json["name"]?.string, let mark = Mark(line: name),
            mark.isSameEdition(as: holder.blueprint.mark), let label = name.split(separator: " ").last
        else { return nil }
        let key = holder.address.name
        let environment = String(label.hasPrefix("\(key)-") ? label.dropFirst(key.count + 1) : label)
        let address = holder.address.gitlab(kind, environment)
        let wanted = holder.blueprint[address]?.body["expires_at"]?.string
        let thing = Observed(
            identity: "\(holder.path)/deploy_tokens/\(try json.number("id"))",
            attributes: [
                "expires_at": end(of: json, wanted: wanted, at: holder.now), "name": .string(name),
                "scopes": json["scopes"] ?? [],
            ], mark: mark,
            slot: Slot(environment: environment), outputs: try outputs(json))
        return (address, thing)
    }

    /// The day on which it ends; after the end of a term a token counts as right until it has a week left.
    private static func end(of json: JSON, wanted: String?, at now: Date) -> JSON {
        guard let end = (json["expires_at"]?.string?.prefix(10)).map(String.init) else { return .null }
        guard let wanted, wanted < day(now, after: leastDays) else { return .string(end) }
        return end < day(now, after: leastLeft) ? .string("\(end), which is soon") : .string(wanted)
    }

    /// A class that goes on after its term has tokens of so many days.
    private static let leastDays = 30
    private static let leastLeft = 7

    private static func day(_ now: Date, after days: Int) -> String {
        now.addingTimeInterval(Double(days) * 86_400).formatted(.iso8601.year().month().day())
    }

    private static func outputs(_ json: JSON) throws -> [String: Output] {
        var outputs: [String: Output] = ["id": "\(try json.number("id"))"]
        outputs["username"] = json["username"]?.string.map { .plain($0) }
        outputs["token"] = json["token"]?.string.map { .secret(Secret($0)) }
        return outputs
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "groups/\(try number("group_id", step))/deploy_tokens"
        var body = fields(["name", "scopes"], step)
        if let wanted = step.body["expires_at"]?.string {
            let end = max(wanted, Self.day(client.now(), after: Self.leastDays))
            body["expires_at"] = .string("\(end)T00:00:00Z")
        }
        if doubts.settle(step.change.address) { try await revoke(named: step.body["name"], in: list, step) }
        do {
            return StepResult(outputs: try Self.outputs(await client.write("POST", list, body: body)))
        } catch let failure as GitLabFailure {
            if failure.mayBeDone { doubts.raise(step.change.address) }
            throw failure
        }
    }

    private func revoke(named name: JSON?, in list: String, _ step: Step) async throws {
        do {
            for token in try await client.list(list, query: [("active", "true")]) where token["name"] == name {
                try await client.write("DELETE", "\(list)/\(try token.number("id"))")
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
