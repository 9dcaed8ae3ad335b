import AulaModel
import AulaYAML
import Testing

@Suite(.timeLimit(.minutes(1))) struct YAMLTests {
    private func json(_ text: String, _ notation: Notation = .setting) throws -> JSON {
        let (root, diagnostics) = YAML.document(in: SourceFile(path: "f", text: text))
        try #require(diagnostics == [])
        return JSON(try #require(root), notation)
    }

    @Test(arguments: [
        ("a: “b c”", "b c", "write \"b c\", or no quotes"), ("a: „7“", "7", "write 7"),
        ("“a”: b", "b", "write \"a\", or no quotes"), ("a: ‘x’", "x", "write \"x\", or no quotes"),
    ])
    func `typographic quotes are an error, and what they hold is read on`(text: String, value: String, hint: String) {
        let (roots, diagnostics) = YAML.documents(in: SourceFile(path: "c", text: text))
        #expect(diagnostics.map(\.hint) == [hint])
        guard case .mapping(let entries) = roots.first?.value else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.map(\.key) == ["a"])
        #expect(entries.first?.node.text == value)
    }

    @Test(arguments: ["a: \"“b”\"", "a: he said “b” once", "a: “b” and more", "a: “b” and “c”", "a: “"])
    func `other uses of typographic quotes are text`(text: String) {
        #expect(YAML.document(in: SourceFile(path: "c", text: text)).diagnostics == [])
    }

    @Test(
        "a plain scalar means the same in every file; only manifests read numbers as Kubernetes does",
        arguments: [
            ("1", 1, 1), ("-12", -12, -12), ("1.5", .double(1.5), .double(1.5)),
            ("1e3", .double(1000.0), .double(1000.0)), ("true", true, true),
            ("False", false, false), ("~", .null, .null), ("null", .null, .null), ("yes", "yes", "yes"),
            ("12:30", "12:30", "12:30"), ("1_000", "1_000", "1_000"), ("2020-12-07", "2020-12-07", "2020-12-07"),
            ("0644", "0644", 420), ("0x1F", "0x1F", 31), ("0o17", "0o17", 15), ("+5", "+5", 5),
            (".5", ".5", .double(0.5)),
            ("1e999", "1e999", "1e999"), ("099", "099", 99), ("'1'", "1", "1"), ("!!str 1", "1", "1"),
        ] as [(String, JSON, JSON)])
    func scalars(text: String, setting: JSON, manifest: JSON) throws {
        #expect(try json("a: \(text)") == ["a": setting])
        #expect(try json("a: \(text)", .manifest) == ["a": manifest])
    }

    @Test func `documents without content are left out, and each has aliases of its own`() {
        let file = SourceFile(path: "f", text: "---\na: &x 1\nb: *x\n---\n# nothing\n---\nc: 2\n")
        let (roots, diagnostics) = YAML.documents(in: file)
        #expect(diagnostics == [])
        #expect(roots.map { JSON($0) } == [["a": 1, "b": 1], ["c": 2]])
        let borrowed = YAML.documents(in: SourceFile(path: "f", text: "a: &x 1\n---\nb: *x\n")).diagnostics
        #expect(borrowed.map(\.message) == ["the alias `*x` has no anchor before it"])
    }

    @Test func `what is written is read as the same value`() throws {
        let value: JSON = [
            "yes": "no", "number": "0644", "empty": "", "lines": "a\nb\n", "list": [1, .double(2.5), .null, true],
            "text": "é: #",
        ]
        #expect(try json(YAML.text(of: value), .manifest) == value)
        #expect(try YAML.text(of: ["a": 1, "kind": "X"], first: ["kind"]) == "kind: X\na: 1\n")
    }

    @Test func `a file of more than 1 MiB is refused, whatever it is`() {
        let text = String(repeating: "a: 1\n", count: SourceFile.limit / 5 + 1)
        #expect(YAML.documents(in: SourceFile(path: "f", text: text)).diagnostics == [SourceFile.tooLarge("f")])
    }
}
