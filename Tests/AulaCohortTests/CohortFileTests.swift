import AulaCohort
import AulaModel
import Testing

@Suite struct CohortFileTests {
    private func adding(_ id: String = "abcd1234", to text: String) throws -> String {
        try CohortFile.adding(id: id, to: SourceFile(path: "c", text: text))
    }

    @Test(arguments: [
        "version: 1\nname: memo2  # mine\n\n# groups\ngroups: 7\n",
        "version: 1\nname: memo2  # mine\n", "name: memo2  # mine\n",
    ])
    func `the id goes below the name, and nothing else changes`(text: String) throws {
        let line = "name: memo2  # mine\n"
        #expect(try adding(to: text) == text.replacing(line, with: line + "id: abcd1234\n"))
    }

    @Test(arguments: [
        ("name: a", "name: a\nid: abcd1234"),
        ("name: a\r\ngroups: 1\r\n", "name: a\r\nid: abcd1234\r\ngroups: 1\r\n"),
        ("---\n  name: a\n  groups: 1\n", "---\n  name: a\n  id: abcd1234\n  groups: 1\n"),
        ("{ version: 1, name: a }\n", "{ version: 1, id: abcd1234, name: a }\n"),
        ("name: a\nid:\ngroups: 1\n", "name: a\nid: abcd1234\ngroups: 1\n"),
        ("name: a\nid:   # later\n", "name: a\nid: abcd1234   # later\n"),
        ("name: a\nid: ~\n", "name: a\nid: abcd1234\n"),
        ("id: null\nname: a", "id: abcd1234\nname: a"),
        ("groups:\n  - name: x\nversion: 1\n", "id: abcd1234\ngroups:\n  - name: x\nversion: 1\n"),
        ("title: é😀\nname: a\n", "title: é😀\nname: a\nid: abcd1234\n"),
    ])
    func `files of other forms`(text: String, expected: String) throws {
        #expect(try adding(to: text) == expected)
    }

    @Test func `a file that has an id stays as it is`() throws {
        let memo = try SourceFile.cohort(named: "memo2.yaml")
        #expect(try CohortFile.adding(id: "abcd1234", to: memo) == memo.text)
    }

    @Test(arguments: [
        ("name: a\nid: mine\n", "`mine` is no id: it has 8 small letters and digits"),
        ("- a\n", "a cohort file must be a mapping"),
        ("{}\n", "the file has a form that the id cannot be written into"),
        ("name:\n  a\n", "the file has a form that the id cannot be written into"),
        ("name: [", "this is not YAML: did not find expected node content while parsing a flow node"),
    ])
    func `a file that cannot take an id is refused`(text: String, message: String) {
        let error = #expect(throws: DiagnosticError.self) { try adding(to: text) }
        #expect(error?.diagnostics.map(\.message) == [message])
        #expect(error?.diagnostics.first?.hint != nil)
    }

    @Test(arguments: [
        ("memo2", "memo2"), ("Álgebra II (2026)", "algebra-ii-2026"), ("!", "class"),
        ("a-very-long-name-of-a-file", "a-very-long-name-of"),
    ])
    func `a new file is right as it stands`(name: String, expected: String) throws {
        let text = CohortFile.starter(name: name, id: "abcd1234")
        let (cohort, diagnostics) = CohortParser.parse(SourceFile(path: "c", text: text))
        #expect(diagnostics == [])
        #expect(cohort?.name == expected)
        #expect(cohort?.id == "abcd1234")
    }

    @Test func `what a new file suggests is right as well`() throws {
        let text = CohortFile.starter(name: "memo2", id: "abcd1234")
            .replacing("\n# ", with: "\n").replacing("kubernetes: {}", with: "")
            .split(separator: "\n").filter { !$0.contains(/^[A-Z]/) }.joined(separator: "\n")
        let (cohort, diagnostics) = CohortParser.parse(SourceFile(path: "c", text: text))
        #expect(diagnostics == [])
        #expect(cohort?.site.azure?.location == "westus")
        #expect(cohort?.gitlab?.group == "my-school/memo2")
        #expect(cohort?.term?.pauses.count == 1)
    }

    @Test func `ids are eight small letters and digits, and differ`() {
        var generator = SystemRandomNumberGenerator()
        let ids = (0..<100).map { _ in CohortID.random(using: &generator) }
        #expect(ids.allSatisfy { CohortID.isValid($0) && $0.first?.isLetter == true })
        #expect(Set(ids).count == 100)
        for wrong in ["", "abcd123", "abcd12345", "ABCD1234", "abcd-123", "abcd123é"] {
            #expect(!CohortID.isValid(wrong))
        }
    }
}
