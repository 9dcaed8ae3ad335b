import AulaCohort
import AulaModel
import Foundation

extension SourceFile {
    /// A file of the folder `cohorts`.
    static func cohort(named name: String) throws -> SourceFile {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let file = tests.appending(path: "../../cohorts/\(name)").standardizedFileURL
        return try decode(path: name, data: Data(contentsOf: file))
    }
}

/// The shortest file that is right.
let shortest = """
    version: 1
    name: memo2
    groups: 2
    kubernetes: {}

    """

/// What is said of a text, a line or two for each finding; the file is called `c`.
func findings(_ text: String) -> [String] {
    parsed(text).diagnostics.map(\.description)
}

/// What is said of the shortest file with a few lines more, which begin in line 5.
///
/// A key of the shortest file that the first of these lines has too is commented out.
func findings(with lines: String) -> [String] {
    findings(shortest(with: lines))
}

func cohort(with lines: String) -> Cohort? {
    parsed(shortest(with: lines)).cohort
}

/// Reads a text, and lets the schema's judge say what it thinks of it.
private func parsed(_ text: String) -> (cohort: Cohort?, diagnostics: [Diagnostic]) {
    let file = SourceFile(path: "c", text: text)
    let result = CohortParser.parse(file)
    compare(file, result.diagnostics)
    return result
}

private func shortest(with lines: String) -> String {
    let key = lines.prefix { $0 != ":" }
    let kept = shortest.split(separator: "\n").map { $0.hasPrefix(key + ":") ? "# \($0)" : $0 }
    return kept.joined(separator: "\n") + "\n" + lines + "\n"
}
