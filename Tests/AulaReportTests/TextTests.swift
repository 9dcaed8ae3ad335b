import Testing

@testable import AulaReport

@Suite struct TextTests {
    @Test(arguments: [
        (Duration.milliseconds(0), "0.0 s"), (.milliseconds(430), "0.4 s"), (.seconds(12), "12 s"),
        (.seconds(123), "2 min 03 s"), (.seconds(3900), "1 h 05 min"), (.seconds(360_000), "100 h 00 min"),
    ])
    func `durations are said as people say them`(duration: Duration, text: String) {
        #expect(Humane.duration(duration) == text)
    }

    @Test(
        arguments: [
            (1, ""), (5, "ku…er"), (20, "kubernetes…/deployer"), (60, "kubernetes/Role/memo2-g1-test/deployer"),
        ].dropFirst())
    func `long addresses lose their middle`(room: Int, text: String) {
        #expect(PlainText.fit("kubernetes/Role/memo2-g1-test/deployer", room) == text)
    }

    @Test func `wide characters take two columns`() {
        #expect(PlainText.width("日本") == 4)
        #expect(PlainText.width(PlainText.fit("日本語の名前", 7)) <= 7)
    }

    @Test func `names are in the order in which people count`() {
        #expect(
            ["g10", "g2", "aguila", "g1", "g1-b"].sorted(by: NaturalOrder.isBefore) == [
                "aguila", "g1", "g1-b", "g2", "g10",
            ])
    }

    @Test(
        arguments: [
            (true, [:], true, true), (true, ["NO_COLOR": "1"], false, true), (true, ["NO_COLOR": ""], true, true),
            (true, ["TERM": "dumb"], false, false), (false, [:], false, false),
        ] as [(Bool, [String: String], Bool, Bool)])
    func `colour and redrawing are for terminals`(
        isTerminal: Bool, environment: [String: String], color: Bool, live: Bool
    ) {
        let style = Style(isTerminal: isTerminal, columns: 120, environment: environment)
        #expect(style.color == color)
        #expect(style.live == live)
        #expect(style.width == (isTerminal ? 120 : nil))
    }

    @Test func `nothing that moves a cursor gets through`() {
        #expect(PlainText.safe("a\u{1B}[2J\u{7}b\u{202E}c\td") == "a\\u{1b}[2J\\u{7}b\\u{202e}c d")
    }

    @Test func `a fence is longer than what it holds`() {
        #expect(Markdown.fence(around: ["a ```` b"]) == "`````")
    }
}
