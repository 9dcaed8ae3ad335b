package import AulaModel
import Yams

extension YAML {
    /// A value as a person would write it: text in quotes only where it would mean something else without, lines of
    /// text as a block, the keys of `first` before the others.
    ///
    /// - Throws: Yams' error, should a value be beyond YAML.
    package static func text(of value: JSON, first: [String] = []) throws -> String {
        try serialize(node: node(value, first), width: -1, allowUnicode: true)
    }

    private static func node(_ value: JSON, _ first: [String]) -> Node {
        switch value {
        case .object(let object):
            let head = first.compactMap { key in object[key].map { (key, $0) } }
            let rest = object.members.filter { !first.contains($0.key) }.map { ($0.key, $0.value) }
            return .mapping(Node.Mapping((head + rest).map { (text($0.0), node($0.1, first)) }))
        case .array(let items): return .sequence(Node.Sequence(items.map { node($0, first) }))
        case .string(let string): return text(string)
        default: return .scalar(Node.Scalar(value.text, .implicit, .plain))
        }
    }

    private static func text(_ string: String) -> Node {
        let isPlain =
            JSON(plain: string, .manifest) == .string(string)
            && !["yes", "no", "on", "off", "y", "n"].contains(string)
        let style: Node.Scalar.Style = string.contains("\n") ? .literal : isPlain ? .any : .doubleQuoted
        return .scalar(Node.Scalar(string, Tag(.str), style))
    }
}
