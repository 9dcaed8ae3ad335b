import AulaModel

/// How a value of a type is taken apart for ownership.
enum Shape {
    /// One value with one owner.
    case leaf
    case fields(ObjectType)
    case entries(FieldType)
    case items(FieldType, ListRule)

    init(_ type: FieldType) {
        switch type {
        case .object, .custom:
            guard let object = type.object else {
                self = .leaf
                return
            }
            self = object.isAtomic ? .leaf : .fields(object)
        case .map(let element, let isAtomic): self = isAtomic ? .leaf : .entries(element)
        case .list(let element, let rule): self = rule == .atomic ? .leaf : .items(element, rule)
        default: self = .leaf
        }
    }

    /// The type of an object's member; nil where the schema has none of that name.
    func member(_ name: String) -> FieldType? {
        switch self {
        case .fields(let object): object.fields[name]?.type ?? (object.keepsUnknown ? .any : nil)
        case .entries(let element): element
        case .leaf, .items: nil
        }
    }
}

/// The items of a keyed list or a set, each with its path element.
struct KeyedItems {
    private(set) var keys: [String] = []
    private(set) var byKey: [String: JSON] = [:]
    /// Keys that came twice.
    private(set) var duplicates: [String] = []

    init(_ items: [JSON], _ element: FieldType, _ rule: ListRule) {
        for item in items {
            let key = Self.key(item, element, rule)
            if byKey.updateValue(item, forKey: key) == nil { keys.append(key) } else { duplicates.append(key) }
        }
    }

    /// The path element of an item; a key member that is missing counts with its default, or not at all.
    static func key(_ item: JSON, _ element: FieldType, _ rule: ListRule) -> String {
        guard case .map(let names) = rule, let fields = element.object?.fields else { return "v:" + item.text }
        var members = ""
        for name in names.sorted() {
            guard let value = item[name] ?? fields[name]?.keyDefault else { continue }
            members += (members.isEmpty ? "" : ",") + "\"\(name)\":" + value.text
        }
        return "k:{" + members + "}"
    }
}

extension JSON {
    /// An object without members, a list without items, or null.
    var isHollow: Bool {
        switch self {
        case .null: true
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }
}
