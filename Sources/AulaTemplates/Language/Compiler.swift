import AulaModel
import Yams

/// Turns YAML nodes into programs, with every finding at its position.
struct Compiler {
    /// What a field of a Kubernetes object accepts.
    enum Form {
        case any
        /// Only text: an environment variable's value.
        case text
        /// Text, a list or a mapping of text: arguments, labels, the data of a ConfigMap.
        case texts
    }

    /// How many values one file may hold, aliases counted as often as they are used.
    static let valueLimit = 100_000
    static let depthLimit = 60

    let file: String
    var names: Names
    /// What the document's `$let` defines.
    var lets: [String: LateBinding] = [:]
    /// Leave out scalars that are only `{image}` or `{replicas}`: others write them.
    var omitsHandedOver = false
    private(set) var hasOmitted = false

    var lateFields: [LateFieldProgram] = []
    var diagnostics: [Diagnostic] = []
    /// The keys that lead to the value at hand; nil for an item of a list.
    private(set) var path: [String?] = []
    /// What the value at hand stands behind.
    private(set) var conditions: [Program.Condition] = []
    private var count = 0

    init(file: String, names: Names) {
        self.file = file
        self.names = names
    }

    mutating func report(_ message: String, at node: Node, hint: String? = nil) {
        report(message, at: node.position(in: file), hint: hint)
    }

    mutating func report(_ message: String, at position: SourcePosition?, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: position, hint: hint))
    }

    /// The node's program; nil where it is left out of the object (a late value, a field that is handed over).
    mutating func compile(_ node: Node, as form: Form = .any) -> Program? {
        count += 1
        guard count <= Self.valueLimit, path.count <= Self.depthLimit else {
            if count == Self.valueLimit + 1 || path.count > Self.depthLimit {
                report("too many values or too deep: is this a manifest?", at: node)
                count = Self.valueLimit + 1
            }
            return nil
        }
        switch node {
        case .scalar(let scalar): return compile(scalar, node, as: form)
        case .sequence(let items):
            var programs: [Program] = []
            for item in items {
                if let program = within(nil, { $0.compile(item, as: form) }) { programs.append(program) }
            }
            return .array(folding: programs)
        case .mapping(let mapping): return compile(mapping, node, as: form)
        case .alias: return nil
        }
    }

    mutating func within<Result>(_ key: String?, _ body: (inout Compiler) -> Result) -> Result {
        path.append(key)
        defer { path.removeLast() }
        return body(&self)
    }

    private mutating func compile(_ scalar: Node.Scalar, _ node: Node, as form: Form) -> Program? {
        let pieces = Placeholders(scalar.string).pieces
        let used = pieces.compactMap { if case .name(let name) = $0 { name } else { nil } }
        guard !used.isEmpty else {
            // `{{name}}` has become `{name}`.
            if case .text(let text)? = pieces.first, text != scalar.string { return .constant(.string(text)) }
            let value = JSON(scalar: scalar)
            return .constant(form == .any ? value : value.asText.map(JSON.string) ?? value)
        }
        if omitsHandedOver, pieces.count == 1, ["image", "replicas"].contains(used[0]) {
            hasOmitted = true
            return nil
        }
        if used.contains(where: { lets[$0] != nil }) {
            addLateField(late(pieces, at: node), at: node)
            return nil
        }
        guard let resolved = resolve(pieces, at: node) else { return nil }
        guard resolved.count == 1, case .name(let index, _) = resolved[0] else {
            return .text(resolved, node.position(in: file))
        }
        switch form {
        case .any: return .value(index)
        case .text: return .valueAsText(index)
        case .texts: return .valueAsTexts(index)
        }
    }

    private mutating func compile(_ mapping: Node.Mapping, _ node: Node, as form: Form) -> Program? {
        if let first = mapping.first?.key.scalar?.string, first.hasPrefix("$"),
            let directive = Directive(rawValue: first)
        {
            return compile(directive, mapping, node, as: form)
        }
        var members: [(key: Program.Key, value: Program)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                report("a key must be text", at: key)
                continue
            }
            if name.hasPrefix("$") {
                report(
                    "`\(name)` is not known here", at: key,
                    hint: "a mapping with a directive begins with it: \(Directive.list)")
                continue
            }
            if ReservedKeys.contain(name, at: path) {
                report(
                    "'\(name)' is aula's own", at: key,
                    hint: "leave it out, aula marks its objects itself; labels and annotations of yours take a prefix "
                        + "of yours, such as example.org/")
            }
            guard let compiledKey = self.key(name, at: key) else { continue }
            let inner = self.form(of: name, in: form)
            let program = within(name) { $0.compile(value, as: inner) }
            if let program { members.append((compiledKey, program)) }
        }
        // A mapping that is empty because all of it comes later is not written at all.
        return members.isEmpty && mapping.count > 0 ? nil : .object(folding: members)
    }

    private mutating func key(_ name: String, at node: Node) -> Program.Key? {
        let pieces = Placeholders(name).pieces
        if pieces.allSatisfy({ if case .text = $0 { true } else { false } }) {
            guard case .text(let text)? = pieces.first else { return .constant(name) }
            return .constant(text)
        }
        return resolve(pieces, at: node).map { .text($0, node.position(in: file)) }
    }

    /// Positions of the names, or a finding for each that is unknown.
    mutating func resolve(_ pieces: [Placeholders.Piece], at position: SourcePosition?) -> [Program.TextPiece]? {
        var result: [Program.TextPiece] = []
        var isComplete = true
        for piece in pieces {
            switch piece {
            case .text(let text): result.append(.literal(text))
            case .name(let name):
                if let index = index(of: name, at: position) {
                    result.append(.name(index, name))
                } else {
                    isComplete = false
                }
            }
        }
        return isComplete ? result : nil
    }

    mutating func resolve(_ pieces: [Placeholders.Piece], at node: Node) -> [Program.TextPiece]? {
        resolve(pieces, at: node.position(in: file))
    }

    mutating func index(of name: String, at node: Node) -> Int? {
        index(of: name, at: node.position(in: file))
    }

    mutating func index(of name: String, at position: SourcePosition?) -> Int? {
        if let index = names[name] { return index }
        report(
            "nothing is called `\(name)` here", at: position,
            hint: (Spelling.hint(for: name, among: names.all).map { $0 + " " } ?? "")
                + "Write {{\(name)}} for the text {\(name)}.")
        return nil
    }

    private func form(of key: String, in form: Form) -> Form {
        switch key {
        case "labels", "annotations", "matchLabels", "nodeSelector": return .texts
        // Quantities: the API server answers with text, whatever it was sent.
        case "requests", "limits", "hard", "default", "defaultRequest": return .texts
        case "command", "args": return .texts
        case "value" where path.count >= 2 && path[path.count - 1] == nil && path[path.count - 2] == "env": return .text
        default:
            if form == .texts { return .text }
            return path.isEmpty && (key == "data" || key == "stringData") && holdsTexts ? .texts : .any
        }
    }

    /// Whether the document is a ConfigMap or a Secret.
    var holdsTexts = false

    /// Compiles what stands behind a condition.
    mutating func under(_ condition: Program.Condition, _ body: (inout Compiler) -> Program?) -> Program? {
        conditions.append(condition)
        defer { conditions.removeLast() }
        return body(&self).map { .when(condition, $0) }
    }
}
