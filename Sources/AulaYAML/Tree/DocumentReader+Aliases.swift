import AulaModel
import Yams

extension DocumentReader {
    /// The value that an alias stands for, unless all aliases together would add too much.
    mutating func resolve(
        _ alias: Yams.Node.Scalar, at position: SourcePosition, depth: Int
    ) throws(UnreadableNode) -> Measured {
        let name = String(alias.string.unicodeScalars.dropFirst())
        guard let target = anchors[name] else {
            throw UnreadableNode(
                "the alias \(quoted("*" + name)) has no anchor before it", at: position,
                hint: "put &NAME before the value that *NAME repeats, or the text in quotes")
        }
        aliased += target.size
        guard aliased <= Self.aliasLimit else {
            throw UnreadableNode(
                "the aliases of this file repeat more than \(Self.aliasLimit) values", at: position,
                hint: "write the values out, or repeat less")
        }
        guard depth + target.height <= Self.depthLimit else { throw Self.tooDeep(position) }
        return target
    }

    /// What `<<:` brings in: the entries of a mapping, or of a list of mappings of which the first ones win.
    mutating func entries(toMerge node: YAMLNode, at position: SourcePosition) -> [YAMLEntry] {
        switch node.value {
        case .mapping(let entries): return entries
        case .list(let items):
            let entries = items.compactMap { if case .mapping(let entries) = $0.value { entries } else { nil } }
            if entries.count == items.count { return entries.flatMap { $0 } }
        case .scalar: break
        }
        report("`<<` merges a mapping, not \(node.kind)", at: position)
        return []
    }

    static func tooDeep(_ position: SourcePosition) -> UnreadableNode {
        UnreadableNode("lists and mappings nest deeper than \(depthLimit) levels", at: position)
    }
}

extension Yams.Node.Scalar {
    var isAlias: Bool { style == .plain && string.unicodeScalars.first == DocumentReader.aliasSign }
    var isMergeKey: Bool { style == .plain && string == "<<" }
}
