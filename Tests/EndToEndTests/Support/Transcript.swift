import Foundation

/// A page of the documents that shows what commands print.
///
/// Every line behind a prompt in a `console` block is a command, and the lines below it are what it prints: `…` alone
/// stands for any number of lines, at a line's end for the rest of it. `# exits with N` announces an exit code. What is
/// not worth a reader's while stands in comments, `<!-- $ COMMAND -->`.
struct Transcript {
    struct Step: CustomStringConvertible {
        var line: Int
        var command: String
        var status: Int32
        var expected: [String]

        var description: String { "line \(line): \(command)" }
    }

    /// The first YAML block: the cohort file that the commands are about.
    private(set) var file = ""
    private(set) var steps: [Step] = []

    init(_ text: String) {
        var language: Substring?
        var hasFile = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if language == "yaml" { hasFile = true }
                language = language == nil ? line.dropFirst(3) : nil
            } else if language == nil, let hidden = line.wholeMatch(of: /<!-- \$ (.*) -->/) {
                steps.append(Step(line: index + 1, command: String(hidden.1), status: 0, expected: ["…"]))
            } else if language == "yaml", !hasFile {
                file += line + "\n"
            } else if language == "console" {
                read(line, index + 1)
            }
        }
    }

    private mutating func read(_ line: Substring, _ number: Int) {
        guard line.hasPrefix("$ ") else {
            if !steps.isEmpty { steps[steps.count - 1].expected.append(String(line)) }
            return
        }
        let parts = line.dropFirst(2).split(separator: "# exits with ")
        steps.append(
            Step(
                line: number, command: parts.first.map { $0.trimmingCharacters(in: .whitespaces) } ?? "",
                status: parts.count > 1 ? Int32(parts[1]) ?? -1 : 0, expected: []))
    }
}

extension Transcript.Step {
    /// The first line that is shown and was not printed; nil where all is as shown.
    func difference(from output: String) -> String? {
        let actual = Self.lines(output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        let shown = Self.lines(expected)
        var position = 0
        var mayLeaveOut = false
        for line in shown {
            guard line != "…" else {
                mayLeaveOut = true
                continue
            }
            let rest = actual[position...]
            let found = mayLeaveOut ? rest.firstIndex { Self.fits($0, line) } : rest.first.map { _ in position }
            guard let found, Self.fits(actual[found], line) else {
                return "shown:   \(line)\nprinted: \(rest.first ?? "(the end)")"
            }
            position = found + 1
            mayLeaveOut = false
        }
        return mayLeaveOut || position == actual.count ? nil : "not shown: \(actual[position])"
    }

    private static func fits(_ actual: String, _ shown: String) -> Bool {
        shown.hasSuffix("…") ? actual.hasPrefix(shown.replacing(/\s*…$/, with: "")) : actual == shown
    }

    /// Without empty lines at both ends, and with one word for what differs from run to run.
    private static func lines(_ lines: [String]) -> [String] {
        let plain = lines.map { line in
            line.replacing(/\d{4}-\d\d-\d\d(T[\d:]+Z)?/, with: "DATE")
                .replacing(/http:\/\/127\.0\.0\.1:\d+/, with: "URL")
                .replacing(/ends \d+ days? too early|lasts/, with: "TERM")
                .replacing(/\s+$/, with: "")
        }
        let first = plain.firstIndex { !$0.isEmpty } ?? plain.endIndex
        let last = plain.lastIndex { !$0.isEmpty } ?? first
        return first < plain.endIndex ? Array(plain[first...last]) : []
    }
}
