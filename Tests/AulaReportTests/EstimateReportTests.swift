import AulaCost
import AulaModel
import AulaTestSupport
import Foundation
import Testing

@testable import AulaReport

@Suite struct EstimateReportTests {
    private func book() throws -> PriceBook {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../templates/prices")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }
            .map { SourceFile(path: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
        return PriceBook.parse(files).0
    }

    private func memo2(
        location: String = "westus", budget: String = "100", site: KubernetesSite? = nil, term: Bool = true
    ) throws -> Estimate {
        func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
            try #require(Day(year: year, month: month, day: day))
        }
        let cohort = Cohort.sample(
            title: "MeMo2",
            term: term
                ? Term(
                    range: DayRange(from: try day(2020, 12, 7), to: try day(2021, 3, 8)),
                    timeZone: try #require(TimeZone(identifier: "America/Argentina/Buenos_Aires")),
                    pauses: [Term.Pause(range: DayRange(from: try day(2020, 12, 21), to: try day(2021, 2, 8)))]) : nil,
            budget: Budget(Money(try #require(Decimal(string: budget)), "USD")),
            groups: Group.samples(7), environments: ["test", "prod"],
            site: site ?? .azure(.sample(location: location)))
        let databases = ["test", "prod"].map { environment in
            Resource(
                address: .kubernetes("StatefulSet", "memo2-db-\(environment)", "db"),
                body: ["spec": ["volumeClaimTemplates": [["spec": ["resources": ["requests": ["storage": "8Gi"]]]]]]])
        }
        return Estimator.estimate(blueprint: Blueprint(cohort: cohort, resources: databases), book: try book())
    }

    @Test func `at 80 columns quantity and price stay, and one of a thing is a month`() throws {
        let text = EstimateReport(try memo2(), style: Style(color: false, width: 80, live: false)).text
        #expect(text.contains("Monthly Qty") && text.contains("Price") && text.contains("Monthly Cost"), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { PlainText.width($0) <= 80 }, "\(text)")
        let whole = EstimateReport(try memo2()).text
        #expect(!whole.contains("1  months"), "\(whole)")
    }

    @Test func `the class in westus is over its credit, and the report says by how much and why`() throws {
        let estimate = try memo2()
        try expectGolden(EstimateReport(estimate).text, "cost-memo2.txt")
        try expectGolden(EstimateReport(estimate, style: PlanReportTests.narrow).text, "cost-memo2-60.txt")
        try expectGolden(EstimateReport(estimate, style: PlanReportTests.wide).text, "cost-memo2-200.txt")
        try expectGolden(EstimateReport(estimate, style: PlanReportTests.colored).text, "cost-memo2-color.txt")
        try expectGolden(EstimateReport(estimate).json, "cost-memo2.json")
        try expectGolden(EstimateReport(estimate).markdown, "cost-memo2.md")
    }

    @Test(arguments: [60, 72, 80, 100, 200])
    func `no line is wider than the terminal`(width: Int) throws {
        let report = EstimateReport(try memo2(), style: Style(color: false, width: width, live: false))
        for line in report.text.split(separator: "\n") { #expect(PlainText.width(line) <= width, "\(line)") }
    }

    @Test func `enough is said to be enough, with the caution that it deserves`() throws {
        let report = EstimateReport(try memo2(budget: "300"))
        #expect(
            report.budgetText
                == "Budget: $300.00 for the term. What is known fits, with $16.55 left for what has no price here."
        )
    }

    @Test func `a class on somebody else's cluster has nothing that is priced`() throws {
        try expectGolden(EstimateReport(try memo2(site: .context("kind-lab"))).text, "cost-context.txt")
    }

    @Test func `without a term there is a month alone`() throws {
        try expectGolden(EstimateReport(try memo2(term: false)).text, "cost-month.txt")
    }

    @Test(arguments: [
        ("0.00", "0.00"), ("999.50", "999.50"), ("1460", "1,460"), ("1234567.89", "1,234,567.89"), ("-1234", "-1,234"),
        ("-123", "-123"),
    ])
    func `thousands have a comma`(number: String, text: String) {
        #expect(Numbers.grouped(number) == text)
    }
}
