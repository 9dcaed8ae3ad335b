import AulaEngine
import AulaModel

extension RunReport {
    package var text: String {
        let parts = summary.succeeded ? [] : [RunTable(summary, style: style).lines, failureLines, resumeLines]
        let blocks = parts.filter { !$0.isEmpty } + [closing]
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var closing: [String] {
        let footer = PlainText.wrapped(footer, style.width)
            .map { style.paint($0, summary.succeeded ? .added : .warning) }
        let released = purpose == .destroy && counts.released > 0
        let kept = released ? ["\(counts.released) that aula did not make stay, without its mark."] : []
        return kept + footer
    }

    /// Each distinct error once, with those that it befell.
    private var failureLines: [String] {
        let causes = Dictionary(grouping: summary.failed) {
            Cause(message: $0.error.message(about: $0.change.address), hint: $0.error.hint)
        }
        let sorted = causes.sorted { ($1.value.count, $0.key.message) < ($0.value.count, $1.key.message) }
        return Array(sorted.map { lines($0.key, $0.value.map(\.change)) }.joined(separator: [""]))
    }

    private struct Cause: Hashable {
        var message: String
        var hint: String?
    }

    private func lines(_ cause: Cause, _ changes: [Change]) -> [String] {
        let shown = changes.count > 6 ? 5 : changes.count
        let room = style.width.map { $0 - 10 }
        var lines = changes.prefix(shown).map { change in
            style.paint("✗ failed", .failure) + "  " + PlainText.fit(change.address.text, room)
        }
        if changes.count > shown { lines.append("          and \(changes.count - shown) more") }
        lines += PlainText.wrapped(PlainText.safe(cause.message), style.width, first: "    ", rest: "    ")
        if let hint = cause.hint {
            lines += PlainText.wrapped(PlainText.safe(hint), style.width, first: "    hint: ", rest: "          ")
        }
        return lines
    }

    private var resumeLines: [String] {
        var lines: [String] = []
        if !summary.skipped.isEmpty {
            let steps = Humane.count(summary.skipped.count, "step")
            let verb = summary.skipped.count == 1 ? "needs" : "need"
            lines.append("Skipped \(steps) that \(verb) what failed.")
        }
        if summary.wasCut {
            lines.append(
                "What was under way was cut off and may be half done; the same command finds out and mends it.")
        } else if summary.interrupted, summary.failed.isEmpty {
            lines.append("What was under way has been finished; nothing is half done.")
        }
        return lines + ["To go on from here:", "    \(resume)"]
    }
}

extension ExecutionError {
    /// The message without the address that it may begin with, where that is said already: so alike causes are alike.
    func message(about address: Address) -> String {
        let prefix = "\(address.text): "
        return message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
    }
}
