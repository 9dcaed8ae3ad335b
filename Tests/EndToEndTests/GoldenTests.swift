import AulaTestSupport
import Foundation
import Testing

/// What the documents of memo2 look like, word for word; they need no sandbox.
@Suite struct GoldenTests {
    @Test(arguments: [
        (["plan", "--offline"], "memo2-plan.txt"), (["plan", "--offline", "--verbose"], "memo2-plan-verbose.txt"),
        (["cost"], "memo2-cost.txt"), (["cost", "--format", "json"], "memo2-cost.json"),
    ]) func `a document of memo2 is as it was`(arguments: [String], golden: String) async throws {
        let result = try await Command.run(
            try Tools.aula, arguments + ["cohorts/memo2.yaml"],
            environment: ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory()], in: Tools.root)
        #expect(result.status == (arguments[0] == "cost" ? 4 : 0), "\(result.transcript)")
        try expectGolden(result.output, golden)
    }

    @Test func `the manifests of one group environment are as they were, and the same on every run`() async throws {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("aula-render-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        var texts: [String] = []
        for name in ["first", "second"] {
            let folder = scratch.appendingPathComponent(name)
            let result = try await Command.run(
                try Tools.aula, ["render", "cohorts/memo2.yaml", "--out", folder.path],
                environment: ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory()], in: Tools.root)
            #expect(result.status == 0, "\(result.transcript)")
            let group = folder.appendingPathComponent("g1/test")
            let files = try FileManager.default.contentsOfDirectory(atPath: group.path).sorted()
            texts.append(
                try files.map {
                    "--- # \($0)\n" + (try String(contentsOf: group.appendingPathComponent($0), encoding: .utf8))
                }.joined())
        }
        #expect(texts[0] == texts[1])
        try expectGolden(texts[0], "memo2-g1-test.yaml")
    }
}
