import AulaModel
import AulaSandbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct FaultScriptTests {
    private func script(_ text: String) throws -> FaultScript {
        try FaultScript.read(SourceFile(path: "faults.yaml", text: text))
    }

    private func findings(_ text: String) throws -> [String] {
        let error = try #require(throws: DiagnosticError.self) { try script(text) }
        return error.diagnostics.map(\.description)
    }

    @Test func `an empty file injects nothing`() throws {
        #expect(try script("") == FaultScript())
        #expect(try script("{}") == FaultScript())
    }

    @Test func `JSON is read like YAML`() throws {
        let yaml = """
            faults:
              - system: gitlab
                path: /api/v4/projects/**
                answer: { status: 429, headers: { Retry-After: 2 }, body: Retry later }
            conditions: { certificateClusters: false, tokenDelaySeconds: 20 }
            """
        let json = """
            {"faults": [{"system": "gitlab", "path": "/api/v4/projects/**",
              "answer": {"status": 429, "headers": {"Retry-After": "2"}, "body": "Retry later"}}],
             "conditions": {"certificateClusters": false, "tokenDelaySeconds": 20.0}}
            """
        let script = try self.script(yaml)
        #expect(try script == self.script(json))
        #expect(
            script.rules.first?.fault.outcome
                == .answer(FaultAnswer(status: 429, headers: ["Retry-After": "2"], body: "Retry later")))
        #expect(script.conditions.certificateClusters == false)
        #expect(script.conditions.tokenDelaySeconds == 20)
    }

    @Test func `a number under drop cuts the body`() throws {
        let script = try self.script("faults: [{ path: /version, drop: 100 }]")
        #expect(script.rules.first?.fault.outcome == .cutBody(bytes: 100))
    }

    @Test(
        "what the form does not know is refused, with its position",
        arguments: [
            (
                "faults: [{ path: /x }]",
                ["1:10: error: `faults[0]` does nothing\n  hint: give it answer, drop or delay"]
            ),
            (
                "faults: [{ drop: request, answer: { status: 500 } }]",
                ["1:18: error: `faults[0]` has both answer and drop\n  hint: choose one"]
            ),
            (
                "faults: [{ drop: sometimes }]",
                ["1:18: error: `faults[0].drop` must be request, answer or a number of bytes, not `sometimes`"]
            ),
            (
                "faults:\n  - { delay: 1 }\n  - { dely: 1, drop: request }",
                ["3:7: error: unknown key `dely` in `faults[1]`\n  hint: did you mean `delay`?"]
            ),
            (
                "faults: [{ delay: soon }]",
                ["1:19: error: `faults[0].delay` must be a number of seconds, at most 3600, not `soon`"]
            ),
            (
                "faults: [{ system: aws, delay: 1 }]",
                [
                    "1:20: error: unknown faults[0].system `aws`\n"
                        + "  hint: choose `azure`, `kubernetes`, `gitlab`"
                ]
            ),
            (
                "faults: [{ answer: { status: 99 } }]",
                ["1:30: error: `faults[0].answer.status` must be from 200 to 599, not 99"]
            ),
            ("faults: 3", ["1:9: error: `faults` must be a list, not `3`\n  hint: write [ONE, TWO]"]),
            (
                "conditions: { vcpuQuota: -1, certificateClusters: yes }",
                [
                    "1:26: error: `conditions.vcpuQuota` must be from 0 to \(Int.max), not -1",
                    "1:51: error: `conditions.certificateClusters` must be true or false, not `yes`\n  hint: write true",
                ]
            ),
            (
                "faults: [",
                [
                    "2:1: error: this is not YAML: did not find expected node content while parsing a flow node\n"
                        + "  hint: compare the indentation, the brackets and the quotes with the lines above"
                ]
            ),
        ])
    func refused(text: String, said: [String]) throws {
        #expect(try findings(text) == said.map { "faults.yaml:" + $0 })
    }

    @Test func `what is unknown is named beside what there is`() throws {
        #expect(try findings("conditions: { speed: 1 }").first?.contains("known here: tokenDelaySeconds, ") == true)
        let operation = try findings("conditions: { operationFailures: [{ operation: explode }] }")
        #expect(operation.first?.contains("unknown conditions.operationFailures[0].operation `explode`") == true)
    }

    @Test func `a bomb of aliases in a fault file is defused`() throws {
        let first = "a0: &a0 [lol]"
        let others = (1...12).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]"
        }
        let text = ([first] + others).joined(separator: "\n")
        #expect(try findings(text).first?.contains("the aliases of this file repeat more than 100000 values") == true)
    }
}
