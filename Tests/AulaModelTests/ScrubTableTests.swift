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
}
