import AulaModel
import AulaYAML
import Foundation

extension Compiler {
    /// Reads `$let`: names for values that are born elsewhere.
    mutating func define(_ node: YAMLNode) {
        guard let entries = node.entries else {
            report("$let is a mapping of names", at: node)
            return
        }
        for entry in entries {
            guard names[entry.key] == nil, lets[entry.key] == nil else {
                report("`\(entry.key)` has a meaning already", at: entry.position, hint: "choose another name")
                continue
            }
            if let binding = definition(entry) { lets[entry.key] = binding }
        }
    }

    private mutating func definition(_ entry: YAMLEntry) -> LateBinding? {
        let node = entry.node
        switch node.value {
        case .scalar(let text, _):
            return late(Placeholders(text).pieces, at: node)
        case .mapping:
            guard let text = node["$base64"]?.text else { return output(node, "$let.\(entry.key)") }
            return late(Placeholders(text).pieces, at: node).map {
                LateBinding(value: .base64($0.value), secret: $0.secret, once: $0.once)
            }
        case .list:
            report("a value of $let is text, or a mapping with $output or $base64", at: node)
            return nil
        }
    }

    private mutating func output(_ node: YAMLNode, _ path: String) -> LateBinding? {
        guard let fields = fields(of: node, at: path, keys: ["$output", "field", "secret", "once"]) else { return nil }
        guard let source = fields["$output"], let field = text("field", in: fields), let address = address(source)
        else {
            report("an output needs `$output: ADDRESS` and `field: NAME`", at: node)
            return nil
        }
        return LateBinding(
            value: .output(address, field), secret: flag("secret", in: fields) ?? true,
            once: flag("once", in: fields) ?? false)
    }

    /// One address, or a list of them.
    mutating func addresses(_ node: YAMLNode) -> [AddressProgram] {
        (node.items ?? [node]).compactMap { address($0) }
    }

    private mutating func address(_ node: YAMLNode) -> AddressProgram? {
        guard let text = node.text, text.contains("/") else {
            report("an address is written KIND/NAME or KIND/NAMESPACE/NAME", at: node)
            return nil
        }
        return resolve(Placeholders(text).pieces, at: node).map {
            AddressProgram(pieces: $0, position: node.position)
        }
    }
}

enum Base64 {
    static func of(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
