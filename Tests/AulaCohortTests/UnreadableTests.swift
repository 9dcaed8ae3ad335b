import AulaCohort
import AulaModel
import Foundation
import Testing

/// Files that are not even a tree: whatever the bytes, one clear finding with a position, and never a crash.
@Suite(.timeLimit(.minutes(1))) struct UnreadableTests {
    @Test(arguments: [
        ("", "c:1:1: error: the file is empty\n  hint: `aula init c` writes one to begin with"),
        ("---\n", "c:1:1: error: the file is empty\n  hint: `aula init c` writes one to begin with"),
        ("# nothing yet\n", "c:1:1: error: the file is empty\n  hint: `aula init c` writes one to begin with"),
        ("~", "c:1:1: error: the file is empty\n  hint: `aula init c` writes one to begin with"),
        ("hello", "c:1:1: error: a cohort file must be a mapping, not `hello`"),
        ("- 1", "c:1:1: error: a cohort file must be a mapping, not a list"),
        (
            "version: 1\nname: a\u{0}b\n",
            "c:2:8: error: the character U+0000 may not appear in this file\n  hint: remove it"
        ),
        ("name: \u{E000}x", "c:1:7: error: the character U+E000 may not appear in this file\n  hint: remove it"),
        ("é: \u{7}", "c:1:4: error: the character U+0007 may not appear in this file\n  hint: remove it"),
        (
            "version: 1\n\tname: x\n",
            "c:2:1: error: this is not YAML: found a tab character that violates indentation while scanning a plain "
                + "scalar\n  hint: indent with spaces, not with tabs"
        ),
        (
            "azure:\n\tname: x\n",
            "c:2:1: error: this is not YAML: found character that cannot start any token while scanning for the next "
                + "token\n  hint: indent with spaces, not with tabs"
        ),
        (
            "version: 1\nname:memo2\n",
            "c:3:1: error: this is not YAML: could not find expected ':' while scanning a simple key\n"
                + "  hint: put a space behind the colon"
        ),
        (
            "title: a: b",
            "c:1:9: error: this is not YAML: mapping values are not allowed in this context\n"
                + "  hint: put text that has a colon in quotes"
        ),
        (
            "a: [1, 2",
            "c:2:1: error: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence\n"
                + "  hint: compare the indentation, the brackets and the quotes with the lines above"
        ),
        (
            "name: a\nname: b\n",
            "c:1:1: error: this mapping has a key more than once: `name`\n  hint: keep one of them"
        ),
        ("a: 1\n---\nb: 2\n", "c:3:1: error: a second document begins here\n  hint: keep one document per file"),
        ("? [a, b]\n: c\n", "c:1:3: error: a key must be a plain word"),
        ("a: !ruby/object x\n", "c:1:4: error: the type `!ruby/object` has no meaning here\n  hint: leave it out"),
        (
            "a: !!binary aGk=\n",
            "c:1:4: error: the type `tag:yaml.org,2002:binary` has no meaning here\n  hint: leave it out"
        ),
    ])
    func `what is no cohort file is said in a sentence`(text: String, finding: String) {
        #expect(findings(text) == [finding])
    }

    @Test func `two mebibytes are refused before they are parsed`() {
        let data = Data(repeating: UInt8(ascii: "#"), count: 2 << 20)
        let error = #expect(throws: DiagnosticError.self) { try SourceFile.decode(path: "c", data: data) }
        #expect(error?.diagnostics == [SourceFile.tooLarge("c")])
        #expect(findings(String(decoding: data, as: UTF8.self)).first?.contains("larger than 1 MiB") == true)
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0x62, 0xC3, 0x28], "c:2:2: error: this byte is not UTF-8 text"),
            ([0x61, 0xED, 0xA0, 0x80], "c:1:2: error: this byte is not UTF-8 text"),
            ([0xFF, 0xFE, 0x61, 0x00], "c:1:1: error: the file is in UTF-16"),
        ] as [([UInt8], String)])
    func `bytes that are not UTF-8`(bytes: [UInt8], message: String) {
        let error = #expect(throws: DiagnosticError.self) { try SourceFile.decode(path: "c", data: Data(bytes)) }
        #expect(error?.description == message + "\n  hint: save the file as UTF-8")
    }

    @Test func `a byte order mark and Windows' line ends do no harm`() throws {
        let text = "\u{FEFF}" + shortest.replacing("\n", with: "\r\n")
        let file = try SourceFile.decode(path: "c", data: Data(text.utf8))
        #expect(CohortParser.parse(file).diagnostics == [])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "[{a: ", "&a [", "'", "\"", "\u{FEFF}", "- - ? ", "{? ["])
    func `a hundred thousand brackets do not overflow the stack`(opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(findings(text).count == 1)
        #expect(findings("components: { api: { it: " + text).count == 1)
    }

    @Test func `deep indentation does not overflow the stack`() {
        let lines = (0..<1_200).map { String(repeating: " ", count: $0) + "a:" }
        #expect(findings(lines.joined(separator: "\n")).count == 1)
    }

    @Test func `nesting is bounded, far from what a file needs`() {
        func nested(_ depth: Int) -> String {
            "components: { a: { it: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                + " } }"
        }
        #expect(findings(with: nested(40)) == [])
        #expect(findings(with: nested(70)) == ["c:5:85: error: lists and mappings nest deeper than 64 levels"])
    }

    @Test(arguments: ["[a, ", "{a: {b: [", "a: b\n", "- ", "&a *a ", "{a: 1, ", "'a' : ", "<<: ", "\u{2028}"])
    func `a mebibyte of anything ends soon`(piece: String) {
        let text = String(repeating: piece, count: SourceFile.limit / piece.utf8.count)
        #expect(findings(text).isEmpty == false)
    }
}
