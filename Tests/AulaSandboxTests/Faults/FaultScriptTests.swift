import AulaModel
import AulaSandbox
import Testing

@Suite struct FaultScriptTests {
    @Test func `an empty file injects nothing`() throws {
        #expect(try FaultScript(reading: "") == FaultScript())
        #expect(try FaultScript(reading: "{}") == FaultScript())
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
        let script = try FaultScript(reading: yaml)
        #expect(try script == FaultScript(reading: json))
        #expect(
            script.rules.first?.fault.outcome
                == .answer(FaultAnswer(status: 429, headers: ["Retry-After": "2"], body: "Retry later")))
        #expect(script.conditions.certificateClusters == false)
        #expect(script.conditions.tokenDelaySeconds == 20)
    }

    @Test func `a number under drop cuts the body`() throws {
        let script = try FaultScript(reading: "faults: [{ path: /version, drop: 100 }]")
        #expect(script.rules.first?.fault.outcome == .cutBody(bytes: 100))
    }

    @Test(
        "what the form does not know is refused, with its place",
        arguments: [
            ("faults: [{ path: /x }]", "faults[0]: needs answer, drop or delay"),
            ("faults: [{ drop: request, answer: { status: 500 } }]", "faults[0]: has both answer and drop"),
            ("faults: [{ drop: sometimes }]", "faults[0].drop: must be request, answer or a number of bytes"),
            ("faults: [{ delay: 1 }, { dely: 1 }]", "faults[1]: unknown key 'dely'"),
            ("faults: [{ delay: soon }]", "faults[0].delay: must be a number of seconds"),
            ("faults: [{ system: aws, delay: 1 }]", "faults[0].system: must be azure, kubernetes or gitlab"),
            ("faults: [{ answer: { status: 99 } }]", "faults[0].answer.status: must be an HTTP status"),
            ("faults: 3", "the file.faults: must be a list"),
            ("conditions: { vcpuQuota: -1 }", "conditions.vcpuQuota: must be a whole number"),
            ("conditions: { quota: 1 }", "conditions: unknown key 'quota'"),
            (
                "conditions: { operationFailures: [{ operation: explode }] }",
                "conditions.operationFailures[0].operation: must be one of createCluster"
            ),
        ])
    func refused(text: String, message: String) throws {
        let error = try #require(throws: FaultScriptError.self) { try FaultScript(reading: text) }
        #expect(error.description.contains(message))
    }
}
