import AulaTools
import Foundation
import Testing

@Suite struct RedactorTests {
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
        let redactor = Redactor()
        redactor.register("glpat-abcdef123")
        redactor.register("glpat-abcdef123-extended")
        #expect(redactor.scrub(text) == expected)
    }

    @Test func `short words are not taken for secrets`() {
        let redactor = Redactor()
        redactor.register("test")
        redactor.register("")
        #expect(redactor.scrub("a test of test") == "a test of test")
    }

    @Test func `thousands of secrets cost one pass`() {
        let redactor = Redactor()
        for number in 0..<1000 { redactor.register("secret-number-\(number)-of-the-class") }
        let text = String(repeating: "some line of a log, with secret-number-711-of-the-class in it\n", count: 200)
        let clean = redactor.scrub(text)
        #expect(!clean.contains("711"))
        #expect(clean.components(separatedBy: "[secret]").count == 201)
    }
}
