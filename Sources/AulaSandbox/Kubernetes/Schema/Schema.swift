import AulaModel

/// How the items of a list are told apart when two writers' lists meet.
enum ListRule: Hashable, Sendable {
    /// The whole list is one value with one owner.
    case atomic
    /// Items are values; each belongs to who put it there.
    case set
    /// Items are objects told apart by these members, for example a port by `port` and `protocol`.
    case map(keys: [String])
}

/// The type of a field: what the server needs to know to merge, prune, default and write it.
indirect enum FieldType: Hashable, Sendable {
    /// `keepsEmpty`: the zero value is written out (a pointer in the server's Go types) instead of left out.
    case string(keepsEmpty: Bool)
    case integer(keepsEmpty: Bool)
    case boolean(keepsEmpty: Bool)
    case bytes, quantity, intOrString, time
    /// Anything at all, owned as one value.
    case any
    /// An object of the type with this index in the schema.
    case object(Int)
    /// An object of a type that came with a definition.
    case custom(ObjectType)
    case list(FieldType, ListRule)
    case map(FieldType, atomic: Bool)
}

extension FieldType {
    /// The object type that it names; nil for anything else.
    var object: ObjectType? {
        switch self {
        case .object(let index): Schema.shared[index]
        case .custom(let type): type
        default: nil
        }
    }
}

/// One field of an object type.
struct Field: Hashable, Sendable {
    let name: String
    let type: FieldType
    /// The server writes this field even when it is empty: `resources: {}`.
    var isAlwaysWritten = false
    /// A list key's default: a port without `protocol` is the port of TCP.
    var keyDefault: JSON?
    /// The member by which a strategic merge patch merges the list; nil where it replaces it.
    var patchMergeKey: String?
    var patchMerges = false
    /// A strategic merge patch drops the members that it does not name from what it touches.
    var patchRetainsKeys = false
}

/// An object type of the API, such as `Container`.
struct ObjectType: Hashable, Sendable {
    let name: String
    /// The Go package as OpenAPI spells it, for example `io.k8s.api.core.v1`.
    let package: String
    /// The whole object is one value with one owner, for example a label selector.
    let isAtomic: Bool
    let fields: [String: Field]
    /// The fields that are written even when empty.
    let always: [Field]
    /// It came with a definition: what is empty is written as it was sent.
    var isCustom = false
    /// Members that it does not declare stay.
    var keepsUnknown = false
}

/// Every object type of the API; made once from `SchemaText`.
struct Schema: Sendable {
    static let shared = Schema(parsing: SchemaText.all)

    let types: [ObjectType]
    private let indices: [String: Int]

    init(parsing text: String) {
        var parser = SchemaParser()
        parser.parse(text)
        types = parser.types
        indices = parser.indices
    }

    subscript(index: Int) -> ObjectType { types[index] }

    /// The type called `name`; the schema text is a constant, so a missing one is a mistake in it.
    func type(named name: String) -> FieldType {
        guard let index = indices[name] else { preconditionFailure("the schema text lacks \(name)") }
        return .object(index)
    }
}
