import Foundation
package import Testing

/// Compares text with a file under the test's own `Goldens/` folder, byte by byte.
///
/// With `AULA_UPDATE_GOLDENS=1` the file is written instead, and the diff is for a person to review.
package func expectGolden(
    _ text: String, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let golden = URL(filePath: file).deletingLastPathComponent().appending(path: "Goldens").appending(path: name)
    if ProcessInfo.processInfo.environment["AULA_UPDATE_GOLDENS"] == "1" {
        try FileManager.default.createDirectory(
            at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: golden)
        return
    }
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    guard expected != text else { return }
    Issue.record("\(difference(name, expected, text))", sourceLocation: sourceLocation)
}

/// The first line that differs, and what to do.
private func difference(_ name: String, _ expected: String?, _ actual: String) -> String {
    let advice = "run `make goldens` and review the diff"
    guard let expected else { return "there is no golden \(name) yet: \(advice)" }
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    func shown(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "(the end)" }
    return "\(name):\(line + 1) was\n  \(shown(old))\nand is\n  \(shown(new))\n\(advice)"
}
