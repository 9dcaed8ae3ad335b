package import AulaModel
import Yams

extension JSON {
    /// Reads one YAML document, which may as well be JSON; an empty document is null.
    ///
    /// - Throws: Yams' error, which names line and column.
    package init(yaml text: String) throws {
        self = try Yams.compose(yaml: text).map(JSON.init(node:)) ?? .null
    }

    private init(node: Node) {
        switch node {
        case .mapping(let mapping):
            self = .object(
                JSONObject(mapping.map { ($0.key.string ?? "", JSON(node: $0.value)) }))
        case .sequence(let sequence):
            self = .array(sequence.map(JSON.init(node:)))
        case .scalar(let scalar):
            self = JSON(scalar: scalar, tag: Resolver.default.resolveTag(of: node))
        case .alias:
            self = .null
        }
    }

    private init(scalar: Node.Scalar, tag: Tag.Name) {
        switch tag {
        case .bool: self = Bool.construct(from: scalar).map(JSON.bool) ?? .string(scalar.string)
        case .int: self = Int.construct(from: scalar).map(JSON.int) ?? .string(scalar.string)
        case .float: self = Double.construct(from: scalar).map(JSON.double) ?? .string(scalar.string)
        case .null: self = .null
        default: self = .string(scalar.string)
        }
    }
}
