import AulaModel
import AulaReport
import Foundation
import Testing

@Suite struct DocumentTests {
    private static let document = Document(
        title: "A <sample>",
        [
            .heading("3 | 4"), .paragraph(.strong("sum") + " of " + .code("a/b")), .list([]),
            .list(["first", Document.Line([.text("second"), .lineBreak, .text("its hint")])]),
            .table(
                Document.Grid(
                    [
                        .init("", key: "name"), .init(nil, key: "currency"),
                        .init("a month", key: "cost", alignsRight: true),
                    ],
                    [["nodes, 2", "USD", .init("$1,460.00", value: "1460")]])),
            .alert(.strong("DATA LOSS"), [.code("x") + ": gone"]),
            .lines(summary: "All", ["+ <b>new</b>", "~ ```"]),
        ])

    @Test func `a document is one text in Markdown`() {
        #expect(
            Self.document.markdown == """
                ### 3 \\| 4

                **sum** of `a/b`

                - first
                - second  \n  its hint

                | | a month |
                |---|--:|
                | nodes, 2 | $1,460.00 |

                > **DATA LOSS**
                >
                > - `x`: gone

                <details><summary>All</summary>

                ````diff
                + <b>new</b>
                ~ ```
                ````

                </details>

                """)
    }

    @Test func `a page shows every text as text, whoever wrote it`() throws {
        let page = try Self.document.html()
        for part in [
            "<title>A &lt;sample&gt;</title>", "<h1>3 | 4</h1>", "<p><strong>sum</strong> of <code>a/b</code></p>",
            "<li>second<br>its hint</li>", "<td>nodes, 2</td><td class=\"right\">$1,460.00</td>",
            "<div class=\"alert\">", "+ &lt;b&gt;new&lt;/b&gt;",
        ] { #expect(page.contains(part), "\(part) in \(page)") }
        #expect(!page.contains("<b>") && !page.contains("<script") && !page.contains("{{"))
    }

    @Test func `a spreadsheet gets numbers as numbers and one header`() throws {
        #expect(try Self.document.csv() == "name,currency,cost\r\n\"nodes, 2\",USD,1460\r\n")
    }

    @Test(
        "what a spreadsheet would take for a formula stays text",
        arguments: [
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""), ("@SUM(A1)", "'@SUM(A1)"),
            ("+1", "'+1"), ("-1.5", "-1.5"), ("-", "'-"), ("two\nlines", "two lines"),
        ])
    func formula(text: String, cell: String) throws {
        let grid = Document.Grid([.init("why", key: "reason")], [["\(text)"]])
        #expect(try Document(title: "", [.table(grid)]).csv() == "reason\r\n\(cell)\r\n")
    }

    @Test func `an output format is one renderer and one case, as docs design md says`() throws {
        let sources = URL(filePath: #filePath).appending(path: "../../../Sources").standardized
        var mentions: Set<String> = []
        for folder in ["AulaReport", "AulaCLI"] {
            let files = FileManager.default.enumerator(
                at: sources.appending(path: folder), includingPropertiesForKeys: nil)
            for case let file as URL in try #require(files) where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.contains("csv()") || text.contains("case csv") { mentions.insert(file.lastPathComponent) }
            }
        }
        #expect(mentions == ["Document+CSV.swift", "OutputFormat.swift"])
        let design = try String(contentsOf: sources.appending(path: "../docs/design.md").standardized, encoding: .utf8)
        #expect(design.contains("| output format | 2 |"))
    }

    @Test func `a report without a table says that it has none`() {
        #expect(throws: DiagnosticError.self) { try DiagnosticsReport([]).document.csv() }
        #expect(throws: Never.self) { try OutputFormat.markdown.render(DiagnosticsReport([])) }
    }
}
