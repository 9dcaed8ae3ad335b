import AulaModel
import AulaPlanner
import AulaReadiness
import Foundation

extension StatusReport {
    /// The status for programs.
    package var json: String { document.prettyText }

    private var document: JSON {
        [
            "format_version": .int(ReportFormat.version),
            "cohort": .string(status.mark.cohort),
            "id": .string(status.mark.id),
            "well": .bool(isWell),
            "components": .array(status.items.map(\.reported)),
            "tokens": .array(status.tokens.map(\.reported)),
            "drift": .array(status.plan.changes.map(\.reported)),
            "unknown": .array(
                status.gaps.map { ["prefix": .string($0.part.prefix), "reason": .string($0.text)] }),
            "summary": .string(footer),
        ]
    }

    /// The status for a chat or a wiki: a row for each component.
    package var markdown: String {
        var blocks = ["### \(Markdown.inline(footer))"]
        let rows = StatusSections(status).all.flatMap { section in
            section.items.map { item in
                let words = [item.reason, item.delivery].compactMap(\.self).joined(separator: "; ")
                return "| \(Markdown.cell(section.name)) | \(Markdown.cell(item.name)) | \(item.word) "
                    + "| \(Markdown.cell(words)) |"
            } + section.tokens.map { "| \(Markdown.cell(section.name)) | token | \($0.words(at: now)) | |" }
        }
        if !rows.isEmpty {
            blocks.append((["| where | what | state | why |", "|---|---|---|---|"] + rows).joined(separator: "\n"))
        }
        for (cause, lines) in Drift(status.plan).causes {
            blocks.append("**\(Markdown.inline(cause.text))**\n\n" + items(lines))
        }
        if !status.gaps.isEmpty {
            blocks.append("**Could not be read**\n\n" + items(status.gaps.map { "\($0.part): \($0.text)" }))
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private func items(_ lines: [String]) -> String {
        lines.map { "- \(Markdown.inline($0))" }.joined(separator: "\n")
    }
}

extension ClassStatus.Item {
    fileprivate var reported: JSON {
        var value = slot.reported
        value["address"] = .string(address.text)
        value["state"] = .string(word)
        if let reason { value["reason"] = .string(reason) }
        guard let delivered else { return value }
        value["images"] = .array(delivered.images.map { .string($0) })
        value["placeholder"] = .bool(delivered.isPlaceholder)
        if let replicas = delivered.replicas { value["replicas"] = .int(replicas) }
        if let manager = delivered.setBy { value["set_by"] = .string(manager) }
        return value
    }
}

extension TokenState {
    fileprivate var reported: JSON {
        var value = slot.reported
        value["address"] = .string(address.text)
        switch expiry {
        case .never: value["expires"] = .null
        case .at(let date): value["expires"] = .string(date.formatted(.iso8601))
        case .unreadable: value["unreadable"] = true
        }
        return value
    }
}
