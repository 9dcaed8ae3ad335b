import Foundation
import Testing

/// The table "What it costs to add" of docs/design.md is true of what was really added.
@Suite struct CostToAddTests {
    /// The first two cells of each row.
    private static let rows: [String: String] = {
        let text = (try? String(contentsOf: Document.root.appending(path: "docs/design.md"), encoding: .utf8)) ?? ""
        let table = text.split(separator: "## What it costs to add").last?.split(separator: "\n## ").first ?? ""
        let cells = table.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return Dictionary(cells.filter { $0.count > 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    }()

    /// The files outside the sandbox whose code names something.
    private static func files(naming pattern: Regex<Substring>) throws -> [String] {
        let root = Document.root.appending(path: "Sources")
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("AulaSandbox") }.filter { name in
            try String(contentsOf: root.appending(path: name), encoding: .utf8).split(separator: "\n").contains {
                !$0.drop { $0 == " " }.hasPrefix("//") && $0.contains(pattern)
            }
        }.sorted()
    }

    @Test func `a Kubernetes kind is a row and a function`() throws {
        #expect(Self.rows["Kubernetes workload kind"] == "2")
        #expect(
            try Self.files(naming: /"DaemonSet"/) == [
                "AulaModel/Kubernetes/KubernetesKind+Table.swift", "AulaReadiness/ReadinessByKind.swift",
            ])
    }

    @Test func `a GitLab kind and a thing on Azure are a file and a line`() throws {
        #expect(Self.rows["GitLab kind"] == "1 and 1 line")
        #expect(Self.rows["thing on Azure"] == "1 and 1 line")
        let gitlab = "AulaExecutors/GitLab/Kinds"
        #expect(
            try Self.files(naming: /LabelKind/) == ["\(gitlab)/GitLabKinds.swift", "\(gitlab)/LabelKind.swift"])
        let azure = "AulaExecutors/Azure/Kinds"
        #expect(try Self.files(naming: /AzureGroup/) == ["\(azure)/AzureGroup.swift", "\(azure)/AzureKind.swift"])
    }

    @Test func `an output format is a renderer and a case`() throws {
        #expect(Self.rows["output format"] == "2")
        #expect(
            try Self.files(naming: /\bcsv\b/) == [
                "AulaReport/Document/Document+CSV.swift", "AulaReport/Document/OutputFormat.swift",
            ])
    }

    @Test func `a key of the cohort file is declared, read and kept`() throws {
        #expect(Self.rows["cohort key"] == "3")
        #expect(
            try Self.files(naming: /GitLabKeys\.labels|\blet labels = Key|\bvar labels: \[Label\]/) == [
                "AulaCohort/Keys/SiteKeys.swift", "AulaCohort/Parts/CohortReader+GitLab.swift",
                "AulaModel/Cohort/Sites.swift",
            ])
    }
}
