import AulaModel
import AulaTemplates
import AulaTestSupport
import Testing

/// What a template declares under `runs:` and `bills:`.
@Suite struct NeedsTests {
    private static let header = """
        description: A gateway whose controller makes the pods.
        runs:
          - { count: "{replicas}", requests: { cpu: "{cpu}", memory: 64Mi }, limits: { memory: 1Gi } }
          - { $when: agents, perNode: true, elsewhere: true, requests: { cpu: 1 } }
        bills:
          - { item: publicIP/standard, name: "gateway of {group}" }
          - { $each: zones, item: "dns/{item}", count: 2 }
          - { item: gateway/data, byUse: true }
          - { item: gateway/plan, shared: true }
        parameters:
          cpu: { type: quantity, default: 100m }
          agents: { type: boolean, default: false }
          zones: { type: list, default: [] }
        """

    private func needs(_ parameters: [String: JSON], replicas: Int? = nil) throws -> (Needs, [Diagnostic]) {
        let component = Component(
            name: "edge", template: "thing", replicas: replicas, parameters: parameters.mapValues { Parameter($0) },
            position: SourcePosition(file: "memo2.yaml", line: 7, column: 3))
        let rendering = try Sample.render(
            "{ apiVersion: v1, kind: ConfigMap, metadata: { name: '{component}' }, data: { n: '{replicas}' } }",
            header: Self.header, component: component)
        return (rendering.needs, rendering.diagnostics)
    }

    @Test func `pods and charges take the values of their place`() throws {
        let (needs, findings) = try needs(["cpu": "2", "agents": true, "zones": ["a", "b"]], replicas: 3)
        #expect(findings == [])
        #expect(
            needs.pods == [
                PodNeed(
                    count: 3,
                    resources: ["requests": ["cpu": "2", "memory": "64Mi"], "limits": ["memory": "1Gi"]],
                    namespace: "memo2-g1-test"),
                PodNeed(isPerNode: true, resources: ["requests": ["cpu": "1"]]),
            ])
        #expect(
            needs.charges == [
                Charge("publicIP/standard", for: "gateway of g1", count: 1, group: "g1"),
                Charge("dns/a", for: "edge", count: 2, group: "g1"),
                Charge("dns/b", for: "edge", count: 2, group: "g1"),
                Charge("gateway/data", for: "edge", count: nil, isShared: true),
                Charge("gateway/plan", for: "edge", count: 1, isShared: true),
            ])
    }

    @Test func `what stands behind a condition is only there where it holds`() throws {
        let (needs, _) = try needs([:])
        #expect(needs.pods.map(\.count) == [1])
        #expect(needs.charges.map(\.item) == ["publicIP/standard", "gateway/data", "gateway/plan"])
    }

    @Test(
        arguments: [
            ("runs: [{ cuont: 2 }]", "did you mean `count`?"), ("runs: [{ count: -1 }]", "from 0 to"),
            ("runs: [{ requests: { cpu: much } }]", "a quantity such as"),
            ("bills: [{ count: 1 }]", "`bills[0].item` is missing"),
            ("bills: { item: x }", "must be a list"),
        ])
    func `what a template writes out is checked where it stands`(line: String, words: String) {
        let (_, findings) = Sample.parse(["template.yaml": "description: x\n\(line)"])
        #expect(
            findings.map { $0.position?.description } == [
                "templates/thing/template.yaml:2:\(line.hasPrefix("r") ? 7 : 8)"
            ])
        #expect(findings.first?.description.contains(words) == true, "\(findings)")
    }

    @Test func `a wrong value of the cohort file is named there`() throws {
        let header = "description: x\nparameters:\n  mine: { type: list, default: [] }\nruns: '{mine}'"
        let component = Component(
            name: "edge", template: "thing", parameters: ["mine": Parameter([["count": "many"]])],
            position: SourcePosition(file: "memo2.yaml", line: 7, column: 3))
        let rendering = try Sample.render(
            "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }", header: header, component: component)
        #expect(
            rendering.diagnostics.map(\.description) == [
                "memo2.yaml:7:3: error: `runs[0].count` must be a whole number, not `many`"
            ])
    }

    @Test func `a shared server needs once, not once for each client`() throws {
        let object = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }"
        let (library, findings) = Sample.parse([
            "template.yaml": "description: x\nruns: [{ count: 2 }]", "server.yaml": object, "client.yaml": object,
        ])
        #expect(findings == [])
        let binding = try #require(library.bind(Component(name: "db", template: "thing", shared: .environment)).0)
        #expect(binding.render(.server, in: Sample.context()).needs.pods.map(\.count) == [2])
        #expect(binding.render(.client, in: Sample.context()).needs == Needs())
    }

    @Test func `a teacher's own manifests bring what the cohort file says of them`() throws {
        let component = Component(
            name: "edge", template: "manifests",
            parameters: [
                "files": Parameter("edge.yaml"), "runs": Parameter([["count": 2]]),
                "bills": Parameter([["item": "publicIP/standard"]]),
            ])
        let file = SourceFile(
            path: "edge.yaml", text: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }")
        let (binding, findings) = try Sample.library().bind(component, files: [file])
        #expect(findings == [])
        let needs = try #require(binding).render(.manifests, in: Sample.context()).needs
        #expect(needs.pods.map(\.count) == [2])
        #expect(needs.charges.map(\.name) == ["edge"])
    }
}
