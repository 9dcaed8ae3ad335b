import AulaModel
import Foundation

/// The OpenAPI schema of a custom kind: its type, its defaults, and what breaks it.
///
/// Rules in CEL (`x-kubernetes-validations`) are not run.
struct StructuralSchema {
    private let schema: JSON

    init(_ schema: JSON) { self.schema = schema }

    // MARK: Type

    /// The kind's type: its members and the metadata of all objects.
    var type: FieldType {
        guard case .custom(let root) = Self.type(schema) else { return .any }
        var fields = root.fields
        fields["metadata"] = Field(name: "metadata", type: Schema.shared.type(named: "ObjectMeta"))
        return .custom(
            ObjectType(
                name: root.name, package: "", isAtomic: false, fields: fields, always: [], isCustom: true,
                keepsUnknown: root.keepsUnknown))
    }

    private static func type(_ schema: JSON) -> FieldType {
        if schema["x-kubernetes-int-or-string"] == true { return .intOrString }
        switch schema["type"]?.string {
        case "string": return .string(keepsEmpty: true)
        case "integer": return .integer(keepsEmpty: true)
        case "boolean": return .boolean(keepsEmpty: true)
        case "array":
            let names = schema.strings("x-kubernetes-list-map-keys")
            let rule: ListRule =
                switch schema["x-kubernetes-list-type"]?.string {
                case "set": .set
                case "map": .map(keys: names)
                default: .atomic
                }
            return .list(type(schema["items"] ?? [:]), rule)
        case "object":
            let isAtomic = schema["x-kubernetes-map-type"] == "atomic"
            if let values = schema["additionalProperties"], values.object != nil {
                return .map(type(values), atomic: isAtomic)
            }
            let keepsUnknown =
                schema["x-kubernetes-preserve-unknown-fields"] == true
                || schema["x-kubernetes-embedded-resource"] == true
            let fields = schema.members("properties").map { member in
                Field(name: member.key, type: type(member.value), keyDefault: member.value["default"])
            }
            return .custom(
                ObjectType(
                    name: "", package: "", isAtomic: isAtomic,
                    fields: Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { $1 }), always: [],
                    isCustom: true, keepsUnknown: keepsUnknown))
        default: return .any
        }
    }

    // MARK: Defaults

    func fill(_ object: inout JSON) { Self.fill(&object, schema) }

    private static func fill(_ value: inout JSON, _ schema: JSON) {
        switch value {
        case .object(var object):
            for member in schema.members("properties") {
                if object[member.key]?.isNull ?? true, let usual = member.value["default"],
                    member.value["nullable"] != true
                {
                    object[member.key] = usual
                }
                guard var inner = object[member.key] else { continue }
                fill(&inner, member.value)
                object[member.key] = inner
            }
            if let values = schema["additionalProperties"], values.object != nil {
                for key in object.keys {
                    guard var inner = object[key] else { continue }
                    fill(&inner, values)
                    object[key] = inner
                }
            }
            value = .object(object)
        case .array(var items):
            guard let element = schema["items"] else { return }
            for index in items.indices { fill(&items[index], element) }
            value = .array(items)
        default: break
        }
    }

    // MARK: Validation

    func problems(_ object: JSON) -> [FieldProblem] {
        var object = object
        for name in ["metadata", "apiVersion", "kind"] { object[name] = nil }
        return Self.problems(object, schema, "")
    }

    private static func problems(_ value: JSON, _ schema: JSON, _ path: String) -> [FieldProblem] {
        if value.isNull, schema["nullable"] == true { return [] }
        guard fits(value, schema) else {
            let wanted = schema["type"]?.string ?? "integer"
            return [
                .invalid(path, typeName(value), "\(path) in body must be of type \(wanted): \(typeName(value).text)")
            ]
        }
        var found: [FieldProblem] = []
        let allowed = schema.items("enum")
        if !allowed.isEmpty, !allowed.contains(value) {
            found.append(.unsupported(path, value, allowed.map { $0.string ?? $0.text }))
        }
        switch value {
        case .string(let text): found += textProblems(text, schema, path)
        case .int(let number): found += numberProblems(Double(number), value, schema, path)
        case .double(let number): found += numberProblems(number, value, schema, path)
        case .array(let items): found += listProblems(items, schema, path)
        case .object(let object): found += objectProblems(object, schema, path)
        default: break
        }
        let alternatives = schema.items("oneOf")
        if !alternatives.isEmpty, alternatives.count(where: { problems(value, $0, path).isEmpty }) != 1 {
            found.append(.invalid(path, value, "\(path) in body must validate one and only one schema (oneOf)"))
        }
        let options = schema.items("anyOf")
        if !options.isEmpty, !options.contains(where: { problems(value, $0, path).isEmpty }) {
            found.append(.invalid(path, value, "\(path) in body must validate at least one schema (anyOf)"))
        }
        return found + schema.items("allOf").flatMap { problems(value, $0, path) }
    }

    private static func fits(_ value: JSON, _ schema: JSON) -> Bool {
        if schema["x-kubernetes-int-or-string"] == true { return value.int != nil || value.string != nil }
        return switch (schema["type"]?.string, value) {
        case ("string", .string), ("integer", .int), ("boolean", .bool), ("array", .array), ("object", .object): true
        case ("number", .int), ("number", .double), (nil, _): true
        default: false
        }
    }

    private static func typeName(_ value: JSON) -> JSON {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private static func textProblems(_ text: String, _ schema: JSON, _ path: String) -> [FieldProblem] {
        var found: [FieldProblem] = []
        if let most = schema["maxLength"]?.int, text.unicodeScalars.count > most { found.append(.tooLong(path, most)) }
        if let least = schema["minLength"]?.int, text.unicodeScalars.count < least {
            found.append(.invalid(path, .string(text), "\(path) in body should be at least \(least) chars long"))
        }
        if let pattern = schema["pattern"]?.string, let expression = try? NSRegularExpression(pattern: pattern),
            expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) == nil
        {
            found.append(.invalid(path, .string(text), "\(path) in body should match '\(pattern)'"))
        }
        return found
    }

    private static func numberProblems(
        _ number: Double, _ value: JSON, _ schema: JSON, _ path: String
    ) -> [FieldProblem] {
        func border(_ name: String) -> Double? { schema[name].flatMap(Self.double) }
        var found: [FieldProblem] = []
        let text = { (number: Double) in number == number.rounded() ? String(Int(number)) : String(number) }
        if let least = border("minimum"), number < least || (schema["exclusiveMinimum"] == true && number == least) {
            let words = schema["exclusiveMinimum"] == true ? "greater than" : "greater than or equal to"
            found.append(.invalid(path, value, "\(path) in body should be \(words) \(text(least))"))
        }
        if let most = border("maximum"), number > most || (schema["exclusiveMaximum"] == true && number == most) {
            let words = schema["exclusiveMaximum"] == true ? "less than" : "less than or equal to"
            found.append(.invalid(path, value, "\(path) in body should be \(words) \(text(most))"))
        }
        return found
    }

    private static func double(_ value: JSON) -> Double? {
        if case .double(let number) = value { return number }
        return value.int.map(Double.init)
    }

    private static func listProblems(_ items: [JSON], _ schema: JSON, _ path: String) -> [FieldProblem] {
        var found: [FieldProblem] = []
        if let most = schema["maxItems"]?.int, items.count > most { found.append(.tooMany(path, items.count, most)) }
        if let least = schema["minItems"]?.int, items.count < least {
            found.append(
                .invalid(path, .array(items), "\(path) in body should have at least \(least) items"))
        }
        let keys = schema.strings("x-kubernetes-list-map-keys")
        var seen: Set<JSON> = []
        for (index, item) in items.enumerated() {
            let place = "\(path)[\(index)]"
            if let element = schema["items"] { found += problems(item, element, place) }
            switch schema["x-kubernetes-list-type"]?.string {
            case "set": if !seen.insert(item).inserted { found.append(.duplicate(place, item)) }
            case "map":
                let key = JSON.object(JSONObject(keys.compactMap { name in item[name].map { (name, $0) } }))
                if !seen.insert(key).inserted { found.append(.duplicate(place, key)) }
            default: break
            }
        }
        return found
    }

    private static func objectProblems(_ object: JSONObject, _ schema: JSON, _ path: String) -> [FieldProblem] {
        func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        var found = schema.strings("required").filter { object[$0] == nil }.map { FieldProblem.required(place($0)) }
        if let most = schema["maxProperties"]?.int, object.count > most {
            found.append(.tooMany(path, object.count, most))
        }
        if let least = schema["minProperties"]?.int, object.count < least {
            found.append(
                .invalid(path, .object(object), "\(path) in body should have at least \(least) properties"))
        }
        for member in object.members {
            if let property = schema[["properties", member.key]] {
                found += problems(member.value, property, place(member.key))
            } else if let values = schema["additionalProperties"], values.object != nil {
                found += problems(member.value, values, place(member.key))
            }
        }
        return found
    }
}
