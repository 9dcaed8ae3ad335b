import AulaEngine
import AulaModel
import AulaTestSupport
import Testing

@testable import AulaReport

@Suite struct RunReportTests {
    static let resume = "aula apply cohorts/memo2.yaml --yes"

    @Test func `a complete apply ends with one line`() {
        let changes = Sample.firstApply().changes
        let report = RunReport(RunSummary(done: changes), purpose: .apply, resume: Self.resume)
        #expect(report.text == "Apply complete! Resources: 252 added, 0 changed, 0 destroyed.\n")
    }

    @Test func `a complete destroy counts what went with its container and what was archived`() {
        let report = RunReport(
            RunSummary(done: Sample.destroy.changes), purpose: .destroy, resume: "aula destroy cohorts/memo2.yaml")
        #expect(report.text == "Destroy complete! Resources: 343 destroyed, 6 archived.\n")
    }

    @Test func `a failed group is shown in a table, with its reason and the command that goes on`() throws {
        let report = RunReport(Sample.run().summary, purpose: .apply, resume: Self.resume)
        try expectGolden(report.text, "run-failed.txt")
        var narrow = report
        narrow.style = PlanReportTests.narrow
        try expectGolden(narrow.text, "run-failed-60.txt")
        for line in narrow.text.split(separator: "\n") { #expect(PlainText.width(line) <= 60) }
        try expectGolden(report.json, "run-failed.json")
    }

    @Test func `of many groups only those with trouble have a row`() {
        let report = RunReport(Sample.run(groups: 200).summary, purpose: .apply, resume: Self.resume)
        #expect(report.text.contains("200 more groups without trouble"))
        #expect(report.text.split(separator: "\n").count < 20)
    }

    @Test func `the same error of many is told once`() {
        let error = ExecutionError("GitLab answered 403: no permission", hint: "the token needs the scope api")
        let failures = Sample.firstApply().changes.filter { $0.address.is(.gitlab("project")) }
            .map { RunSummary.Failure(change: $0, error: error) }
        let text = RunReport(RunSummary(failed: failures), purpose: .apply, resume: Self.resume).text
        #expect(text.components(of: "no permission") == 1)
        #expect(text.contains("and 9 more"))
    }

    @Test func `one cause is said once, also where each message begins with its address`() {
        let failures = Sample.firstApply().changes.filter { $0.address.is(.gitlab("project")) }.map {
            RunSummary.Failure(change: $0, error: ExecutionError("\($0.address): no permission"))
        }
        let text = RunReport(RunSummary(failed: failures), purpose: .apply, resume: Self.resume).text
        #expect(text.components(of: "no permission") == 1)
    }

    @Test func `an interrupted run says what it did not start`() {
        let changes = Sample.firstApply().changes
        let summary = RunSummary(
            done: Array(changes.prefix(20)), notStarted: Array(changes.dropFirst(20)), interrupted: true)
        let report = RunReport(summary, purpose: .apply, resume: Self.resume)
        #expect(report.footer == "Apply interrupted. Resources: 20 added, 0 changed, 0 destroyed, 232 not started.")
        #expect(report.text.contains(Self.resume))
        #expect(report.text.contains("not started"))
        #expect(!report.text.contains("skipped"))
        #expect(!report.text.contains("0 more groups"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }

    @Test func `what was cut off by a second Ctrl-C is not said to be finished`() {
        var summary = RunSummary(interrupted: true)
        #expect(RunReport(summary, purpose: .apply, resume: "aula apply f").text.contains("nothing is half done"))
        summary.failed = [
            RunSummary.Failure(change: Sample.create("kubernetes/Namespace/n"), error: ExecutionError("lost its turn"))
        ]
        let halted = RunReport(summary, purpose: .apply, resume: "aula apply f").text
        #expect(!halted.contains("has been finished") && !halted.contains("nothing is half done"), "\(halted)")
        summary.wasCut = true
        let text = RunReport(summary, purpose: .apply, resume: "aula apply f").text
        #expect(!text.contains("has been finished") && text.contains("cut off and may be half done"), "\(text)")
    }
}
