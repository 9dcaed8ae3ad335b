import AulaModel

/// One type of Azure's resources: a row of the store's table.
///
/// What the row says holds for every request to the type; only clusters, pools and assignments have rules of their
/// own beside it, in `complete`.
struct AzureKind: Sendable {
    enum Level: Sendable {
        case group
        case subscription
        /// About something: a lock, an assignment. It exists at every scope.
        case anywhere
        case parent
    }

    /// How an answer names its version.
    enum Stamp: Sendable { case none, strong, quoted, weak }

    /// What the service adds to a body, and what it refuses; `old` is nil for a new resource.
    typealias Completion =
        @Sendable (_ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall) throws ->
        Void

    /// As in addresses, such as `Microsoft.Network/publicIPAddresses`.
    let type: String
    /// As in answers, where that differs.
    var shownType: String?
    var saysType = true
    var saysGroupsInLowerCase = false
    var level = Level.group
    var name = AzureNameRule.usual
    var hasLocation = true
    var hasTags = true
    var hasState = true
    var stamp = Stamp.weak
    /// Whether a change is an operation that is polled; the others are done when they are answered.
    var isSlow = false
    /// Whether a body replaces the properties or only those that it names.
    var merges = false
    /// The statuses of the answers to a first and a second PUT, and to a DELETE.
    var statuses = (created: 201, changed: 200, deleted: 200)
    /// Whether a DELETE answers what was deleted.
    var answersDeleted = false
    /// Beside the properties, where a body leaves it out.
    var head: JSON = [:]
    var defaults: JSON = [:]
    /// Paths below the properties that only the service sets.
    var readOnly: [String] = []
    /// Paths below the properties that never change.
    var fixed: [String] = []
    /// Errors of this service without the envelope of Resource Manager.
    var isFlat = false
    /// Nil where the Resource Manager itself says that it is missing.
    var missing: (@Sendable (AzureID) -> AzureFailure)?
    var complete: Completion?

    init(_ type: String) { self.type = type }

    /// A row with what differs from the usual.
    init(_ type: String, _ differs: (inout AzureKind) -> Void) {
        self.init(type)
        differs(&self)
    }

    var namespace: String { String(type.prefix { $0 != "/" }) }

    private static let byType = Dictionary(
        table.map { ($0.type.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

    static func of(_ type: String) -> AzureKind? { byType[type.lowercased()] }

    static func of(_ id: AzureID) -> AzureKind? { of(id.type) }

    func notFound(_ id: AzureID) -> AzureFailure {
        missing?(id) ?? .resourceNotFound(type, id.names.joined(separator: "/"), group: id.group ?? "")
    }
}

/// What a name of a type may be.
struct AzureNameRule: Sendable {
    var longest: Int
    /// Of a character in the middle; ends are letters, digits and, at the end, underscores.
    var marks: String
    var code = "InvalidResourceName"

    static let usual = AzureNameRule(longest: 80, marks: "-_.")

    func allows(_ name: String) -> Bool {
        guard (1...longest).contains(name.count), let first = name.first, let last = name.last else { return false }
        let isPlain = { (character: Character) in character.isASCII && (character.isLetter || character.isNumber) }
        guard isPlain(first), isPlain(last) || last == "_" && marks.contains("_") else { return false }
        return name.allSatisfy { isPlain($0) || marks.contains($0) }
    }

    func failure(_ name: String) -> AzureFailure {
        AzureFailure.badRequest(
            code,
            "Resource name \(name) is invalid. The name can be up to \(longest) characters long. It must begin and end with "
                + "a letter or a digit, and may contain of other characters only '\(marks)'.")
    }
}
