import AulaModel
import AulaYAML

/// Reads the values of `runs:` and `bills:`.
struct NeedsReader: TreeReading {
    static let keys = ["runs", "bills"]
    private static let runKeys = ["count", "perNode", "elsewhere", "requests", "limits"]
    private static let billKeys = ["item", "name", "count", "byUse", "shared"]

    var findings = Findings(in: "a template")
    private(set) var needs = Needs()
    /// What is billed, where it has no name of its own.
    let name: String
    let group: String?
    let namespace: String

    mutating func read(_ list: JSON, _ key: String, at position: SourcePosition) {
        guard let items = list.array else {
            mistyped(YAMLNode(list, at: position), key, expected: "a list")
            return
        }
        for (index, item) in items.enumerated() {
            let (node, path) = (YAMLNode(item, at: position), "\(key)[\(index)]")
            if key == "runs" { readRun(node, path) } else { readBill(node, path) }
        }
    }

    private mutating func readRun(_ node: YAMLNode, _ path: String) {
        guard let fields = fields(of: node, at: path, keys: Self.runKeys) else { return }
        var need = PodNeed()
        need.count = number("count", in: fields, 0...100_000) ?? 1
        need.isPerNode = flag("perNode", in: fields) ?? false
        need.namespace = flag("elsewhere", in: fields) ?? false ? nil : namespace
        for key in ["requests", "limits"] {
            guard let node = fields[key],
                let amounts = self.fields(of: node, at: fields.path(to: key), keys: ["cpu", "memory"])
            else { continue }
            for entry in amounts.entries where !ParameterDeclaration.isQuantity(entry.node.text ?? "") {
                mistyped(entry.node, amounts.path(to: entry.key), expected: "a quantity such as 100m or 64Mi")
            }
            need.resources[key] = JSON(node)
        }
        needs.pods.append(need)
    }

    private mutating func readBill(_ node: YAMLNode, _ path: String) {
        guard let fields = fields(of: node, at: path, keys: Self.billKeys) else { return }
        guard let item = text("item", in: fields) else {
            if fields["item"] == nil {
                missing("item", in: fields, hint: "name it as the prices do: publicIP/standard")
            }
            return
        }
        let byUse = flag("byUse", in: fields) ?? false
        let isShared = flag("shared", in: fields) ?? false
        let count = number("count", in: fields, 0...100_000) ?? 1
        needs.charges.append(
            Charge(
                item, for: text("name", in: fields) ?? name, count: byUse ? nil : count, isShared: isShared || byUse,
                group: isShared || byUse ? nil : group))
    }
}

extension YAMLNode {
    /// A value that was computed, as if it were written at one position.
    fileprivate init(_ json: JSON, at position: SourcePosition) {
        switch json {
        case .array(let items): self.init(.list(items.map { YAMLNode($0, at: position) }), at: position)
        case .object(let object):
            self.init(
                .mapping(
                    object.members.map {
                        YAMLEntry(key: $0.key, position: position, node: YAMLNode($0.value, at: position))
                    }), at: position)
        case .string(let text): self.init(.scalar(text, plain: false), at: position)
        default: self.init(.scalar(json.text, plain: true), at: position)
        }
    }
}
