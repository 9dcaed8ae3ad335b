import AulaModel
import Foundation
import Testing

@Suite struct ScrubTableTests {
    @Test(
        "secrets are replaced wherever they stand",
        arguments: [
            ("no secret here", "no secret here"),
            ("token glpat-abcdef123 end", "token [secret] end"),
            ("glpat-abcdef123glpat-abcdef123", "[secret][secret]"),
            ("Basic " + Data("glpat-abcdef123".utf8).base64EncodedString(), "Basic [secret]"),
            ("the longer one: glpat-abcdef123-extended!", "the longer one: [secret]!"),
            ("ñandú glpat-abcdef123", "ñandú [secret]"),
        ])
    func scrubbing(text: String, expected: String) {
        var table = ScrubTable()
        table.insert("glpat-abcdef123")
        table.insert("glpat-abcdef123-extended")
        #expect(table.scrub(text) == expected)
    }

    @Test func `short words are not taken for secrets`() {
        var table = ScrubTable()
        table.insert("test")
        table.insert("")
        #expect(table.scrub("a test of test") == "a test of test")
    }

    @Test func `a thousand secrets are found in one pass over a log`() {
        var table = ScrubTable()
        for number in 0..<1000 { table.insert("secret-number-\(number)-of-the-class") }
        let text = String(repeating: "some line of a log, with secret-number-711-of-the-class in it\n", count: 200)
        let clean = table.scrub(text)
        #expect(!clean.contains("711"))
        #expect(clean.components(separatedBy: "[secret]").count == 201)
    }

    @Test func `the cost grows with the text, and not with the number of secrets that begin alike`() {
        func looked(secrets: Int, lines: Int) -> Int {
            var table = ScrubTable()
            for number in 0..<secrets { table.insert("eyJhbGciOiJSUzI1NiIs.\(100_000 + number).signature") }
            let line = "token: eyJhbGciOiJSUzI1NiIs.100000.signature, and eyJhbGciOiJSUzI1NiIs.of-another\n"
            return table.counted(String(repeating: line, count: lines)).looked
        }
        let base = looked(secrets: 1, lines: 100)
        #expect(base > 0)
        #expect(looked(secrets: 5_000, lines: 100) == base)
        #expect(looked(secrets: 1, lines: 1_000) <= 11 * base)
    }
}
