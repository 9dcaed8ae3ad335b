import AulaModel
import Foundation
import Testing

@testable import AulaReadiness

@Suite struct ReadinessByKindTests {
    @Test func `every kind that does work has its function, and no other kind has one`() {
        #expect(
            Set(ReadinessByKind.functions.keys) == Set(KubernetesKind.all.filter(\.doesWork).map(\.name)))
    }

    /// The row of the page "Design" about what a workload kind costs.
    @Test(arguments: KubernetesKind.all.filter { $0.doesWork && $0.ownsPods }.map(\.name))
    func `a workload kind is named in the files that the page on design lists, and in no other`(kind: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/design.md"), encoding: .utf8)
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| Kubernetes workload kind |") })
        let listed = Set(row.split(separator: "`").map(String.init).filter { $0.hasSuffix(".swift") })
        let sources = root.appending(path: "Sources")
        let names = try #require(FileManager.default.enumerator(atPath: sources.path())).compactMap { $0 as? String }
        let naming = try names.filter { name in
            guard name.hasSuffix(".swift"), !name.hasPrefix("AulaSandbox") else { return false }
            return try String(contentsOf: sources.appending(path: name), encoding: .utf8).contains("\"\(kind)\"")
        }
        #expect(Set(naming) == listed)
    }
}
