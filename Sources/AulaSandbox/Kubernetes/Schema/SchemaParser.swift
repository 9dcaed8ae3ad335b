import AulaModel

/// Reads the schema text, a constant of this module: what it cannot read is a programming error.
struct SchemaParser {
    private(set) var types: [ObjectType] = []
    private(set) var indices: [String: Int] = [:]

    mutating func parse(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let typeLines = lines.filter { $0.first != "#" && !$0.isEmpty }
        for (index, line) in typeLines.enumerated() { indices[Self.bare(line[0])] = index }
        var package = ""
        for line in lines where !line.isEmpty {
            if line[0] == "#" {
                package = line[1]
            } else {
                let fields = line.dropFirst().map(field)
                types.append(
                    ObjectType(
                        name: Self.bare(line[0]), package: package, isAtomic: line[0].hasSuffix("!"),
                        fields: Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
                        always: fields.filter(\.isAlwaysWritten)))
            }
        }
    }

    private static func bare(_ name: String) -> String {
        name.hasSuffix("!") ? String(name.dropLast()) : name
    }

    private func field(_ text: String) -> Field {
        let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
        precondition(halves.count == 2, "schema field \(text)")
        let always = halves[0].hasSuffix("*")
        var rest = Substring(halves[1])
        let type = type(&rest)
        var field = Field(name: always ? String(halves[0].dropLast()) : halves[0], type: type, isAlwaysWritten: always)
        if case .list(_, let rule) = type {
            switch rule {
            case .atomic: break
            case .set: field.patchMerges = true
            case .map(let keys):
                field.patchMerges = true
                field.patchMergeKey = keys.first
            }
        }
        while let mark = rest.popFirst() {
            switch mark {
            case "~":
                field.patchMerges = false
                field.patchMergeKey = nil
            case "^": field.patchRetainsKeys = true
            case "+":
                field.patchMerges = true
                field.patchMergeKey = String(rest)
                rest = ""
            case "=":
                field.keyDefault = .string(String(rest))
                rest = ""
            default: preconditionFailure("schema field \(text)")
            }
        }
        return field
    }

    private func type(_ text: inout Substring) -> FieldType {
        if text.first == "[" {
            text.removeFirst()
            let element = type(&text)
            var rule = ListRule.atomic
            if text.first == "|" {
                text.removeFirst()
                let keys = text.prefix { $0 != "]" }
                text.removeFirst(keys.count)
                rule = keys == "=" ? .set : .map(keys: keys.split(separator: ",").map(String.init))
            }
            text.removeFirst()
            return .list(element, rule)
        }
        if text.first == "{" {
            text.removeFirst()
            let element = type(&text)
            text.removeFirst()
            guard text.first == "!" else { return .map(element, atomic: false) }
            text.removeFirst()
            return .map(element, atomic: true)
        }
        let name = String(text.prefix { $0.isLetter || $0.isNumber })
        text.removeFirst(name.count)
        return scalar(name) ?? .object(indices[name] ?? unknown(name))
    }

    private func scalar(_ name: String) -> FieldType? {
        switch name {
        case "str", "pstr": .string(keepsEmpty: name == "pstr")
        case "int", "pint": .integer(keepsEmpty: name == "pint")
        case "bool", "pbool": .boolean(keepsEmpty: name == "pbool")
        case "bytes": .bytes
        case "qty": .quantity
        case "intstr": .intOrString
        case "time": .time
        case "any": .any
        default: nil
        }
    }

    private func unknown(_ name: String) -> Int {
        preconditionFailure("the schema text has no type \(name)")
    }
}
