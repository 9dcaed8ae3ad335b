import AulaEngine
import AulaModel

/// Parts of a project whose name is their key and whose description carries our mark.
protocol NamedPart: GitLabPart {
    /// The fields that the API takes beside name and description, for writing and for comparing.
    static var settings: [String] { get }
    /// What happens to it when nobody wants it any more.
    static var ending: Lifecycle.Ending { get }
    /// Whether it is about one environment alone.
    static func slot(of name: String) -> Slot
}

extension NamedPart {
    static var holder: ResourceKind { .gitlabProject }
    static var ending: Lifecycle.Ending { .delete }
    static func slot(of name: String) -> Slot { Slot() }

    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)? {
        guard let name = json["name"]?.string else { return nil }
        let id = try json.number("id")
        var attributes: JSON = ["description": json["description"] ?? .null, "name": .string(name)]
        for setting in settings { attributes[setting] = json[setting] ?? .null }
        let thing = Observed(
            identity: "\(holder.path)/\(list)/\(id)", attributes: attributes,
            mark: MarkedDescription(json["description"]?.string).mark, slot: slot(of: name), outputs: ["id": "\(id)"],
            ending: ending)
        return (holder.address.gitlab(kind, name), thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "projects/\(try number("project_id", step))/\(Self.list)"
        var body = fields(["name"] + Self.settings, step)
        body["description"] = .string(description(step))
        do {
            return StepResult(outputs: ["id": "\(try await client.write("POST", list, body: body).number("id"))"])
        } catch let failure as GitLabFailure where failure.isTaken {
            let name = step.body["name"]?.string ?? ""
            let live = try await client.list(list).first { $0["name"]?.string == name }
            try checkOwner(MarkedDescription(live?["description"]?.string).mark, step)
            return StepResult(outputs: ["id": "\(try (live ?? .null).number("id"))"], wasDone: true)
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        var body = changedFields(Self.settings, step)
        body["description"] = .string(description(step))
        try await client.write("PUT", try path(step), body: body)
        return StepResult(outputs: step.change.observed?.outputs ?? [:])
    }

    func release(_ step: Step) async throws -> StepResult {
        try await client.write("PUT", try path(step), body: ["description": .string(described(step).text)])
        return StepResult()
    }

    private func described(_ step: Step) -> MarkedDescription {
        MarkedDescription(step.change.observed?.attributes["description"]?.string)
    }

    private func description(_ step: Step) -> String {
        var description = described(step)
        description.mark = step.ownMark
        return description.description
    }
}
