import AulaModel
import AulaSandbox
import Testing

@Suite struct FaultLedgerTests {
    private func faults(_ text: String, _ requests: [SandboxRequest]) throws -> [Fault?] {
        var ledger = FaultLedger(try FaultScript.read(SourceFile(path: "f", text: text)))
        return requests.map { ledger.fault(for: $0, system: .kubernetes, cluster: "memo2") }
    }

    private let patch = SandboxRequest(method: "PATCH", path: "/api/v1/namespaces/a/secrets/b")
    private let list = SandboxRequest(
        method: "GET", path: "/api/v1/secrets", query: [(name: "labelSelector", value: "aula.dev/id=m2k7q9xd")])

    @Test func `the second and third matching requests are struck, the others are served`() throws {
        let text = "faults: [{ method: PATCH, path: '/api/**', nth: 2, times: 2, answer: { status: 500 } }]"
        let struck = try faults(text, [patch, list, patch, list, patch, patch])
        #expect(struck.map { $0 != nil } == [false, false, true, false, true, false])
        #expect(struck[2]?.outcome == .answer(FaultAnswer(status: 500)))
    }

    @Test func `two rules of one route follow each other`() throws {
        let text = """
            faults:
              - { method: PATCH, times: 1, drop: request }
              - { method: PATCH, nth: 2, times: 1, drop: answer }
            """
        #expect(try faults(text, [patch, patch, patch]).map { $0?.outcome } == [.dropRequest, .dropAnswer, nil])
    }

    @Test(
        "every condition of a rule must hold",
        arguments: [
            ("system: gitlab", false), ("system: kubernetes", true), ("cluster: 'memo*'", true),
            ("cluster: other", false), ("method: [get, head]", true), ("method: PUT", false),
            ("query: { labelSelector: '*m2k7q9xd*' }", true), ("query: { labelSelector: '*other*' }", false),
            ("query: { continue: '*' }", false),
        ])
    func conditionsOfARule(condition: String, strikes: Bool) throws {
        let fault = try faults("faults: [{ \(condition), delay: 0.5 }]", [list])
        #expect(fault == [strikes ? Fault(delay: 0.5) : nil])
    }
}
