import AulaModel
import AulaTestSupport
import Testing

@testable import AulaReport

@Suite struct DiagnosticsReportTests {
    static let findings = [
        Diagnostic(
            .error, "unknown key \"enviroments\"", at: SourcePosition(file: "cohorts/memo2.yaml", line: 12, column: 1),
            hint: "did you mean \"environments\"?"),
        Diagnostic(.warning, "the price of Standard_B2s is 14 months old"),
        Diagnostic(
            .error, "the term ends on 2020-12-07, before it starts on 2021-03-08",
            at: SourcePosition(file: "cohorts/memo2.yaml", line: 5, column: 9), hint: "swap start and end"),
    ]

    @Test func `findings come in the order of the file, with their hints and their number`() throws {
        try expectGolden(DiagnosticsReport(Self.findings).text, "diagnostics.txt")
        try expectGolden(DiagnosticsReport(Self.findings, style: PlanReportTests.narrow).text, "diagnostics-60.txt")
        try expectGolden(DiagnosticsReport(Self.findings, style: PlanReportTests.colored).text, "diagnostics-color.txt")
        try expectGolden(DiagnosticsReport(Self.findings).json, "diagnostics.json")
        try expectGolden(DiagnosticsReport(Self.findings).markdown, "diagnostics.md")
    }

    @Test func `nothing found is nothing said`() {
        #expect(DiagnosticsReport([]).text.isEmpty)
        #expect(DiagnosticsReport([]).data["valid"] == true)
    }

    @Test func `a warning alone leaves the file valid`() {
        #expect(DiagnosticsReport([Self.findings[1]]).data["valid"] == true)
        #expect(DiagnosticsReport([Self.findings[1]]).sum == "1 warning")
    }
}
