import Foundation
package import Testing

/// Compares text with a file under `Goldens` beside the calling test; `AULA_UPDATE_GOLDENS=1` writes the file instead.
package func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation, file: String = #filePath
) {
    let golden = URL(filePath: file).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["AULA_UPDATE_GOLDENS"] == "1" {
        do {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: golden)
        } catch {
            Issue.record("could not write \(golden.path): \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let data = try? Data(contentsOf: golden) else {
        Issue.record("there is no golden \(name): run `make goldens` and review it", sourceLocation: sourceLocation)
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != text else { return }
    Issue.record(
        "\(name) differs; run `make goldens` and review the diff\n\(firstDifference(expected, text))",
        sourceLocation: sourceLocation)
}

/// The first line that differs, from both sides, with its number.
private func firstDifference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    let before = line < old.count ? String(old[line]) : "(the end)"
    let after = line < new.count ? String(new[line]) : "(the end)"
    return "line \(line + 1)\n  golden: \(before)\n  now:    \(after)"
}
