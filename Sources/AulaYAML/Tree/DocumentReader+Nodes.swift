import AulaModel
import Yams

/// Why a document cannot be read on.
struct UnreadableNode: Error {
    var diagnostic: Diagnostic

    init(_ message: String, at position: SourcePosition, hint: String? = nil) {
        diagnostic = Diagnostic(.error, message, at: position, hint: hint)
    }
}

extension DocumentReader {
    mutating func convert(_ node: Yams.Node, depth: Int) throws(UnreadableNode) -> Measured {
        let position = position(of: node)
        guard depth <= Self.depthLimit else { throw Self.tooDeep(position) }
        let measured: Measured
        switch node {
        case .scalar(let scalar) where scalar.isAlias:
            return try resolve(scalar, at: position, depth: depth)
        case .scalar(let scalar):
            check(scalar.tag, isStandard: "str", at: position)
            let text = straight(scalar, at: position)
            let plain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
            measured = Measured(node: YAMLNode(.scalar(text, plain: plain), at: position), size: 1, height: 0)
        case .sequence(let sequence):
            check(sequence.tag, isStandard: "seq", at: position)
            measured = try list(sequence, at: position, depth: depth)
        case .mapping(let mapping):
            check(mapping.tag, isStandard: "map", at: position)
            measured = try self.mapping(mapping, at: position, depth: depth)
        case .alias:
            throw UnreadableNode("an alias without a name", at: position)
        }
        if let anchor = node.anchor?.rawValue { anchors[anchor] = measured }
        return measured
    }

    private mutating func list(
        _ sequence: Yams.Node.Sequence, at position: SourcePosition, depth: Int
    ) throws(UnreadableNode) -> Measured {
        var items: [YAMLNode] = []
        var (size, height) = (1, 0)
        for item in sequence {
            let item = try convert(item, depth: depth + 1)
            items.append(item.node)
            (size, height) = (size + item.size, max(height, item.height))
        }
        return Measured(node: YAMLNode(.list(items), at: position), size: size, height: height + 1)
    }

    private mutating func mapping(
        _ mapping: Yams.Node.Mapping, at position: SourcePosition, depth: Int
    ) throws(UnreadableNode) -> Measured {
        var own: [YAMLEntry] = []
        var merged: [YAMLEntry] = []
        var (size, height) = (1, 0)
        for (key, value) in mapping {
            let keyPosition = self.position(of: key)
            let word = key.scalar.flatMap { $0.isAlias ? nil : $0 }
            // What is merged does not nest deeper than the mapping that it is merged into.
            let isMerged = word?.isMergeKey == true
            let value = try convert(value, depth: isMerged ? depth : depth + 1)
            (size, height) = (size + value.size, max(height, isMerged ? value.height - 1 : value.height))
            if isMerged {
                merged += entries(toMerge: value.node, at: keyPosition)
            } else if let word {
                own.append(YAMLEntry(key: straight(word, at: keyPosition), position: keyPosition, node: value.node))
            } else {
                report("a key must be a plain word", at: keyPosition)
            }
        }
        var seen = Set(own.map(\.key))
        own += merged.filter { seen.insert($0.key).inserted }
        return Measured(node: YAMLNode(.mapping(own), at: position), size: size, height: height + 1)
    }

    private static let quotes = "“”„‟«»‘’‚"

    /// The text of a scalar; one in typographic quotes, which are letters to YAML, is an error and read without them.
    private mutating func straight(_ scalar: Yams.Node.Scalar, at position: SourcePosition) -> String {
        let text = swapped(scalar.string, Self.aliasSign, "*")
        guard scalar.style == .plain, text.count > 2, let first = text.first, let last = text.last,
            Self.quotes.contains(first), Self.quotes.contains(last)
        else { return text }
        let inside = String(text.dropFirst().dropLast())
        guard !inside.contains(where: Self.quotes.contains) else { return text }
        report(
            "\(quoted(text)) stands in typographic quotes", at: position,
            hint: Scalar.whole(inside) != nil ? "write \(inside)" : "write \"\(inside)\", or no quotes")
        return inside
    }

    /// Only YAML's standard types are known; one that is spelled out must be the one that the value has anyway.
    private mutating func check(_ tag: Tag, isStandard name: String, at position: SourcePosition) {
        guard !["", "tag:yaml.org,2002:\(name)"].contains(tag.rawValue) else { return }
        report("the type \(quoted(tag.rawValue)) has no meaning here", at: position, hint: "leave it out")
    }
}
