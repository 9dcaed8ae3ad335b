import AulaModel

/// The moving part of the screen: how far a run is, and what is under way.
struct LivePicture {
    /// How many steps under way are named.
    private static let named = 4

    var style: Style

    func lines(_ progress: RunProgress, at now: Duration) -> [String] {
        let width = style.width ?? 80
        var lines = ["", head(progress, at: now, width)]
        lines += progress.running.prefix(Self.named).map { line($0, at: now, width) }
        let more = progress.running.count - Self.named
        if more > 0 { lines.append(style.paint("    and \(more) more", .quiet)) }
        return lines
    }

    private func head(_ progress: RunProgress, at now: Duration, _ width: Int) -> String {
        let count = "\(progress.finished) of \(progress.total)"
        var tail = Humane.duration(now)
        if progress.failed > 0 { tail += "  \(progress.failed) failed" }
        if progress.isInterrupted { tail += "  stopping" }
        let room = min(width - PlainText.width(count) - PlainText.width(tail) - 6, 40)
        guard room >= 8 else { return PlainText.fit("  \(count)  \(tail)", width) }
        let filled = progress.total == 0 ? room : progress.finished * room / progress.total
        let bar =
            style.paint(String(repeating: "━", count: filled), progress.failed > 0 ? .changed : .added)
            + style.paint(String(repeating: "─", count: room - filled), .quiet)
        return "  \(count)  \(bar)  \(tail)"
    }

    private func line(_ running: RunProgress.Running, at now: Duration, _ width: Int) -> String {
        let elapsed = Humane.duration(now - running.since)
        let message = running.message.map { PlainText.fit(PlainText.oneLine($0), width / 2) + "  " } ?? ""
        let tail = "\(message)\(elapsed)"
        let sign = running.change.action.sign
        let address = PlainText.fit(running.change.address.text, width - PlainText.width(tail) - 7 - sign.count)
        return "    \(sign) \(address)  \(style.paint(tail, .quiet))"
    }
}
