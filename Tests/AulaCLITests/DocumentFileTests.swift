import AulaCohort
import AulaCost
import AulaModel
import AulaSandbox
import AulaTemplates
import AulaYAML
import Foundation
import Testing

/// What the documents show of files is what the readers of those files take.
@Suite struct DocumentFileTests {
    static let yaml = Document.all.flatMap(\.blocks).filter { $0.language == "yaml" }

    /// The keys at the left edge of a block.
    private static func keys(_ block: Document.Block) -> [String] {
        block.text.matches(of: /(?m)^([A-Za-z]+):/).map { String($0.1) }
    }

    private static let cohortKeys = Set(keys("nonsense: 1", CohortParser.parse))
    static let cohorts = yaml.filter { block in
        let keys = keys(block)
        return keys.contains("version") || (!keys.isEmpty && cohortKeys.isSuperset(of: keys))
    }

    /// What a reader lists as known when it meets an unknown key.
    private static func keys(
        _ text: String, _ parse: (SourceFile) -> (cohort: Cohort?, diagnostics: [Diagnostic])
    ) -> [String] {
        let hints = parse(SourceFile(path: "c", text: text)).diagnostics.compactMap(\.hint)
        guard let hint = hints.first(where: { $0.hasPrefix("known here: ") }) else { return [] }
        return hint.dropFirst(12).split(separator: ", ").map(String.init)
    }

    @Test func `there is something to check`() {
        #expect(Self.yaml.count >= 6)
        #expect(Self.cohorts.count >= 2)
    }

    @Test(arguments: yaml)
    func `a block is YAML`(block: Document.Block) {
        #expect(YAML.documents(in: SourceFile(path: "\(block)", text: block.text)).diagnostics == [])
    }

    /// A piece of a file is completed with the least that a file needs.
    @Test(arguments: cohorts)
    func `a cohort is read without a finding`(block: Document.Block) {
        let least = [
            "version": "1", "name": "class", "groups": "2", "kubernetes": "{}",
            "components": "{ api: { template: api, image: x } }",
        ]
        let present = Set(Self.keys(block))
        let isPlaced = !present.isDisjoint(with: ["azure", "kubernetes"])
        let missing = least.filter { !present.contains($0.key) && !(isPlaced && $0.key == "kubernetes") }
        let text = block.text + missing.map { "\($0.key): \($0.value)\n" }.joined()
        #expect(CohortParser.parse(SourceFile(path: "\(block)", text: text)).diagnostics == [])
    }

    @Test(arguments: [
        "nonsense: 1", "kubernetes: { nonsense: 1 }", "azure: { nonsense: 1 }", "azure: { cluster: { nonsense: 1 } }",
        "gitlab: { nonsense: 1 }", "tokens: { nonsense: 1 }", "budget: { nonsense: 1 }", "term: { nonsense: 1 }",
        "groups: [{ nonsense: 1 }]", "environments: [{ nonsense: 1 }]",
    ])
    func `every key of a cohort file has its place in the reference`(text: String) throws {
        let page = try #require(Document.all.first { $0.name == "docs/cohort-file.md" })
        let words = Set(page.code.flatMap { $0.matches(of: /[A-Za-z]+/).map { String($0.0) } })
        let keys = Self.keys(text, CohortParser.parse)
        #expect(!keys.isEmpty)
        #expect(keys.filter { !words.contains($0) } == [])
    }

    @Test(arguments: yaml.filter { keys($0).contains("faults") })
    func `a file of faults is read`(block: Document.Block) throws {
        #expect(try !FaultScript.read(SourceFile(path: "\(block)", text: block.text)).rules.isEmpty)
    }

    @Test func `every condition of the sandbox is described`() throws {
        let error = #expect(throws: DiagnosticError.self) {
            _ = try FaultScript.read(SourceFile(path: "f", text: "conditions: { nonsense: 1 }"))
        }
        let hint = try #require(error?.diagnostics.first?.hint)
        let known = try #require(hint.split(separator: "known here: ").last).matches(of: /[A-Za-z]+/)
        let page = try #require(Document.all.first { $0.name == "docs/sandbox.md" })
        #expect(known.count >= 10)
        #expect(known.map { String($0.0) }.filter { !page.code.contains($0) } == [])
    }

    @Test(arguments: yaml.filter { keys($0).contains("prices") })
    func `a file of prices is read`(block: Document.Block) {
        let (book, findings) = PriceBook.parse([SourceFile(path: "prices/\(block.line).yaml", text: block.text)])
        #expect(findings == [])
        #expect(!book.prices.isEmpty)
    }

    @Test(arguments: yaml.filter { keys($0).contains("parameters") })
    func `a template's head is read`(block: Document.Block) {
        let (library, findings) = TemplateLibrary.parse([SourceFile(path: "own/template.yaml", text: block.text)])
        #expect(findings == [])
        #expect(library["own"] != nil)
    }

    @Test func `every name that a placeholder may use is one`() throws {
        let page = try String(contentsOf: Document.root.appending(path: "docs/templates.md"), encoding: .utf8)
        let table = try #require(page.split(separator: "| name | value |").last?.split(separator: "\n\n").first)
        let names = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap {
            ($0.split(separator: "|").first ?? "").matches(of: /`([A-Za-z]+)`/).map { String($0.1) }
        }
        let data = names.map { "  \($0): \"{\($0)}\"\n" }.joined()
        let (_, findings) = TemplateLibrary.parse([
            SourceFile(path: "own/template.yaml", text: "description: All names.\n"),
            SourceFile(
                path: "own/manifests.yaml",
                text: "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n\(data)"),
        ])
        #expect(names.count >= 20)
        #expect(findings == [])
    }

    @Test func `every template is in the list, and nothing else`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Document.root.appending(path: "templates").path)
        let text = try String(contentsOf: Document.root.appending(path: "docs/templates.md"), encoding: .utf8)
        let list = try #require(text.split(separator: "## What there is").last?.split(separator: "\n## ").first)
        let rows = list.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap {
            ($0.split(separator: "|").first ?? "").matches(of: /`([a-z-]+)`/).map { String($0.1) }
        }
        #expect(Set(rows) == Set(folders).subtracting(["environment", "cohort", "prices", "pipelines", "starters"]))
    }

    @Test(arguments: Document.all)
    func `every link leads somewhere`(document: Document) {
        let folder = Document.root.appending(path: document.name).deletingLastPathComponent()
        for link in document.links where !link.contains("://") {
            let path = String(link.prefix { $0 != "#" })
            let isThere = FileManager.default.fileExists(atPath: folder.appending(path: path).path)
            #expect(isThere, "\(link)")
        }
    }
}
