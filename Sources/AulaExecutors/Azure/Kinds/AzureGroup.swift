import AulaEngine
import AulaModel

/// The resource group.
///
/// Body: `location` (fixed), `tags` (the cohort's coordinates; compared one by one). Attributes: the same, with all
/// live tags. Outputs: `id`, `location`.
struct AzureGroup: AzureKind {
    static let kind = ResourceKind.resourceGroup
    let client: AzureClient
    let address: Address
    private let patience: AzurePatience
    private let name: String

    init(_ session: AzureSession) {
        (client, patience) = (session.client, session.patience)
        (address, name) = (session.group, session.site.resourceGroup)
    }

    func show() async throws -> JSON? {
        let answer = try await client.call(
            [
                "group", "show", "--name", name, "--query",
                "{id:id,location:location,tags:tags,state:properties.provisioningState}",
            ])
        guard case .found(let json) = answer else { return nil }
        return json
    }

    func observed(_ json: JSON, desired: JSON?) -> Observed {
        Observed(
            identity: json["id"]?.string ?? "",
            attributes: [
                "location": AzureSpelling.location(json["location"], desired?["location"]),
                "tags": json["tags"]?.object.map { .object($0) } ?? .object(JSONObject()),
            ],
            mark: AzureTags.mark(in: json["tags"]), outputs: Self.outputs(json), fixed: ["location"],
            transition: json["state"]?.string == "Deleting" ? .leaving("Deleting") : nil)
    }

    private static func outputs(_ json: JSON) -> [String: Output] {
        ["id": .plain(json["id"]?.string ?? ""), "location": .plain(json["location"]?.string ?? "")]
    }

    /// Its PUT would replace the tags of a group that is there, so it is sent only where none is.
    func create(_ step: Step) async throws -> StepResult {
        if case .leaving = step.change.observed?.transition { try await waitUntilGone(step) }
        let answer = try await client.call(
            ["group", "create", "--name", name, "--location", step.body["location"]?.string ?? ""]
                + AzureTags.arguments(AzureTags.wanted(step.ownMark, step.body)))
        guard case .found(let json) = answer else { throw ExecutionError("the resource group \(name) was not made") }
        return StepResult(outputs: Self.outputs(json))
    }

    func update(_ step: Step) async throws -> StepResult {
        guard let observed = step.change.observed else { return StepResult(wasDone: true) }
        try await client.addTags(
            AzureTags.wanted(step.ownMark, step.body), to: observed.identity, having: observed.attributes["tags"])
        return StepResult(outputs: observed.outputs)
    }

    func delete(_ step: Step) async throws -> StepResult {
        guard case .found = try await client.call(["group", "delete", "--name", name, "--yes", "--no-wait"]) else {
            return StepResult(wasDone: true)
        }
        try await waitUntilGone(step)
        return StepResult()
    }

    private func waitUntilGone(_ step: Step) async throws {
        try await patience.wait(step.progress) {
            try await show() == nil ? .done(()) : .notYet("deleting the resource group \(name)")
        }
    }
}
