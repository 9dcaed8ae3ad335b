import AulaModel

/// One parameter of a list that leaves things out.
struct GitLabFilter: Sendable {
    let apply: @Sendable (GitLabCall, inout [GitLabThing]) throws -> Void

    /// Things whose field is the parameter's value.
    static func equal(_ parameter: String, field: String? = nil) -> GitLabFilter {
        GitLabFilter { call, things in
            guard let value = try call.arguments.text(parameter) else { return }
            things.removeAll { ($0[field ?? parameter].string ?? $0[field ?? parameter].text) != value }
        }
    }

    /// Things of which one field contains the parameter's text.
    static func search(_ fields: String..., parameter: String = "search", least: Int = 0) -> GitLabFilter {
        GitLabFilter { call, things in
            guard let text = try call.arguments.text(parameter)?.lowercased() else { return }
            guard text.count >= least else {
                throw GitLabFailure.badRequest("Search query is less than \(least) characters")
            }
            things.removeAll { thing in !fields.contains { thing.text($0).lowercased().contains(text) } }
        }
    }

    /// A parameter of a set of words, each with what it keeps; other words are refused.
    static func words(
        _ parameter: String, _ words: [String: @Sendable (GitLabThing, GitLabCall) -> Bool]
    ) -> GitLabFilter {
        GitLabFilter { call, things in
            guard let word = try call.arguments.choice(parameter, of: Array(words.keys)), let keeps = words[word] else {
                return
            }
            things.removeAll { !keeps($0, call) }
        }
    }

    /// A parameter that is true or false, and what of a thing must be the same.
    static func flag(
        _ parameter: String, _ of: @escaping @Sendable (GitLabThing, GitLabCall) -> Bool
    ) -> GitLabFilter {
        GitLabFilter { call, things in
            guard let wanted = try call.arguments.flag(parameter) else { return }
            things.removeAll { of($0, call) != wanted }
        }
    }

    /// A list of numbers inside the project.
    static let iids = GitLabFilter { call, things in
        guard let iids = try call.arguments.list("iids"), !iids.isEmpty else { return }
        things.removeAll { !iids.contains(String($0.iid ?? 0)) }
    }
}

/// In which order a list comes.
struct GitLabOrder: Sendable {
    /// The field of the usual order; `id`, `iid`, `created_at` and `updated_at` are every thing's own.
    var field = "id"
    var ascending = true
    /// What `order_by` may name; empty where the list has no such parameter.
    var choices: [String] = []

    func sorted(_ things: [GitLabThing], _ call: GitLabCall) throws -> [GitLabThing] {
        var by = field
        var up = ascending
        if !choices.isEmpty {
            by = try call.arguments.choice("order_by", of: choices) ?? field
            up = try call.arguments.choice("sort", of: ["asc", "desc"]).map { $0 == "asc" } ?? ascending
        }
        guard by != "id" || !up else { return things }
        let keyed = things.map { (key: Self.key($0, by), thing: $0) }
        let sorted = keyed.sorted { ($0.key, $0.thing.id) < ($1.key, $1.thing.id) }.map(\.thing)
        return up ? sorted : sorted.reversed()
    }

    /// A text whose order is the field's: numbers with leading zeros, nothing after everything.
    private static func key(_ thing: GitLabThing, _ field: String) -> String {
        switch field {
        case "id": padded(thing.id)
        case "iid": padded(thing.iid ?? 0)
        case "created_at": GitLabTime.text(thing.createdAt)
        case "updated_at": GitLabTime.text(thing.updatedAt)
        default: thing[field].int.map(padded) ?? thing[field].string?.lowercased() ?? "\u{FFFF}"
        }
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(12 - digits.count, 0)) + digits
    }
}
