import AulaModel

/// Runs programs against one frame and collects what is wrong.
struct Evaluator {
    var frame: Frame
    var diagnostics: [Diagnostic] = []

    init(frame: Frame) {
        self.frame = frame
    }

    /// The program's value; nil where it leaves its member out.
    mutating func run(_ program: Program) -> JSON? {
        switch program {
        case .constant(let value): return value
        case .value(let index): return frame.values[index].isNull ? nil : frame.values[index]
        case .valueAsText(let index): return frame.values[index].asText.map(JSON.string)
        case .valueAsTexts(let index): return texts(frame.values[index])
        case .text(let pieces, let position): return .string(text(pieces, at: position))
        case .array(let items): return array(items)
        case .object(let members): return object(members)
        case .merged(let index, let inner): return merged(frame.values[index], inner)
        case .when(let condition, let inner): return condition.holds(in: frame) ? run(inner) : nil
        case .each: return array([program])
        case .digest(let index):
            return frame.values[index].isNull ? nil : .string(FNV1a(frame.values[index].text).text)
        case .base64(let inner):
            return run(inner)?.asText.map { .string(Base64.of($0)) }
        }
    }

    /// Joins the pieces; a name without a value is a finding.
    mutating func text(_ pieces: [Program.TextPiece], at position: SourcePosition) -> String {
        var result = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): result += literal
            case .name(let index, let name):
                if let text = frame.values[index].asText {
                    result += text
                } else {
                    diagnostics.append(
                        Diagnostic(
                            .error, "`\(name)` has no value here", at: position,
                            hint: "give it one, or put the text behind `$when: \(name)`"))
                }
            }
        }
        return result
    }

    /// A list of which nothing is left is left out itself, and so is a mapping.
    private mutating func array(_ items: [Program]) -> JSON? {
        var result: [JSON] = []
        result.reserveCapacity(items.count)
        for item in items {
            if case .each(let index, let inner) = item {
                for element in frame.values[index].array ?? [] {
                    frame[.item] = element
                    if let value = run(inner) { result.append(value) }
                }
                frame[.item] = .null
            } else if let value = run(item) {
                result.append(value)
            }
        }
        return result.isEmpty ? nil : .array(result)
    }

    private mutating func object(_ members: [(key: Program.Key, value: Program)]) -> JSON? {
        var result: [JSONObject.Member] = []
        result.reserveCapacity(members.count)
        var isSorted = true
        for member in members {
            guard let value = run(member.value) else { continue }
            switch member.key {
            case .constant(let key): result.append(JSONObject.Member(key: key, value: value))
            case .text(let pieces, let position):
                isSorted = false
                result.append(JSONObject.Member(key: text(pieces, at: position), value: value))
            }
        }
        if result.isEmpty { return nil }
        if isSorted { return .object(JSONObject(sortedMembers: result)) }
        return .object(JSONObject(result.map { ($0.key, $0.value) }))
    }

    /// A template's labels over aula's; those that are the mark stay, also where a parameter brings them.
    private mutating func merged(_ base: JSON, _ inner: Program) -> JSON {
        var object = base.object ?? JSONObject()
        for member in run(inner)?.object?.members ?? [] where !ReservedKeys.contain(member.key) {
            object[member.key] = member.value
        }
        return .object(object)
    }

    private func texts(_ value: JSON) -> JSON? {
        switch value {
        case .object(let object):
            .object(
                JSONObject(
                    sortedMembers: object.members.compactMap { member in
                        member.value.asText.map { JSONObject.Member(key: member.key, value: .string($0)) }
                    }))
        case .array(let items): .array(items.compactMap { $0.asText.map(JSON.string) })
        default: value.asText.map(JSON.string)
        }
    }
}
