import AulaModel
import Foundation

/// One thing of a generic collection: a label, a variable, a deploy token.
///
/// What it consists of stands in the table of its kind; here are only the values.
struct GitLabThing: Codable, Sendable {
    var id = 0
    /// Its number inside the project, where its kind counts there.
    var iid: Int?
    /// The thing that it belongs to, for a collection inside a thing: a schedule's variables.
    var parent: Int?
    /// The user who made it.
    var author = 0
    var createdAt: Date
    var updatedAt: Date
    var fields = JSON.object(JSONObject())

    /// A field's value; null where it has none.
    subscript(name: String) -> JSON {
        get { fields[name] ?? .null }
        set { fields[name] = newValue }
    }

    func text(_ name: String) -> String { self[name].string ?? "" }
    func flag(_ name: String) -> Bool { self[name].bool ?? false }
}

/// What a record's own validation refuses, by field.
typealias GitLabProblems = [(field: String, text: String)]

extension GitLabProblems {
    /// Whole sentences: `Name can't be blank`.
    var sentences: [String] {
        map { problem in
            guard problem.field != "base" else { return problem.text }
            let words = problem.field.replacing("_", with: " ")
            return "\(words.prefix(1).uppercased())\(words.dropFirst()) \(problem.text)"
        }
    }
}

/// Where a thing of a collection is asked for.
struct GitLabPlace: Sendable {
    let call: GitLabCall
    let holder: GitLabInstance.Holder
    /// The thing that the collection belongs to.
    var parent: GitLabThing?
    /// Whether many are asked for; lists show less.
    var isList = false
}
