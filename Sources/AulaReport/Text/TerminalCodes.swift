/// The control codes that aula sends to a terminal (ECMA-48); no other file writes any.
enum TerminalCodes {
    private static let escape = "\u{1B}["

    static func color(_ role: Style.Role) -> String {
        switch role {
        case .heading: escape + "1m"
        case .added: escape + "32m"
        case .changed: escape + "33m"
        case .destroyed: escape + "31m"
        case .warning: escape + "1;33m"
        case .failure: escape + "1;31m"
        case .quiet: escape + "2m"
        }
    }

    static let reset = escape + "0m"

    /// Everything that colours text, and nothing that does more.
    static let colors = Style.Role.allCases.map(color) + [reset]

    /// Moves to the beginning of the line that is `lines` higher and clears from there to the end of the screen.
    static func erase(lines: Int) -> String {
        lines == 0 ? "" : escape + "\(lines)A\r" + escape + "J"
    }

    /// Clears the line that the cursor is on, and stays at its beginning.
    static let eraseLine = "\r" + escape + "2K"
}
