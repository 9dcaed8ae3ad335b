import Synchronization

/// One line of a terminal that says what is being read before there is a plan; silent elsewhere.
package final class ActivityLine: Sendable {
    private let style: Style
    private let write: @Sendable (String) -> Void
    private let isShown = Mutex(false)

    package init(style: Style, write: @escaping @Sendable (String) -> Void) {
        self.style = style
        self.write = write
    }

    package func show(_ what: String) {
        guard style.live else { return }
        isShown.withLock { isShown in
            let text = PlainText.fit(PlainText.oneLine(what), style.width.map { $0 - 1 })
            write(TerminalCodes.eraseLine + style.paint(text, .quiet))
            isShown = true
        }
    }

    package func clear() {
        isShown.withLock { isShown in
            if isShown { write(TerminalCodes.eraseLine) }
            isShown = false
        }
    }
}
