import AulaModel
import AulaYAML

/// Turns YAML nodes into programs, with every finding at its position.
struct Compiler: TreeReading {
    /// What a field of a Kubernetes object accepts.
    enum Form {
        case any
        /// Only text: an environment variable's value.
        case text
        /// Text, a list or a mapping of text: arguments, labels, the data of a ConfigMap.
        case texts
    }

    let file: String
    var names: Names
    /// What the document's `$let` defines.
    var lets: [String: LateBinding] = [:]
    /// Leave out scalars that are only `{image}` or `{replicas}`: others write them.
    var omitsHandedOver = false
    private(set) var hasOmitted = false

    var lateFields: [LateFieldProgram] = []
    var findings = Findings(in: "a manifest")
    /// The keys that lead to the value at hand; nil for an item of a list.
    private(set) var path: [String?] = []
    /// What the value at hand stands behind.
    private(set) var conditions: [Program.Condition] = []

    init(file: String, names: Names) {
        self.file = file
        self.names = names
    }

    mutating func report(_ message: String, at node: YAMLNode, hint: String? = nil) {
        error(message, at: node.position, hint: hint)
    }

    mutating func report(_ message: String, at position: SourcePosition?, hint: String? = nil) {
        findings.report(Diagnostic(.error, message, at: position, hint: hint))
    }

    /// The node's program; nil where it is left out of the object (a late value, a field that is handed over).
    mutating func compile(_ node: YAMLNode, as form: Form = .any) -> Program? {
        switch node.value {
        case .scalar(let text, let plain): return compile(text, plain: plain, node, as: form)
        case .list(let items):
            var programs: [Program] = []
            for item in items {
                if let program = within(nil, { $0.compile(item, as: form) }) { programs.append(program) }
            }
            return .array(folding: programs)
        case .mapping(let entries): return compile(entries, node, as: form)
        }
    }

    mutating func within<Result>(_ key: String?, _ body: (inout Compiler) -> Result) -> Result {
        path.append(key)
        defer { path.removeLast() }
        return body(&self)
    }

    private mutating func compile(_ text: String, plain: Bool, _ node: YAMLNode, as form: Form) -> Program? {
        let pieces = Placeholders(text).pieces
        let used = pieces.compactMap { if case .name(let name) = $0 { name } else { nil } }
        guard !used.isEmpty else {
            // `{{name}}` has become `{name}`.
            if case .text(let piece)? = pieces.first, piece != text { return .constant(.string(piece)) }
            let value = plain ? JSON(plain: text, .manifest) : .string(text)
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
            return .text(resolved, node.position)
        }
        switch form {
        case .any: return .value(index)
        case .text: return .valueAsText(index)
        case .texts: return .valueAsTexts(index)
        }
    }

    private mutating func compile(_ entries: [YAMLEntry], _ node: YAMLNode, as form: Form) -> Program? {
        if let directive = (entries.first?.key).flatMap(Directive.init) {
            return compile(directive, entries, node, as: form)
        }
        var members: [(key: Program.Key, value: Program)] = []
        for entry in entries {
            let name = entry.key
            if name.hasPrefix("$") {
                report(
                    "`\(name)` is not known here", at: entry.position,
                    hint: "a mapping with a directive begins with it: \(Directive.list)")
                continue
            }
            if ReservedKeys.contain(name, at: path) {
                report(
                    "'\(name)' is aula's own", at: entry.position,
                    hint: "leave it out, aula marks its objects itself; labels and annotations of yours take a prefix "
                        + "of yours, such as example.org/")
            }
            guard let compiledKey = self.key(name, at: entry.position) else { continue }
            let inner = self.form(of: name, in: form)
            let program = within(name) { $0.compile(entry.node, as: inner) }
            if let program { members.append((compiledKey, program)) }
        }
        // A mapping that is empty because all of it comes later is not written at all.
        return members.isEmpty && !entries.isEmpty ? nil : .object(folding: members)
    }

    private mutating func key(_ name: String, at position: SourcePosition) -> Program.Key? {
        let pieces = Placeholders(name).pieces
        if pieces.allSatisfy({ if case .text = $0 { true } else { false } }) {
            guard case .text(let text)? = pieces.first else { return .constant(name) }
            return .constant(text)
        }
        return resolve(pieces, at: position).map { .text($0, position) }
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

    mutating func resolve(_ pieces: [Placeholders.Piece], at node: YAMLNode) -> [Program.TextPiece]? {
        resolve(pieces, at: node.position)
    }

    mutating func index(of name: String, at node: YAMLNode) -> Int? {
        index(of: name, at: node.position)
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
