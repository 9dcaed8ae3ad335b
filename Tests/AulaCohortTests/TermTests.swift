import AulaCohort
import AulaModel
import Foundation
import Testing

@Suite struct TermTests {
    @Test func `without a time zone it is UTC, and pauses come in order`() throws {
        let lines = """
            term: { start: "2026-03-01", end: 2026-07-01 }
            pauses:
              - { from: 2026-05-01, to: 2026-05-08 }
              - { from: 2026-04-01, to: 2026-04-08, reason: Easter }
              - { from: 2026-04-08, to: 2026-04-09 }
            """
        let term = try #require(cohort(with: lines)?.term)
        #expect(term.timeZone == .gmt)
        #expect(term.pauses.map { "\($0.range.from)" } == ["2026-04-01", "2026-04-08", "2026-05-01"])
    }

    @Test(arguments: [
        (
            "term: { start: 2021-02-29, end: 2021-03-08 }",
            ["c:5:16: error: the day `2021-02-29` does not exist"]
        ),
        (
            "term: { start: 2021-03-08, end: 2021-03-08 }",
            [
                "c:5:33: error: `term.end` (2021-03-08) must be later than `start` (2021-03-08)\n"
                    + "  hint: `start` is inclusive, `end` exclusive"
            ]
        ),
        (
            "term: { start: 2021-3-1, end: 2021-06-01T00:00:00Z }",
            [
                "c:5:16: error: `2021-3-1` is not the form of a day\n  hint: write 2021-03-01",
                "c:5:31: error: `2021-06-01T00:00:00Z` is not the form of a day\n  hint: write 2021-06-01",
            ]
        ),
        (
            "term: { start: 08/03/2021 }",
            [
                "c:5:7: error: `term.end` is missing\n  hint: write a day such as end: 2020-12-07",
                "c:5:16: error: `08/03/2021` is no day\n  hint: write year-month-day, such as 2020-12-07",
            ]
        ),
        ("term: soon", ["c:5:7: error: `term` must be a mapping, not `soon`"]),
        (
            "term: { start: 2021-01-01, end: 2021-02-01, timezone: Europe/Madird }",
            ["c:5:55: error: unknown time zone `Europe/Madird`\n  hint: did you mean `Europe/Madrid`?"]
        ),
        (
            "term: { start: 2021-01-01, end: 2021-02-01, timezone: Madrid }",
            ["c:5:55: error: unknown time zone `Madrid`\n  hint: write Europe/Madrid"]
        ),
        ("pauses: []", ["c:5:9: error: `pauses` needs a `term` that they are inside of"]),
        (
            """
            term: { start: 2021-01-01, end: 2021-02-01 }
            pauses:
              - { from: 2021-01-30, to: 2021-02-02 }
              - { from: 2021-01-20, to: 2021-01-31 }
              - { from: 2021-01-05, to: 2021-01-05 }
              - soon
            """,
            [
                "c:7:5: error: the pause 2021-01-30 – 2021-02-02 is not inside the term 2021-01-01 – 2021-02-01",
                "c:7:5: error: the pause from 2021-01-30 begins before the one from 2021-01-20 ends\n"
                    + "  hint: the other one is in line 8",
                "c:9:29: error: `pauses[2].to` (2021-01-05) must be later than `from` (2021-01-05)\n"
                    + "  hint: `from` is inclusive, `to` exclusive",
                "c:10:5: error: `pauses[3]` must be a mapping, not `soon`",
            ]
        ),
    ])
    func `days that cannot be`(lines: String, expected: [String]) {
        #expect(findings(with: lines) == expected)
    }
}
