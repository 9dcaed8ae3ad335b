import AulaModel
import AulaReport

/// Where a command's words go: results to stdout, everything else to stderr, nothing secret to either.
struct Console: Sendable {
    /// For stdout.
    let style: Style
    /// For stderr, where progress and diagnostics go.
    let errorStyle: Style
    private let terminal: Terminal
    private let lostOutput: LostOutput
    private let scrub: @Sendable (String) -> String

    init(
        _ terminal: Terminal, environment: [String: String], lostOutput: LostOutput,
        scrub: @escaping @Sendable (String) -> String
    ) {
        self.terminal = terminal
        self.lostOutput = lostOutput
        self.scrub = scrub
        func style(_ screen: Terminal.Screen?) -> Style {
            Style(isTerminal: screen != nil, columns: screen?.columns, environment: environment)
        }
        self.style = style(terminal.screen(.output))
        errorStyle = style(terminal.screen(.error))
    }

    /// A result, ended by a line break.
    func print(_ text: String) { write(Door.painted(text.hasSuffix("\n") ? text : text + "\n"), to: .output) }

    /// A report in the form that was asked for.
    ///
    /// - Throws: `DiagnosticError` where the form cannot hold it.
    func print(_ report: some Report, as format: OutputFormat) throws {
        let text = try format.render(report)
        // Every other form has escaped what is not text already, each in its own way.
        if format == .text { print(text) } else { write(text.hasSuffix("\n") ? text : text + "\n", to: .output) }
    }

    /// How the results of a command look: colours and the terminal's width are for text alone.
    func style(for format: OutputFormat) -> Style { format == .text ? style : .plain }

    /// A word to the user beside the results.
    func note(_ text: String) { write(Door.painted(text) + "\n", to: .error) }

    /// Findings beside the results; none, no word.
    func note(_ findings: [Diagnostic]) {
        if !findings.isEmpty { note(DiagnosticsReport(findings, style: errorStyle).text) }
    }

    /// Exact characters for a live display.
    func progress(_ text: String) { write(text, to: .error) }

    /// Whether somebody sits there who can answer.
    var isInteractive: Bool { terminal.isInteractive }

    /// Asks and reads one line; nil at the end of input.
    func ask(_ question: String) -> String? {
        write(question, to: .error)
        return terminal.readLine()
    }

    /// Asks whether to go on.
    ///
    /// - Throws: `DiagnosticError` with this hint where nobody can answer.
    func agrees(_ question: String, orElse hint: String) throws -> Bool {
        guard isInteractive else { throw DiagnosticError("nobody is there to answer", hint: hint) }
        return ask("\(question) Only 'yes' is accepted: ") == "yes"
    }

    private func write(_ text: String, to stream: Terminal.Stream) {
        do {
            try terminal.write(scrub(text), stream)
        } catch {
            // Without stderr there is nobody to tell, and nothing of the result is missing.
            if stream == .output { lostOutput.note(error) }
        }
    }
}
