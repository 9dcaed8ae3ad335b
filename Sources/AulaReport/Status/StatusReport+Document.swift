import AulaModel
import AulaPlanner
import AulaReadiness
import AulaTokens

extension StatusReport {
    /// The status for a chat, a wiki or a spreadsheet: a row for each component.
    package var document: Document {
        var blocks: [Document.Block] = [.heading(Document.Line(footer))]
        blocks.append(.table(Document.Grid(Self.columns, rows)))
        for (cause, lines) in Drift(status.plan).causes {
            blocks += [.paragraph(.strong(cause.text)), .list(lines.map { Document.Line($0) })]
        }
        if !status.gaps.isEmpty {
            blocks += [
                .paragraph(.strong("Could not be read")),
                .list(status.gaps.map { "\($0.part): \($0.text)" }),
            ]
        }
        return Document(title: "Status of \(status.mark.cohort)", blocks)
    }

    private static let columns: [Document.Grid.Column] = [
        .init(nil, key: "group"), .init(nil, key: "environment"), .init("where"), .init("what", key: "name"),
        .init("state", key: "state"), .init("why", key: "reason"),
    ]

    private var rows: [[Document.Grid.Cell]] {
        StatusSections(status).all.flatMap { section in
            section.items.map { item in
                let words = [item.reason, item.delivery, item.failedPush].compactMap(\.self).joined(separator: "; ")
                return row(section, item.name, item.word, words)
            } + section.tokens.map { row(section, "token", $0.expiry.words(at: now), "") }
        }
    }

    private func row(
        _ section: StatusSections.Section, _ name: String, _ state: String, _ why: String
    ) -> [Document.Grid.Cell] {
        [
            "\(section.group ?? "")", "\(section.environment ?? "")", "\(section.name)", "\(name)", "\(state)",
            "\(why)",
        ]
    }
}
