import AulaModel
import AulaReport
import Foundation
import Synchronization

/// Where a command's words go: results to stdout, everything else to stderr, nothing secret to either.
final class Console: Sendable {
    let environment: [String: String]
    /// For stdout.
    let style: Style
    /// For stderr, where progress and diagnostics go.
    let errorStyle: Style
    private let scrub: @Sendable (String) -> String

    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        scrub: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.environment = environment
        self.scrub = scrub
        style = Style(isTerminal: isatty(1) == 1, columns: Self.columns(of: 1), environment: environment)
        errorStyle = Style(isTerminal: isatty(2) == 1, columns: Self.columns(of: 2), environment: environment)
    }

    /// A result, ended by a line break.
    func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput) }

    /// A report in the form that was asked for.
    func print(_ report: some Report, as format: OutputFormat) {
        switch format {
        case .text: print(report.text)
        case .json: print(report.json)
        case .markdown: print(report.markdown)
        }
    }

    /// How the results of a command look: colours and the terminal's width are for text alone.
    func style(for format: OutputFormat) -> Style { format == .text ? style : .plain }

    /// A word to the user beside the results.
    func note(_ text: String) { write(text + "\n", to: .standardError) }

    /// Findings beside the results; none, no word.
    func note(_ findings: [Diagnostic]) {
        if !findings.isEmpty { note(DiagnosticsReport(findings, style: errorStyle).text) }
    }

    /// Exact characters for a live display.
    func progress(_ text: String) { write(text, to: .standardError) }

    /// Whether somebody sits there who can answer.
    var isInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

    /// Asks and reads one line; nil at the end of input.
    func ask(_ question: String) -> String? {
        write(question, to: .standardError)
        return readLine()
    }

    private func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(scrub(text).utf8))
    }

    /// The terminal's width; nil where the descriptor is none.
    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }
}
