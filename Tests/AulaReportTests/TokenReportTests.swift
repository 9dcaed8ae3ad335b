import AulaModel
import AulaPlanner
import AulaReport
import AulaTestSupport
import AulaTokens
import Foundation
import Testing

@Suite struct TokenReportTests {
    private let report: TokenReport

    init() throws {
        let secret = Address.kubernetes("Secret", "memo2-g1-test", "gitlab-deployer-token")
        let range = DayRange(
            from: try #require(Day(year: 2026, month: 8, day: 3)), to: try #require(Day(year: 2026, month: 12, day: 1)))
        let cohort = Cohort.sample(term: Term(range: range, timeZone: .gmt))
        let resource = Resource(
            address: secret, slot: Slot(group: "g1", environment: "test"),
            body: [
                "metadata": [
                    "name": "gitlab-deployer-token", "namespace": "memo2-g1-test",
                    "annotations": ["aula.dev/token-account": "gitlab-deployer", "aula.dev/token-days": "30"],
                ], "type": "Opaque",
            ])
        func observed(_ made: String, _ expires: String?) -> Observed {
            var attributes: JSON = ["type": "Opaque", "metadata": ["creationTimestamp": .string(made)]]
            if let expires { attributes[["metadata", "annotations", "aula.dev/token-expires"]] = .string(expires) }
            return Observed(
                identity: "u", attributes: attributes, mark: Mark(cohort: "memo2", id: "m2k7q9xd"),
                outputs: ["token": .secret(Secret("very-secret"))])
        }
        let observation = Observation(present: [
            secret: observed("2026-09-01T10:00:00Z", "2026-10-01T10:00:00Z"),
            secret.numbered(2, after: "-"): observed("2026-10-20T10:00:00Z", "2026-11-19T10:00:00Z"),
            secret.numbered(3, after: "-"): observed("2026-11-10T10:00:00Z", "2026-12-10T10:00:00Z"),
        ])
        let generations = TokenGenerations(Blueprint(cohort: cohort, resources: [resource]), observation)
        let now = try Date("2026-11-11T00:00:00Z", strategy: .iso8601)
        report = TokenReport(cohort, generations.tokens, now: now)
    }

    @Test func `each generation has its state, and its end is measured against the term's`() {
        #expect(
            report.text == """
                 Namespace      Gen  State          Made        Expires     Term ends 2026-12-01
                 memo2-g1-test    1  expired        2026-09-01  2026-10-01  ends 61 days too early
                 memo2-g1-test    2  to be revoked  2026-10-20  2026-11-19  ends 12 days too early
                 memo2-g1-test    3  live           2026-11-10  2026-12-10  lasts
                """)
    }

    @Test func `programs read the same`() throws {
        let json = try JSON(parsing: report.json)
        #expect(json["term_end"] == "2026-12-01")
        #expect(json["tokens"]?.array?.map { $0["live"] } == [false, false, true])
        #expect(json["tokens"]?.array?.map { $0["lasts_the_term"] } == [false, false, true])
        #expect(json["tokens"]?.array?.last?["secret"] == "memo2-g1-test/gitlab-deployer-token-3")
    }

    @Test func `no form of it holds a token`() {
        for text in [report.text, report.json, report.markdown] { #expect(!text.contains("very-secret")) }
        #expect(report.markdown.hasPrefix("| Namespace | Generation | State |"))
    }
}
