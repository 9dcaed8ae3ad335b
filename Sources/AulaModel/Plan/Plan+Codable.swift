extension Address: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = Address(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no address")
        }
        self = address
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Glob: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// `{"text": …}`, `{"output": [ADDRESS, NAME]}`, `{"joined": […]}`, `{"base64": …}`, `{"memory": [ADDRESS]}` or
/// `{"given": true}`.
extension LateValue: Codable {
    private enum Key: String, CodingKey {
        case text, output, joined, base64, memory, given
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text)
        } else if var pair = try? container.nestedUnkeyedContainer(forKey: .output) {
            self = .output(try pair.decode(Address.self), try pair.decode(String.self))
        } else if let parts = try container.decodeIfPresent([LateValue].self, forKey: .joined) {
            self = .joined(parts)
        } else if let inner = try container.decodeIfPresent(LateValue.self, forKey: .base64) {
            self = .base64(inner)
        } else if let members = try container.decodeIfPresent([Address].self, forKey: .memory) {
            self = .memory(members)
        } else {
            _ = try container.decode(Bool.self, forKey: .given)
            self = .given
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .output(let address, let name):
            var pair = container.nestedUnkeyedContainer(forKey: .output)
            try pair.encode(address)
            try pair.encode(name)
        case .joined(let parts): try container.encode(parts, forKey: .joined)
        case .base64(let inner): try container.encode(inner, forKey: .base64)
        case .memory(let members): try container.encode(members, forKey: .memory)
        case .given: try container.encode(true, forKey: .given)
        }
    }
}

/// What a plan remembers of a live thing; secrets have no form in which they could be written.
extension Observed: Codable {
    private enum Key: String, CodingKey {
        case identity, attributes, mark, slot, outputs, container, holdsData, ending, transition
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            identity: try values.decode(String.self, forKey: .identity),
            attributes: try values.decode(JSON.self, forKey: .attributes),
            mark: try values.decodeIfPresent(Mark.self, forKey: .mark),
            slot: try values.decode(Slot.self, forKey: .slot),
            outputs: try values.decode([String: String].self, forKey: .outputs).mapValues { .plain($0) },
            container: try values.decodeIfPresent(Address.self, forKey: .container),
            holdsData: try values.decode(Bool.self, forKey: .holdsData),
            ending: try values.decode(Lifecycle.Ending.self, forKey: .ending),
            transition: try values.decodeIfPresent(Transition.self, forKey: .transition))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(identity, forKey: .identity)
        try values.encode(attributes, forKey: .attributes)
        try values.encodeIfPresent(mark, forKey: .mark)
        try values.encode(slot, forKey: .slot)
        try values.encode(outputs.compactMapValues(\.plain), forKey: .outputs)
        try values.encodeIfPresent(container, forKey: .container)
        try values.encode(holdsData, forKey: .holdsData)
        try values.encode(ending, forKey: .ending)
        try values.encodeIfPresent(transition, forKey: .transition)
    }
}
