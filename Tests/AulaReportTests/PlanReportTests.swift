import AulaModel
import AulaTestSupport
import Testing

@testable import AulaReport

@Suite struct PlanReportTests {
    static let narrow = Style(color: false, width: 60, live: false)
    static let wide = Style(color: false, width: 200, live: false)
    static let colored = Style(color: true, width: 100, live: true)

    @Test func `a first apply is counted by kind and equal groups are shown once`() throws {
        let text = PlanReport(Sample.firstApply()).text
        #expect(text.hasSuffix("Plan: 252 to add, 0 to change, 0 to destroy.\n"))
        try expectGolden(text, "plan-first.txt")
    }

    @Test func `in full every change has its line`() throws {
        let plan = Sample.firstApply(groups: 2)
        let text = PlanReport(plan, detail: .full).text
        for change in plan.changes { #expect(text.contains(change.address.text)) }
        try expectGolden(text, "plan-first-full.txt")
    }

    @Test func `every sort of change is explained`() throws {
        try expectGolden(PlanReport(Sample.mixed).text, "plan-mixed.txt")
        try expectGolden(PlanReport(Sample.mixed, style: Self.narrow).text, "plan-mixed-60.txt")
        try expectGolden(PlanReport(Sample.mixed, style: Self.wide).text, "plan-mixed-200.txt")
        try expectGolden(PlanReport(Sample.mixed, style: Self.colored).text, "plan-mixed-color.txt")
    }

    @Test func `a destroy says what goes, what stays and what is lost`() throws {
        try expectGolden(PlanReport(Sample.destroy).text, "plan-destroy.txt")
    }

    @Test func `secret values are in no format`() {
        let report = PlanReport(Sample.mixed, detail: .full)
        for text in [
            report.text, report.markdown, report.json, PlanReport(Sample.firstApply(), detail: .full).text,
        ] {
            #expect(!text.contains("hunter"))
            #expect(!text.contains("never shown"))
        }
    }

    @Test(arguments: [60, 80, 200])
    func `no line is wider than the terminal`(width: Int) {
        let style = Style(color: false, width: width, live: false)
        for plan in [Sample.firstApply(), Sample.mixed, Sample.destroy] {
            for detail in [PlanReport.Detail.brief, .full] {
                for line in PlanReport(plan, style: style, detail: detail).text.split(separator: "\n") {
                    #expect(PlainText.width(line) <= width, "\(line)")
                }
            }
        }
    }

    @Test func `an empty plan says that the class matches`() {
        let plan = Plan(purpose: .apply, mark: Sample.mark, changes: [], unchanged: 652)
        #expect(PlanReport(plan).text == "No changes. The class matches the cohort file.\n")
    }

    @Test func `an empty plan of a world that could not be read claims nothing`() {
        let plan = Plan(purpose: .apply, mark: Sample.mark, changes: [], blocked: Sample.mixed.blocked)
        #expect(PlanReport(plan).footer == "No changes planned. 8 resources could not be read.")
    }

    @Test func `a group that differs is shown by itself`() {
        var plan = Sample.firstApply(groups: 3)
        plan.changes.append(Sample.create("kubernetes/ConfigMap/memo2-g2-test/extra", "g2", "test"))
        let text = PlanReport(plan).text
        #expect(text.contains("\ng2, test"))
        #expect(text.contains("\ng3: the same 35 changes\n"))
    }

    @Test func `programs get all of it`() throws {
        try expectGolden(PlanReport(Sample.mixed).json, "plan-mixed.json")
    }

    @Test func `a merge request gets a table and the changes folded away`() throws {
        try expectGolden(PlanReport(Sample.mixed).markdown, "plan-mixed.md")
    }

    @Test func `control characters in foreign text are made visible`() {
        var plan = Sample.mixed
        plan.foreign[0].owner = "\u{1B}[2Jnobody"
        #expect(PlanReport(plan).text.contains("\\u{1b}[2Jnobody"))
    }
}

extension PlanReportTests {
    @Test func `a university is shown as shortly as a class`() {
        let text = PlanReport(Sample.firstApply(groups: 1000)).text
        #expect(text.contains("g2, g3, g4, g5, g6, g7, g8, g9 and 991 more: the same 35 changes each"))
        #expect(text.split(separator: "\n").count < 40)
    }

