import AulaEngine
import AulaModel

/// A kind of things in GitLab with its whole life: how they are found, made, changed and ended.
///
/// To add a kind, write its file in this folder and its line in `GitLabKinds`.
protocol GitLabKind: KindLife {
    /// Fields of the body that cannot be changed: a difference there means that the thing is made again.
    static var fixed: Set<String> { get }

    var client: GitLabClient { get }
    init(_ session: GitLabSession)
}

/// What a kind works with.
struct GitLabSession: Sendable {
    let client: GitLabClient
    let doubts: Doubts
}

/// A kind of which a group or a project has many, told in one list.
protocol GitLabPart: GitLabKind {
    /// Whether groups or projects have them.
    static var holder: ResourceKind { get }
    /// Below the holder's path in the API: `variables`.
    static var list: String { get }
    static var query: [(name: String, value: String)] { get }

    /// Whether a class has any to look for: a list that nobody needs costs a request for each team.
    static func concerns(_ cohort: Cohort) -> Bool
    /// Whether one group or project is looked into.
    static func concerns(_ holder: GitLabHolder) -> Bool

    /// The entries to be observed; without another way to read them, those of the list.
    static func entries(of holder: GitLabHolder, _ client: GitLabClient) async throws -> [JSON]

    /// One entry of the list; nil for what is neither ours nor in our way.
    ///
    /// Of the slot only the environment is told here.
    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)?
}

extension GitLabPart {
    static var query: [(name: String, value: String)] { [] }
    static func concerns(_ cohort: Cohort) -> Bool { true }
    static func concerns(_ holder: GitLabHolder) -> Bool { true }

    static func entries(of holder: GitLabHolder, _ client: GitLabClient) async throws -> [JSON] {
        try await client.list("\(holder.path)/\(list)", query: query)
    }
}

extension GitLabKind {
    static var fixed: Set<String> { [] }

    /// Deletes by the observed identity, which is the thing's path in the API; gone already is as good.
    func delete(_ step: Step) async throws -> StepResult {
        guard let path = step.change.observed?.identity else { return StepResult(wasDone: true) }
        do {
            try await client.write("DELETE", path)
            return StepResult()
        } catch let failure as GitLabFailure where failure.isMissing {
            return StepResult(wasDone: true)
        }
    }

    /// The path of the observed thing in the API.
    func path(_ step: Step) throws -> String {
        guard let path = step.change.observed?.identity else {
            throw ExecutionError("\(step.change.address) was not seen, so it cannot be changed")
        }
        return path
    }

    /// A number of a parent, which arrives as the text of an output.
    func number(_ name: String, _ step: Step) throws -> Int {
        guard let number = step.body[name]?.string.flatMap({ Int($0) }) ?? step.body[name]?.int else {
            throw ExecutionError("\(step.change.address): \(name) is missing")
        }
        return number
    }

    /// Some fields of the desired body.
    func fields(_ names: [String], _ step: Step) -> JSON {
        var body = JSON.object(JSONObject())
        for name in names { body[name] = step.body[name] }
        return body
    }

    /// The fields that are to change, of those that the API takes.
    func changedFields(_ names: [String], _ step: Step) -> JSON {
        let changed = Set(step.change.fields.map { $0.path.prefix { $0 != "." } })
        return fields(names.filter { changed.contains($0[...]) }, step)
    }

    /// What is to change, where nothing that somebody made stricter is loosened.
    func kept(_ wanted: JSON, _ step: Step) -> JSON {
        Strictness.kept(wanted, live: step.change.observed?.attributes ?? .null, of: Self.kind)
    }

    /// What to do when a name is taken although it was free when we looked: ours if it carries our mark (an answer
    /// got lost), somebody else's otherwise.
    func checkOwner(_ mark: Mark?, _ step: Step) throws {
        guard let mark else {
            throw ExecutionError(
                "\(step.change.address): somebody else made it in the meantime",
                hint: "rename it, or take it over with --adopt \(step.change.address)")
        }
        guard mark.isSameEdition(as: step.mark) else {
            throw ExecutionError("\(step.change.address) belongs to cohort \(mark.cohort), id \(mark.id)")
        }
    }
}
