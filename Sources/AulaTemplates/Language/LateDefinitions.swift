import AulaModel
import Foundation
import Yams

extension Compiler {
    /// Reads `$let`: names for values that are born elsewhere.
    mutating func define(_ node: Node) {
        guard let mapping = node.mapping else {
            report("$let is a mapping of names", at: node)
            return
        }
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { continue }
            guard names[name] == nil, lets[name] == nil else {
                report("`\(name)` has a meaning already", at: key, hint: "choose another name")
                continue
            }
            if let binding = definition(value) { lets[name] = binding }
        }
    }

    private mutating func definition(_ node: Node) -> LateBinding? {
        switch node {
        case .scalar(let scalar):
            return late(Placeholders(scalar.string).pieces, at: node)
        case .mapping(let mapping):
            if let text = mapping["$base64"]?.scalar?.string {
                return late(Placeholders(text).pieces, at: node).map {
                    LateBinding(value: .base64($0.value), secret: $0.secret, once: $0.once)
                }
            }
            return output(mapping, node)
        default:
            report("a value of $let is text, or a mapping with $output or $base64", at: node)
            return nil
        }
    }

    private mutating func output(_ mapping: Node.Mapping, _ node: Node) -> LateBinding? {
        let known = ["$output", "field", "secret", "once"]
        for (key, _) in mapping where !known.contains(key.scalar?.string ?? "") {
            report(
                "`\(key.scalar?.string ?? "")` is not known here", at: key,
                hint: Spelling.hint(for: key.scalar?.string ?? "", listing: known))
        }
        guard let source = mapping["$output"], let field = mapping["field"]?.scalar?.string,
            let address = address(source)
        else {
            report("an output needs `$output: ADDRESS` and `field: NAME`", at: node)
            return nil
        }
        return LateBinding(
            value: .output(address, field), secret: mapping["secret"]?.json.bool ?? true,
            once: mapping["once"]?.json.bool ?? false)
    }

    /// One address, or a list of them.
    mutating func addresses(_ node: Node) -> [AddressProgram] {
        (node.sequence.map(Array.init) ?? [node]).compactMap { address($0) }
    }

    private mutating func address(_ node: Node) -> AddressProgram? {
        guard let text = node.scalar?.string, text.contains("/") else {
            report("an address is written KIND/NAME or KIND/NAMESPACE/NAME", at: node)
            return nil
        }
        return resolve(Placeholders(text).pieces, at: node).map {
            AddressProgram(pieces: $0, position: node.position(in: file))
        }
    }
}

enum Base64 {
    static func of(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
