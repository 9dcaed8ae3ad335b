import AulaEngine
import AulaModel

/// A line of progress that stays on the screen or in the log.
enum ProgressLine: Sendable {
    case lane(RunProgress.Lane, RunProgress.Tally, finished: Int, total: Int, Duration)
    case percent(finished: Int, total: Int, Duration)
    case slow(Change, Duration)
    case waiting(Address, String)
    case failed(Change, ExecutionError)
    case interrupted(running: Int)

    /// Whether it only says what the moving picture shows as well.
    var isTransient: Bool { if case .waiting = self { true } else { false } }

    func text(_ style: Style) -> String {
        switch self {
        case .lane(let lane, let tally, let finished, let total, let elapsed):
            let parts = [(tally.done, "done"), (tally.failed, "failed"), (tally.skipped, "skipped")]
            let counts = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
            let mark =
                tally.failed > 0 ? style.paint("✗", .failure) : tally.skipped > 0 ? "○" : style.paint("✓", .added)
            let place = PlainText.leftPadded("\(finished)", "\(total)".count) + "/\(total)"
            let name = PlainText.fit(lane.name, style.width.map { max($0 - 40, 16) })
            return "\(mark) \(style.paint(place, .quiet))  \(name): \(counts) in \(Humane.duration(elapsed))"
        case .percent(let finished, let total, let elapsed):
            return "\(finished)/\(total) in \(Humane.duration(elapsed))"
        case .slow(let change, let elapsed):
            return address(change.address, "\(change.action.pastTense) in \(Humane.duration(elapsed))", style)
        case .waiting(let waiting, let message):
            return address(waiting, PlainText.oneLine(message), style)
        case .failed(let change, let error):
            let head = style.paint("✗ failed", .failure)
            let message = PlainText.safe(error.message(about: change.address))
            let lines = PlainText.wrapped(message, style.width, first: "    ", rest: "    ")
            return "\(head) \(PlainText.fit(change.address.text, style.width.map { $0 - 9 }))\n"
                + lines.joined(separator: "\n")
        case .interrupted(let running):
            let wait = running == 0 ? "" : "; \(Humane.count(running, "step")) under way will be finished first"
            return style.paint("Interrupted: nothing new is started\(wait).", .warning)
        }
    }

    /// Address and message on one line, the address cut first.
    private func address(_ address: Address, _ message: String, _ style: Style) -> String {
        guard let width = style.width else { return "  \(address.text): \(message)" }
        let said = PlainText.fit(message, max(width / 2, width - 4 - PlainText.width(address.text)))
        return "  \(PlainText.fit(address.text, width - 4 - PlainText.width(said))): \(said)"
    }
}

extension Change.Action {
    var pastTense: String {
        switch self {
        case .create: "created"
        case .update: "updated"
        case .replace: "replaced"
        case .delete: "deleted"
        case .archive: "archived"
        case .release: "released"
        }
    }
}
