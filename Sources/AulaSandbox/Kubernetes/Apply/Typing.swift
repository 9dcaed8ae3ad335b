import AulaModel

/// Checks that a value fits its type: what server-side apply refuses, and what other writes warn about.
struct Typing {
    struct Problem: Hashable, Sendable {
        enum Reason: Hashable, Sendable {
            case unknownField
            case wrongType(expected: String, found: String)
            case duplicateKey(String)
        }

        /// As apply spells it: `.spec.ports[0].nam`.
        let path: String
        let reason: Reason
        /// How many of its last steps are keys of a map.
        var mapDepth = 0

        /// As a strict decoder spells it: `spec.ports[0].nam`.
        var plainPath: String { path.hasPrefix(".") ? String(path.dropFirst()) : path }

        /// As Go names the place of a value of another type: without indices and without a map's key.
        var goPath: String {
            let plain = plainPath.replacing(/\[[^\]]*\]/, with: "")
            return mapDepth == 0 ? plain : plain.split(separator: ".").dropLast(mapDepth).joined(separator: ".")
        }

        var message: String {
            switch reason {
            case .unknownField: "\(path): field not declared in schema"
            case .wrongType(let expected, let found): "\(path): expected \(expected), got \(found)"
            case .duplicateKey(let key): "\(path): duplicate entries for key \(key)"
            }
        }
    }

    private(set) var problems: [Problem] = []

    init(_ value: JSON, _ type: FieldType) { check(value, type, "") }

    private mutating func check(_ value: JSON, _ type: FieldType, _ path: String) {
        if value.isNull { return }
        switch type {
        case .any: break
        case .object, .custom:
            guard case .object(let object) = value else { return mismatch("map", value, path) }
            let fields = type.object?.fields ?? [:]
            let keepsUnknown = type.object?.keepsUnknown ?? false
            for member in object.members {
                if let field = fields[member.key] {
                    check(member.value, field.type, "\(path).\(member.key)")
                } else if !keepsUnknown, !(path.isEmpty && (member.key == "apiVersion" || member.key == "kind")) {
                    problems.append(Problem(path: "\(path).\(member.key)", reason: .unknownField))
                }
            }
        case .map(let element, _):
            guard case .object(let object) = value else { return mismatch("map", value, path) }
            for member in object.members {
                let count = problems.count
                check(member.value, element, "\(path).\(member.key)")
                for index in problems.indices.dropFirst(count) { problems[index].mapDepth += 1 }
            }
        case .list(let element, let rule):
            guard case .array(let items) = value else { return mismatch("list", value, path) }
            for (index, item) in items.enumerated() { check(item, element, "\(path)[\(index)]") }
            guard rule != .atomic else { return }
            for key in KeyedItems(items, element, rule).duplicates {
                var set = FieldSet()
                set[key] = .member
                problems.append(Problem(path: path, reason: .duplicateKey(set.paths.first ?? key)))
            }
        case .string, .bytes, .time:
            if value.string == nil { mismatch("string", value, path) }
        case .integer: if value.int == nil { mismatch("numeric (int or float)", value, path) }
        case .boolean: if value.bool == nil { mismatch("boolean", value, path) }
        case .quantity, .intOrString:
            switch value {
            case .string, .int, .double: break
            default: mismatch("string", value, path)
            }
        }
    }

    private mutating func mismatch(_ expected: String, _ value: JSON, _ path: String) {
        let found =
            switch value {
            case .null: "null"
            case .bool: "bool"
            case .int, .double: "number"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        problems.append(Problem(path: path, reason: .wrongType(expected: expected, found: found)))
    }
}
