/// A field of a resource whose value is known only once other resources exist.
package struct LateField: Hashable, Sendable, Codable {
    /// Where the value goes in the body.
    package var path: [String]
    package var value: LateValue
    /// Secret values never appear in a plan, a log or an error.
    package var secret: Bool
    /// The value can be read only in the moment of its birth (a deploy token): it is not compared, and when the
    /// field must be written again its source is made again.
    package var once: Bool
    /// False for what only tells a call where to go (a parent's number) and is no field of the thing itself.
    package var compared: Bool

    package init(
        path: [String], value: LateValue, secret: Bool = true, once: Bool = false, compared: Bool = true
    ) {
        self.path = path
        self.value = value
        self.secret = secret
        self.once = once
        self.compared = compared
    }
}

/// How a late value is put together, as data: the planner compares it in memory, the engine fills it in.
package indirect enum LateValue: Hashable, Sendable {
    case text(String)
    /// A named output of another resource, such as the `token` of a token Secret.
    case output(Address, String)
    case joined([LateValue])
    case base64(LateValue)
    /// A text of the file that is a secret: whoever carries out a plan has it, and no plan holds it.
    case given
    /// The class's memory of these groups and projects: the numbers of those that are known.
    case memory([Address])

    /// The resources that it needs.
    package var sources: [Address] {
        switch self {
        case .text, .given, .memory: []
        case .output(let address, _): [address]
        case .joined(let parts): parts.flatMap(\.sources)
        case .base64(let inner): inner.sources
        }
    }

    /// The resources that it speaks of: it waits until they are decided, however that ends.
    package var mentions: [Address] { if case .memory(let members) = self { members } else { [] } }

    /// The value, or nil while an output is missing.
    ///
    /// - Parameters:
    ///   - given: the file's own text for this field.
    ///   - output: what other resources gave.
    /// - Returns: the value, or nil.
    package func resolved(given: Secret? = nil, _ output: (Address, String) -> Output?) -> Output? {
        switch self {
        case .text(let text): return .plain(text)
        case .output(let address, let name): return output(address, name)
        case .joined(let parts):
            var values: [Output] = []
            for part in parts {
                guard let value = part.resolved(given: given, output) else { return nil }
                values.append(value)
            }
            return .joined(values)
        case .base64(let inner): return inner.resolved(given: given, output)?.base64
        case .given: return given.map { .secret($0) }
        case .memory(let members):
            var memory = ClassMemory()
            for address in members {
                memory.numbers[address] = output(address, "id")?.plain.flatMap { Int($0) }
            }
            return .plain(memory.text)
        }
    }
}
