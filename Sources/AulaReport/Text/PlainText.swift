import AulaModel

/// Text without surprises: nothing that moves a cursor, nothing wider than there is room.
enum PlainText {
    /// The text with every control character made visible, because messages of servers and files of users are shown.
    static func safe(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: result += "\n"
            case 0x09: result += " "
            case _ where scalar.isTerminalControl:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text on one line.
    static func oneLine(_ text: some StringProtocol) -> String {
        safe(text).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// How many columns a terminal needs for it.
    static func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    /// East Asian characters and emoji take two columns.
    private static func columns(of character: Character) -> Int {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0x1F300...0x1FAFF:
            2
        default: 1
        }
    }

    /// Cut in the middle where it is too wide: both ends of an address tell more than its middle.
    static func fit(_ text: String, _ room: Int?) -> String {
        guard let room, width(text) > room else { return text }
        guard room > 1 else { return room == 1 ? "…" : "" }
        let tail = (room - 1) / 2
        return start(of: text, room - 1 - tail) + "…" + end(of: text, tail)
    }

    private static func start(of text: String, _ room: Int) -> String {
        var used = 0
        return String(
            text.prefix {
                used += columns(of: $0); return used <= room
            })
    }

    private static func end(of text: String, _ room: Int) -> String {
        String(start(of: String(text.reversed()), room).reversed())
    }

    static func padded(_ text: String, _ room: Int) -> String {
        text + String(repeating: " ", count: max(0, room - width(text)))
    }

    static func leftPadded(_ text: String, _ room: Int) -> String {
        String(repeating: " ", count: max(0, room - width(text))) + text
    }

    /// The words on as many lines as they need, the later ones behind a hanging indent.
    static func wrapped(_ text: String, _ width: Int?, first: String = "", rest: String = "") -> [String] {
        guard let limit = width else {
            return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .map { ($0.offset == 0 ? first : rest) + $0.element }
        }
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            for word in paragraph.split(separator: " ") {
                if !isEmpty && self.width(line) + 1 + self.width(word) > limit {
                    lines.append(line)
                    line = rest
                    isEmpty = true
                }
                line += isEmpty ? String(word) : " " + word
                isEmpty = false
            }
            lines.append(line)
            line = rest
            isEmpty = true
        }
        return lines
    }
}
