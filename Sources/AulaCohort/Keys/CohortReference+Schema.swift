package import AulaModel

extension CohortReference {
    /// The JSON Schema of a cohort file (draft 2020-12): every file that aula takes is valid by it.
    ///
    /// What several keys say together (a term that ends before it begins, two names that collide) only aula can tell.
    package static var schema: JSON {
        var schema = object(CohortKeys.set)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "A cohort file of aula"
        return schema
    }

    private static func object(_ set: KeySet) -> JSON {
        var properties: [(String, JSON)] = set.keys.map { ($0.name, property($0)) }
        properties += set.refused.map { ($0, false) }
        let required = set.keys.filter { if case .required = $0.standard { true } else { false } }
        var schema: JSON = [
            "type": "object", "properties": .object(JSONObject(properties)),
            "additionalProperties": .bool(set.takesParameters),
        ]
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0.name) }) }
        if !set.alternatives.isEmpty {
            schema["oneOf"] = .array(set.alternatives.map { ["required": [.string($0)]] })
        }
        return schema
    }

    /// A key that is there without a value counts as absent.
    private static func property(_ key: KeyDeclaration) -> JSON {
        var schema = value(key.type)
        if case .required = key.standard {} else { schema = ["anyOf": [schema, ["type": "null"]]] }
        schema["description"] = .string(key.meaning)
        if case .value(let standard) = key.standard { schema["default"] = standard }
        return schema
    }

    private static func value(_ type: ValueType) -> JSON {
        switch type {
        // Text is taken as it is written, also where an editor would read a number or a flag.
        case .text(nil): ["type": ["string", "number", "boolean"], "pattern": "\\S"]
        case .text(let form?): ["type": ["string", "number", "boolean"], "pattern": .string("^(\(form.pattern))$")]
        case .whole(let range):
            ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
        case .flag: ["type": "boolean"]
        case .amount: ["type": "number", "exclusiveMinimum": 0]
        case .day: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .choice(let words): ["enum": .array(words.map { .string($0) })]
        case .list(let inner, let count):
            [
                "type": "array", "items": value(inner), "minItems": .int(count.lowerBound),
                "maxItems": .int(count.upperBound),
            ]
        case .mapping(let set): object(set)
        case .names(let form, let inner):
            [
                "type": "object", "propertyNames": ["pattern": .string("^(\(form.pattern))$")],
                "additionalProperties": ["anyOf": [value(inner), ["type": "null"]]],
            ]
        case .either(let types): ["anyOf": .array(types.map(value))]
        }
    }
}
