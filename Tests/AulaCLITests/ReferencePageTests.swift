import AulaCohort
import Foundation
import Testing

/// The tables of the reference page are those of the declarations.
@Suite struct ReferencePageTests {
    private static let page = Document.root.appending(path: "docs/cohort-file.md")
    private static var table: Regex<(Substring, Substring, Substring, Substring)> {
        #/(<!-- keys of (the file|[A-Za-z.\[\]]+) -->\n)((?:\|[^\n]*\n)*)/#
    }

    /// With `AULA_UPDATE_GOLDENS=1` the tables are written instead, and the diff is for a person to review.
    @Test func `the reference page's tables are those that the keys declare`() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        var parts: [String] = []
        let declared = text.replacing(Self.table) { match in
            let path = match.2 == "the file" ? "" : String(match.2)
            parts.append(path)
            return String(match.1) + (CohortReference.table(of: path) ?? "`\(path)` has no keys")
        }
        if ProcessInfo.processInfo.environment["AULA_UPDATE_GOLDENS"] == "1" {
            try Data(declared.utf8).write(to: Self.page)
        } else {
            #expect(declared == text, "run `make goldens` and review the diff")
        }
        let withKeys = CohortReference.all.map(\.path).filter { CohortReference.keys(in: $0) != nil }
        let shown = Set(parts)
        // What a group and an environment may override is described in words.
        let overrides = ["groups[].components", "environments[].components"]
        #expect(Set(withKeys).subtracting(overrides).subtracting(shown) == [])
        #expect(shown.contains(""))
    }
}
