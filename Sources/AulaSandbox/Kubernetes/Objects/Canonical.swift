import AulaModel

/// Writes a value as the server's own types would: canonical quantities, no nulls, no empty optional fields,
/// no unknown fields, and `{}` where a field is always written.
enum Canonical {
    static func form(_ value: JSON, _ type: FieldType) -> JSON {
        guard let fields = type.object, case .object(let object) = value else { return leaf(value, type) }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(object.count)
        for member in object.members {
            guard let field = fields.fields[member.key] else {
                if fields.keepsUnknown || member.key == "apiVersion" || member.key == "kind" { members.append(member) }
                continue
            }
            let value = form(member.value, field.type)
            if fields.isCustom ? false : field.isAlwaysWritten ? value.isNull : isOmitted(value, field.type) {
                continue
            }
            members.append(JSONObject.Member(key: member.key, value: value))
        }
        var result = JSONObject(uniqueMembers: members)
        for field in fields.always {
            guard case .object = field.type, result[field.name] == nil else { continue }
            result[field.name] = form(.object(JSONObject()), field.type)
        }
        return .object(result)
    }

    private static func leaf(_ value: JSON, _ type: FieldType) -> JSON {
        switch (type, value) {
        case (.list(let element, _), .array(let items)): return .array(items.map { form($0, element) })
        case (.map(let element, _), .object(let object)):
            if case .string = element { return value }
            return .object(
                JSONObject(
                    uniqueMembers: object.members.map { .init(key: $0.key, value: form($0.value, element)) }))
        case (.quantity, .string(let text)): return Quantity(text).map { .string($0.canonical) } ?? value
        case (.quantity, .int(let number)): return .string(Quantity(number).canonical)
        case (.quantity, .double(let number)):
            return Quantity("\(number)").map { .string($0.canonical) } ?? value
        default: return value
        }
    }

    private static func isOmitted(_ value: JSON, _ type: FieldType) -> Bool {
        switch (type, value) {
        case (_, .null): true
        case (.string(keepsEmpty: false), .string(let text)): text.isEmpty
        case (.integer(keepsEmpty: false), .int(let number)): number == 0
        case (.boolean(keepsEmpty: false), .bool(let flag)): !flag
        case (.list, .array(let items)): items.isEmpty
        case (.map, .object(let object)): object.isEmpty
        default: false
        }
    }
}
