import AulaModel
import Foundation
import Testing

@Suite struct JSONParserTests {
    @Test(
        "values are read as RFC 8259 says",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .int(0)), ("-7", .int(-7)),
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.0", .double(1)), ("1.5e-3", .double(0.0015)), ("2E2", .double(200)), ("\"\"", .string("")),
            (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{c}\n\r\tz")), (#""\u00e9\uD83D\uDE00""#, .string("é😀")),
            ("\"ñ is longer than fifteen bytes\"", .string("ñ is longer than fifteen bytes")), ("[]", .array([])),
            ("[1, [2], {}]", [1, [2], [:]]), ("{}", [:]),
            (#"{ "b" : 1 , "a":{"c":null} }"#, ["a": ["c": .null], "b": 1]),
            (#"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]), ("\u{FEFF}[1]", [1]),
        ] as [(String, JSON)])
    func values(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(
        "what is no JSON is refused with its place",
        arguments: [
            ("", 0), ("  ", 2), ("nul", 0), ("[1,]", 3), ("[1", 2), ("{\"a\"}", 4), ("{\"a\":1,}", 7), ("{a:1}", 1),
            ("01", 2), ("-", 1), ("1.", 2), ("1e", 2), ("+1", 0), ("\"abc", 4), ("\"a\nb\"", 2), (#""\x""#, 3),
            (#""\u12G4""#, 3), (#""\uD83D""#, 7), (#""\uDE00""#, 7), ("1 2", 2), ("[1]]", 3), ("'a'", 0), ("NaN", 0),
            ("1e999", 5),
        ])
    func errors(text: String, offset: Int) throws {
        let error = try #require(throws: JSONSyntaxError.self) { _ = try JSON(parsing: text) }
        #expect(error.offset == offset, "\(error)")
    }

    @Test func `bytes that are not UTF-8 are refused, with and without an escape before them`() {
        #expect(throws: JSONSyntaxError.self) { _ = try JSON(parsing: Data([0x22, 0xFF, 0x22])) }
        #expect(throws: JSONSyntaxError.self) { _ = try JSON(parsing: Data([0x22, 0x5C, 0x6E, 0xC3, 0x22])) }
    }

    @Test func `a hundred thousand brackets are an error, 512 are not`() throws {
        #expect(throws: JSONSyntaxError.self) { _ = try JSON(parsing: String(repeating: "[", count: 100_000)) }
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSON(parsing: deep).array?.count == 1)
    }

    @Test func `no prefix of a document crashes or passes for the whole`() throws {
        let text = #"{"a":[1,-2.5e1,"x\u0041\n",true,null],"long enough to be shared":"long enough to be shared"}"#
        for count in 0..<text.utf8.count {
            #expect(throws: JSONSyntaxError.self) { _ = try JSON(parsing: Data(text.utf8.prefix(count))) }
        }
        #expect(try JSON(parsing: JSON(parsing: text).text) == JSON(parsing: text))
    }
}