    @Test func `a plan of a part says nothing of the rest, in text and in JSON`() throws {
        let plan = Plan(purpose: .apply, mark: Sample.mark, changes: [], part: "group g1, gitlab")
        let sentence = "No changes. What was looked at (group g1, gitlab) matches the cohort file."
        #expect(PlanReport(plan).text.hasSuffix("\(sentence)\n"))
        #expect(
            PlanReport(plan).markdown
                == "### No changes. What was looked at (group g1, gitlab) matches the cohort file.\n")
        #expect(PlanReport(plan).data["part"] == "group g1, gitlab")
        #expect(PlanReport(Plan(purpose: .apply, mark: Sample.mark, changes: [])).data["part"] == nil)
    }

    @Test func `what the file names no more is never denied`() {
        let strays = [Target(system: .gitlab, description: "memo2-fiuba")]
        for purpose in [Plan.Purpose.apply, .destroy] {
            let report = PlanReport(Plan(purpose: purpose, mark: Sample.mark, changes: [], strays: strays))
            #expect(
                report.footer == "No changes where the cohort file points. What memo2 has in gitlab (memo2-fiuba) "
                    + "stays: the file names it no more.")
            #expect(report.data[["strays"]]?.array?.first?["system"] == "gitlab")
        }
    }

    @Test func `a destroy says that billing has ended only where something was billed`() {
        let left = PlanReport(Plan(purpose: .destroy, mark: Sample.mark, changes: []))
        var destroy = Plan(purpose: .destroy, mark: Sample.mark, changes: [])
        #expect(left.farewell(after: destroy) == "Looked again: nothing that aula made for memo2 is left.")
        destroy.changes = [
            Change(
                address: .resourceGroup("memo2"), action: .delete, slot: Slot(),
                observed: Observed(identity: "id", attributes: [:], mark: Sample.mark))
        ]
        #expect(left.farewell(after: destroy).hasSuffix("Azure bills nothing more for it."))
    }

    @Test func `nothing is left is never said beside what is kept`() {
        var plan = Sample.destroy
        plan.changes = []
        let text = PlanReport(plan).text
        #expect(text.contains("Kept, because it is not aula's"))
        #expect(!text.contains("Nothing of memo2 is left"), "\(text)")
        #expect(text.contains("Of memo2 is left only what holds what is not aula's."), "\(text)")
        (plan.foreign, plan.kept) = ([], [])
        #expect(PlanReport(plan).text.hasSuffix("No changes. Nothing of memo2 is left.\n"))
    }

    @Test func `data loss that was allowed is not said to need it`() {
        var plan = Sample.mixed
        #expect(PlanReport(plan).text.contains("DATA LOSS in 1 place, marked above: it needs --allow-data-loss."))
        plan.allowsDataLoss = true
        let report = PlanReport(plan)
        #expect(report.text.contains("DATA LOSS in 1 place, marked above, as --allow-data-loss allows."))
        #expect(!report.text.contains("needs") && !report.markdown.contains("needs `--allow-data-loss`"))
    }

    @Test func `a system that could not be read is one sentence, whatever waits for it`() {
        let cause = Address.kubernetes("Namespace", nil, "n1")
        var blocked = (1...20).map { Blocked(.thing(.kubernetes("Namespace", nil, "n\($0)")), .unread("no answer")) }
        blocked += (1...25).map { Blocked(.thing(.kubernetes("Role", "n1", "r\($0)")), .waits(cause)) }
        let plan = Plan(purpose: .apply, mark: Sample.mark, changes: [], blocked: blocked)
        #expect(
            PlanReport(plan).text == """
                Not planned:
                  20 resources in kubernetes: no answer
                  25 resources more that wait for these

                No changes planned. 45 resources could not be read.

                """)
        #expect(PlanReport(plan, detail: .full).text.contains("kubernetes/Role/n1/r7"))
    }
}
