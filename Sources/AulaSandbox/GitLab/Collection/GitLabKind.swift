import AulaModel
import Foundation

/// One row of the table of GitLab's things: all that the generic collection needs to know of a kind.
struct GitLabKind: Sendable {
    typealias Holder = GitLabInstance.Holder

    /// The least level for reading and for writing.
    struct Roles: Sendable {
        var read: GitLabAccess
        var write: GitLabAccess
        /// The level for taking away, where it is another.
        var remove: GitLabAccess?

        init(_ read: GitLabAccess, _ write: GitLabAccess, remove: GitLabAccess? = nil) {
            self.read = read
            self.write = write
            self.remove = remove
        }
    }

    /// How the last part of a thing's path names it.
    enum Key: Sendable {
        case id, iid
        case field(String)
        /// A name that occurs once in each environment scope; `filter[environment_scope]` tells them apart.
        case scoped(String)
        case idOrField(String)
    }

    /// Fields that no two things of a collection share.
    struct Unique: Sendable {
        enum Answer: Sendable {
            /// Told beside the other problems; `{value}` is the value of the last field.
            case problem(String, String)
            case failure(@Sendable (GitLabThing) -> GitLabFailure)
        }

        let fields: [String]
        let answer: Answer

        init(_ fields: String..., answer: Answer? = nil) {
            self.fields = fields
            self.answer = answer ?? .problem(fields.first ?? "", "has already been taken")
        }
    }

    enum Verb: Sendable, CaseIterable { case list, get, create, update, delete }

    /// Something else that can be done to one thing.
    struct Action: Sendable {
        typealias Change =
            @Sendable (inout GitLabInstance, GitLabPlace, inout GitLabThing) throws -> SandboxResponse?

        let method: String
        let word: String
        let role: GitLabAccess?
        var status = 201
        /// Nil answers with the thing as it is then.
        let change: Change
    }

    typealias Check =
        @Sendable (
            inout GitLabInstance, GitLabPlace, inout GitLabThing, _ before: GitLabThing?, inout GitLabProblems
        ) throws -> Void
    typealias Render = @Sendable (GitLabInstance, GitLabPlace, GitLabThing, inout JSON) -> Void

    /// The path below the holder, which is also the collection's name; `pipeline_schedules/:parent/variables` is
    /// the collection inside a thing of `pipeline_schedules`.
    let path: String
    /// What a 404 calls it; nil says `404 Not found`.
    var title: String?
    let roles: [Holder.Kind: Roles]
    /// What a thing's number is called in errors: `agent_id`.
    var keyName = "id"
    var key = Key.id
    /// Parameters that name a thing where the path does not: an older form of updates and deletions.
    var keyParameters: [String] = []
    var fields: [GitLabField]
    var unique: Unique?
    var limits: [Holder.Kind: (count: Int, what: String)] = [:]
    var filters: [GitLabFilter] = []
    var order = GitLabOrder()
    var verbs = Set(Verb.allCases)
    var updateMethod = "PUT"
    /// The field that is told once, in the answer to the request that made it.
    var secret: String?
    /// Words that stand for a thing's number: `self`.
    var number: (@Sendable (GitLabInstance, GitLabPlace, String) -> Int?)?
    /// Whether a deleted thing stays, marked `revoked`.
    var isKept = false
    /// The answer to a DELETE; 200 and 202 tell what is gone.
    var deleteStatus = 204
    /// Whether things count inside their project.
    var isNumbered = false
    /// How problems are told.
    var complain: @Sendable (GitLabProblems) -> GitLabFailure = { GitLabFailure.validation($0) }
    /// What must hold before anything is read: a feature that is switched on.
    var gate: (@Sendable (GitLabInstance, GitLabPlace) throws -> Void)?
    /// The rules and computed fields beyond the table; `before` is nil for a new thing.
    var check: Check?
    /// What an answer tells beyond the fields.
    var render: Render?
    /// What else is listed here: things of the groups around.
    var inherited: (@Sendable (GitLabInstance, GitLabPlace) throws -> [GitLabThing])?
    var isHidden: (@Sendable (GitLabInstance, GitLabPlace, GitLabThing) -> Bool)?
    var removed: (@Sendable (inout GitLabInstance, GitLabPlace, GitLabThing) throws -> Void)?
    var actions: [Action] = []

    /// The kind whose things hold this kind's.
    var parentPath: String? {
        guard let end = path.range(of: "/:parent/") else { return nil }
        return String(path[..<end.lowerBound])
    }

    static let named = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }
}
