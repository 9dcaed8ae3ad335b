package import AulaModel
import AulaYAML

extension FaultScript {
    /// Reads the text form; a text without content injects nothing.
    ///
    /// - Throws: every problem of the text, each with its position.
    package static func read(_ file: SourceFile) throws(DiagnosticError) -> FaultScript {
        let (root, unreadable) = YAML.document(in: file)
        guard unreadable.isEmpty else { throw DiagnosticError(unreadable) }
        guard let root else { return FaultScript() }
        var reader = FaultReader()
        let script = reader.script(root)
        guard reader.diagnostics.isEmpty else { throw DiagnosticError(reader.diagnostics.inFileOrder) }
        return script
    }
}

/// Goes through the tree of a fault file.
struct FaultReader: TreeReading {
    var findings = Findings(in: "a fault file")

    mutating func script(_ root: YAMLNode) -> FaultScript {
        var script = FaultScript()
        guard let fields = fields(of: root, at: "", keys: ["faults", "conditions"]) else { return script }
        for (index, rule) in (items("faults", in: fields) ?? []).enumerated() {
            if let rule = self.rule(rule, at: "faults[\(index)]") { script.rules.append(rule) }
        }
        if let node = fields["conditions"] { script.conditions = conditions(node) }
        return script
    }

    private mutating func rule(_ node: YAMLNode, at path: String) -> FaultRule? {
        let keys = ["system", "cluster", "method", "path", "query", "nth", "times", "delay", "answer", "drop"]
        guard let fields = fields(of: node, at: path, keys: keys) else { return nil }
        guard let fault = fault(fields) else { return nil }
        return FaultRule(
            system: choice("system", in: fields, SandboxSystem.self),
            methods: Set(texts("method", in: fields).map { $0.uppercased() }),
            path: text("path", in: fields).map(PathGlob.init), cluster: text("cluster", in: fields).map(Glob.init),
            query: words("query", in: fields).mapValues(Glob.init), nth: number("nth", in: fields, 0...Int.max) ?? 1,
            times: number("times", in: fields, 0...Int.max), fault: fault)
    }

    private mutating func fault(_ fields: Fields) -> Fault? {
        var fault = Fault(delay: seconds("delay", in: fields) ?? 0)
        switch (fields["answer"], fields["drop"]) {
        case (nil, nil):
            if fields["delay"] == nil {
                error(
                    "`\(fields.path)` does nothing", at: fields.position,
                    hint: "give it answer, drop or delay")
            }
        case (let answer?, nil):
            guard let answer = self.answer(answer, at: fields.path(to: "answer")) else { return nil }
            fault.outcome = .answer(answer)
        case (nil, let drop?):
            switch drop.text ?? "" {
            case "request": fault.outcome = .dropRequest
            case "answer": fault.outcome = .dropAnswer
            case let text:
                guard let bytes = Scalar.whole(text), bytes >= 0 else {
                    mistyped(drop, fields.path(to: "drop"), expected: "request, answer or a number of bytes")
                    return nil
                }
                fault.outcome = .cutBody(bytes: bytes)
            }
        case (_?, let drop?):
            error("`\(fields.path)` has both answer and drop", at: drop.position, hint: "choose one")
        }
        return fault
    }

    private mutating func answer(_ node: YAMLNode, at path: String) -> FaultAnswer? {
        guard let fields = fields(of: node, at: path, keys: ["status", "headers", "body"]) else { return nil }
        let headers = words("headers", in: fields)
        guard fields["status"] != nil else {
            missing("status", in: fields, hint: "write an HTTP status from 200 to 599")
            return nil
        }
        return number("status", in: fields, 200...599).map {
            FaultAnswer(status: $0, headers: headers, body: fields["body"].map { JSON($0) })
        }
    }
}

extension FaultReader {
    mutating func seconds(_ key: String, in fields: Fields) -> Double? {
        guard let node = fields[key] else { return nil }
        guard case .scalar(let text, plain: true) = node.value, let seconds = Scalar.number(text),
            (0...3600).contains(seconds)
        else {
            mistyped(node, fields.path(to: key), expected: "a number of seconds, at most 3600")
            return nil
        }
        return seconds
    }

    /// One text or a list of texts.
    mutating func texts(_ key: String, in fields: Fields) -> [String] {
        guard let node = fields[key] else { return [] }
        let path = fields.path(to: key)
        return (node.items ?? [node]).compactMap { text($0, path) }
    }

    /// Names with a text each.
    private mutating func words(_ key: String, in fields: Fields) -> [String: String] {
        guard let inner = fields[key].flatMap({ self.fields(of: $0, at: fields.path(to: key)) }) else { return [:] }
        var words: [String: String] = [:]
        for entry in inner.entries { words[entry.key] = text(entry.node, inner.path(to: entry.key)) }
        return words
    }
}
