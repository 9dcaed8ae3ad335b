/// How text is dressed for where it goes: a terminal of some width, or a file.
package struct Style: Hashable, Sendable {
    /// What a piece of text means; its colour follows.
    package enum Role: Sendable, CaseIterable {
        case heading
        case added
        case changed
        case destroyed
        case warning
        case failure
        case quiet
    }

    package var color: Bool
    /// How many columns there are; nil where nobody counts them: then no line is wrapped or cut.
    package var width: Int?
    /// Whether lines may be drawn again in place.
    package var live: Bool

    package init(color: Bool, width: Int?, live: Bool) {
        self.color = color
        self.width = width
        self.live = live
    }

    /// For files, pipes and logs.
    package static let plain = Style(color: false, width: nil, live: false)

    /// What suits a stream: colour and live lines on a terminal only, no colour where `NO_COLOR` is set.
    package init(isTerminal: Bool, columns: Int?, environment: [String: String]) {
        let able = isTerminal && environment["TERM"] != "dumb"
        color = able && (environment["NO_COLOR"] ?? "").isEmpty
        width = isTerminal ? max(columns ?? 80, 40) : nil
        live = able
    }

    func paint(_ text: String, _ role: Role) -> String {
        color && !text.isEmpty ? TerminalCodes.color(role) + text + TerminalCodes.reset : text
    }
}
