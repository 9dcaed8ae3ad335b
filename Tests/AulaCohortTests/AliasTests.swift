import AulaCohort
import AulaModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct AliasTests {
    @Test func `aliases and merge keys repeat what an anchor names`() throws {
        let lines = """
            components:
              api: &base { template: web, port: 8080, env: [a] }
              bot: *base
              web: { <<: *base, port: 80 }
              all: { <<: [{ port: 1 }, *base] }
            """
        let components = try #require(cohort(with: lines)?.components)
        #expect(components.map(\.template) == ["web", "web", "web", "web"])
        #expect(components.map { $0.parameters["port"]?.value } == [8080, 8080, 80, 1])
        #expect(components.map { $0.parameters["env"]?.value } == [["a"], ["a"], ["a"], ["a"]])
    }

    @Test func `an anchor may be named again`() throws {
        let lines = "components: { api: { a: &x 1, b: *x, c: &x 2, d: *x } }"
        let parameters = try #require(cohort(with: lines)?.components.first?.parameters)
        #expect(parameters.mapValues(\.value) == ["a": 1, "b": 1, "c": 2, "d": 2])
    }

    @Test(arguments: [
        ("a: *x", "the alias `*x` has no anchor before it"),
        ("a: &x [*x]", "the alias `*x` has no anchor before it"),
        ("a: &x 1\nb: *x y", "the alias `*x y` has no anchor before it"),
        ("a: &x 1\n*x : 2", "a key must be a plain word"),
        ("a: *.example.org", "the alias `*.example.org` has no anchor before it"),
        ("<<: 5", "`<<` merges a mapping, not `5`"),
        ("<<: [{}, 5]", "`<<` merges a mapping, not a list"),
    ])
    func `aliases that name nothing`(text: String, message: String) {
        let diagnostics = CohortParser.parse(SourceFile(path: "c", text: text)).diagnostics
        #expect(diagnostics.map(\.message) == [message])
    }

    /// Nine values, each nine times the one before: 9^width values in all.
    private func bomb(levels: Int, opening: String = "[", closing: String = "]") -> String {
        let first = "a0: &a0 \(opening)lol\(closing)"
        let others = (1...levels).map { level in
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            return "a\(level): &a\(level) [\(aliases)]"
        }
        return ([first] + others).joined(separator: "\n")
    }

    @Test(arguments: [9, 100, 1_000])
    func `a bomb of aliases is defused`(levels: Int) {
        let diagnostics = CohortParser.parse(SourceFile(path: "c", text: bomb(levels: levels))).diagnostics
        #expect(diagnostics.map(\.message) == ["the aliases of this file repeat more than 100000 values"])
        #expect(diagnostics.first?.position?.line == 6)
    }

    @Test func `a bomb in a key is defused as well`() {
        let messages = CohortParser.parse(SourceFile(path: "c", text: bomb(levels: 4) + "\n? *a4\n: 1\n")).diagnostics
        #expect(messages.map(\.message) == ["a key must be a plain word"])
        let deep = bomb(levels: 4) + "\n? [[*a4, *a4], {*a4 : *a4}]\n: 1\n"
        #expect(CohortParser.parse(SourceFile(path: "c", text: deep)).diagnostics.count == 1)
    }

    @Test func `a bomb of merge keys is defused`() {
        let lines = ["a0: &a0 { x: 1 }"] + (1...2_000).map { "a\($0): &a\($0) { <<: *a\($0 - 1), k\($0): 1 }" }
        let diagnostics = CohortParser.parse(SourceFile(path: "c", text: lines.joined(separator: "\n"))).diagnostics
        #expect(diagnostics.map(\.message) == ["the aliases of this file repeat more than 100000 values"])
    }

    @Test func `a chain of aliases nests no deeper than brackets may`() {
        let lines = ["a0: &a0 x"] + (1...1_000).map { "a\($0): &a\($0) [*a\($0 - 1)]" }
        let diagnostics = CohortParser.parse(SourceFile(path: "c", text: lines.joined(separator: "\n"))).diagnostics
        #expect(diagnostics.map(\.message) == ["lists and mappings nest deeper than 64 levels"])
    }
}
