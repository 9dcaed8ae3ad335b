package import AulaModel

extension FaultScript {
    /// Reads the text form.
    ///
    /// - Throws: Yams' error for text that is no YAML, ``FaultScriptError`` for what the form does not know.
    package init(reading text: String) throws {
        try self.init(reading: JSON(yaml: text))
    }

    package init(reading json: JSON) throws(FaultScriptError) {
        guard !json.isNull else {
            self.init()
            return
        }
        let fields = try FaultFields(json, at: "the file", known: ["faults", "conditions"])
        let rules = try fields.list("faults") ?? []
        var read: [FaultRule] = []
        for (index, rule) in rules.enumerated() { read.append(try FaultRule(reading: rule, at: "faults[\(index)]")) }
        var conditions = SandboxConditions()
        if let value = fields.value("conditions") { conditions = try SandboxConditions(reading: value) }
        self.init(rules: read, conditions: conditions)
    }
}

extension FaultRule {
    fileprivate init(reading json: JSON, at place: String) throws(FaultScriptError) {
        let fields = try FaultFields(
            json, at: place,
            known: [
                "system", "cluster", "method", "path", "query", "nth", "times", "delay", "answer", "drop",
            ])
        var system: SandboxSystem?
        if let name = try fields.string("system") {
            system = SandboxSystem(rawValue: name)
            if system == nil { throw fields.wrong("system", "azure, kubernetes or gitlab") }
        }
        let methods = try fields.strings("method") ?? []
        var query: [String: Glob] = [:]
        for member in try fields.object("query")?.members ?? [] {
            query[member.key] = Glob(member.value.string ?? member.value.text)
        }
        let fault = try Fault(reading: fields)
        self.init(
            system: system, methods: Set(methods.map { $0.uppercased() }),
            path: try fields.string("path").map(PathGlob.init), cluster: try fields.string("cluster").map(Glob.init),
            query: query, nth: try fields.count("nth") ?? 1, times: try fields.count("times"), fault: fault)
    }
}

extension Fault {
    fileprivate init(reading fields: FaultFields) throws(FaultScriptError) {
        self.init(delay: try fields.seconds("delay") ?? 0)
        let answer = fields.value("answer")
        let drop = fields.value("drop")
        switch (answer, drop) {
        case (nil, nil):
            if delay == 0 { throw FaultScriptError(place: fields.place, message: "needs answer, drop or delay") }
        case (let answer?, nil):
            outcome = .answer(try FaultAnswer(reading: answer, at: fields.place + ".answer"))
        case (nil, .string("request")):
            outcome = .dropRequest
        case (nil, .string("answer")):
            outcome = .dropAnswer
        case (nil, .int(let bytes)) where bytes >= 0:
            outcome = .cutBody(bytes: bytes)
        case (nil, _):
            throw fields.wrong("drop", "request, answer or a number of bytes")
        default:
            throw FaultScriptError(place: fields.place, message: "has both answer and drop: choose one")
        }
    }
}

extension FaultAnswer {
    fileprivate init(reading json: JSON, at place: String) throws(FaultScriptError) {
        let fields = try FaultFields(json, at: place, known: ["status", "headers", "body"])
        guard let status = try fields.count("status"), (200...599).contains(status) else {
            throw fields.wrong("status", "an HTTP status from 200 to 599")
        }
        self.init(status: status, body: fields.value("body"))
        for member in try fields.object("headers")?.members ?? [] {
            headers[member.key] = member.value.string ?? member.value.text
        }
    }
}
