import AulaCohort
import AulaModel
import AulaYAML
import Foundation
import Testing

/// Reading, schema and `explain` come from the same declarations.
@Suite(.timeLimit(.minutes(1))) struct SchemaTests {
    /// A file that writes every key; the two places to run take turns.
    private static let whole = """
        version: 1
        name: memo2
        id: m2k7q9xd
        title: MeMo2
        term: { start: 2020-12-07, end: 2021-03-08, timezone: UTC }
        pauses: [{ from: 2020-12-21, to: 2021-02-08, reason: recess }]
        budget: { amount: 100, currency: USD, enforce: true }
        groups: [{ name: one, was: g1, members: [ana], components: { api: { image: a, version: b, replicas: 1 } } }]
        environments: [{ name: test, components: { api: { image: a, version: b, replicas: 1 } } }]
        components:
          api:
            { template: api, image: a, version: b, replicas: 1, deploy: aula, project: true, shared: environment,
              logs: { template: filebeat } }
        azure:
          subscription: 00000000-0000-0000-0000-000000000000
          location: westus
          resourceGroup: memo2
          existing: [resourceGroup]
          cluster:
            { name: c, nodeSize: Standard_B2s, nodes: 2, tier: free, monitoring: true, osDiskSize: 64, version: "1.33" }
        kubernetes: { context: mine }
        gitlab: { url: "https://gitlab.com", group: a/b, registration: variables, labels: { bug: "#d9534f" } }
        tokens: { kind: expiring, days: 30 }
        """

    static let entries = CohortReference.all

    private func whole(with value: JSON, at path: String) throws -> JSON {
        var file = JSON(try #require(YAML.document(in: SourceFile(path: "whole", text: Self.whole)).root))
        file[path.hasPrefix("kubernetes") ? "azure" : "kubernetes"] = nil
        let steps = path.split(separator: ".").flatMap { part in
            part.hasSuffix("[]") ? [String(part.dropLast(2)), "[]"] : [part == "NAME" ? "api" : String(part)]
        }
        return setting(value, at: steps[...], in: file)
    }

    private func setting(_ value: JSON, at steps: ArraySlice<String>, in old: JSON?) -> JSON {
        guard let step = steps.first else { return value }
        if step == "[]" { return [setting(value, at: steps.dropFirst(), in: old?[0])] }
        var new = old ?? [:]
        new[step] = setting(value, at: steps.dropFirst(), in: old?[step])
        return new
    }

    private func said(of document: JSON) throws -> [Diagnostic] {
        CohortParser.parse(SourceFile(path: "c", text: try YAML.text(of: document))).diagnostics
    }

    @Test(arguments: entries.map(\.path))
    func `a key's own example is taken by the reader and valid by the schema`(path: String) throws {
        let entry = try #require(CohortReference.entry(path))
        let node = try #require(YAML.document(in: SourceFile(path: path, text: entry.key.example)).root)
        let document = try whole(with: JSON(node), at: path)
        // What other keys of the whole file say may no longer fit: a pause outside of another term.
        let findings = try said(of: document).filter { $0.message.contains(entry.key.name) }
        #expect(findings == [])
        if let isValid = Judge.shared.accepts(document) { #expect(isValid) }
    }

    @Test(arguments: entries.map(\.path))
    func `a declared key is read: nothing of another type passes the reader or the schema`(path: String) throws {
        let wrong: JSON = ["nonsense": [["nonsense"]]]
        // Any mapping of names may be components; what is wrong is then inside.
        let document = try whole(with: path.hasSuffix("components") ? 5 : wrong, at: path)
        #expect(try said(of: document).contains { $0.severity == .error })
        if let isValid = Judge.shared.accepts(document) { #expect(!isValid) }
    }

    @Test(.enabled(if: Judge.isThere, "make tools brings the judge"), arguments: ["memo2.yaml", "workshop.yaml"])
    func `an example cohort is valid by the schema`(name: String) throws {
        let root = try #require(YAML.document(in: try .cohort(named: name)).root)
        #expect(Judge.shared.accepts(JSON(root)) == true)
        var other = JSON(root)
        other["enviroments"] = ["test"]
        #expect(Judge.shared.accepts(other) == false)
    }

    @Test func `a key is found by every way to write its path`() {
        let paths = ["groups.members", "groups[].members", "groups[2].members"]
        #expect(paths.map { CohortReference.entry($0)?.path } == Array(repeating: "groups[].members", count: 3))
        let components = ["components.replicas", "components.api.replicas", "components.NAME.replicas"]
        #expect(components.allSatisfy { CohortReference.entry($0)?.path == "components.NAME.replicas" })
        #expect(CohortReference.entry("azure.cluster.nodesize") == nil)
        #expect(CohortReference.meant(by: "azure.cluster.nodesize") == "azure.cluster.nodeSize")
        #expect(CohortReference.meant(by: "nodeSize") == "azure.cluster.nodeSize")
    }

    @Test func `a key is explained with its form, its default and an example that stands where it belongs`() throws {
        let entry = try #require(CohortReference.entry("azure.cluster.nodes"))
        #expect(
            CohortReference.explanation(of: entry) == """
                azure.cluster.nodes: a whole number from 1 to 1000

                  How many nodes there are.
                  Default: 2.

                    azure:
                      cluster:
                        nodes: 3

                """)
        let members = try #require(CohortReference.entry("groups.members"))
        #expect(CohortReference.explanation(of: members).contains("    groups:\n      - members: [ana"))
    }
}
