package import AulaEngine
package import AulaModel
import Synchronization

/// Shows a run while it goes on: a moving picture on a terminal, a line for each finished part of the work elsewhere.
package final class ProgressPrinter: RunListener {
    private struct State {
        var progress: RunProgress
        /// The widths of the lines of the moving picture that are on the screen.
        var drawn: [Int] = []
        var lastDrawn: Duration?
        var isOver = false
    }

    /// The picture is drawn again at most this often.
    private static let shortestPause = Duration.milliseconds(80)

    private let style: Style
    /// How wide the screen is now: people make windows narrower while something runs.
    private let columns: @Sendable () -> Int?
    private let elapsed: @Sendable () -> Duration
    private let write: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// Begins with nothing on the screen.
    ///
    /// `elapsed` is the time since the run began; `write` puts text on the screen or in the log as it is, and is
    /// called by one task at a time.
    package init(
        _ plan: Plan, style: Style, columns: @escaping @Sendable () -> Int? = { nil },
        elapsed: @escaping @Sendable () -> Duration,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.style = style
        self.columns = columns
        self.elapsed = elapsed
        self.write = write
        state = Mutex(State(progress: RunProgress(plan)))
    }

    package func handle(_ event: RunEvent) {
        state.withLock { state in
            let now = elapsed()
            let lines = state.progress.take(event, at: now).filter { !(style.live && $0.isTransient) }
            let text = lines.map { $0.text(style) + "\n" }.joined()
            if case .ended = event {
                close(&state, text)
            } else if style.live {
                draw(&state, above: text, at: now)
            } else if !text.isEmpty {
                write(text)
            }
        }
    }

    package func stopping() { handle(.interrupted) }

    /// Lets the clock of the picture go on; to be called a few times a second while a run is under way.
    package func tick() {
        guard style.live else { return }
        state.withLock { draw(&$0, above: "", at: elapsed()) }
    }

    /// Takes the moving picture off the screen; it comes back with the next event, except after the run's end.
    package func clear() {
        state.withLock { state in
            guard !state.drawn.isEmpty else { return }
            write(TerminalCodes.erase(lines: rows(of: state.drawn, on: current)))
            state.drawn = []
        }
    }

    /// The style for the screen as it is now.
    private var current: Style {
        var style = style
        if let columns = columns() { style.width = max(columns, 20) }
        return style
    }

    /// How many rows lines take that were drawn when the screen may have been wider.
    private func rows(of widths: [Int], on style: Style) -> Int {
        let room = max(style.width ?? 80, 1)
        return widths.reduce(0) { $0 + max(1, ($1 + room - 1) / room) }
    }

    private func draw(_ state: inout State, above text: String, at now: Duration) {
        guard !state.isOver else { return }
        if text.isEmpty, let last = state.lastDrawn, now - last < Self.shortestPause { return }
        var bare = current
        bare.color = false
        let lines = LivePicture(style: current).lines(state.progress, at: now)
        write(
            TerminalCodes.erase(lines: rows(of: state.drawn, on: current)) + text + lines.map { $0 + "\n" }.joined())
        state.drawn = LivePicture(style: bare).lines(state.progress, at: now).map(PlainText.width)
        state.lastDrawn = now
    }

    private func close(_ state: inout State, _ text: String) {
        let rest = TerminalCodes.erase(lines: rows(of: state.drawn, on: current)) + text
        if !rest.isEmpty { write(rest) }
        state.drawn = []
        state.isOver = true
    }
}
