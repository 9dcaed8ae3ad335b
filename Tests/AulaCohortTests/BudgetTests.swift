import AulaCohort
import AulaModel
import Foundation
import Testing

@Suite struct BudgetTests {
    @Test func `amounts are exact decimals`() throws {
        let budget = try #require(cohort(with: "budget: { amount: 99.90, currency: USD, enforce: true }")?.budget)
        #expect(budget == Budget(Money(try #require(Decimal(string: "99.9")), "USD"), enforce: true))
    }

    @Test(arguments: [
        (
            "budget: 250",
            "c:5:9: error: `budget` needs an amount and a currency\n"
                + "  hint: write budget: { amount: 250, currency: USD }"
        ),
        (
            "budget: { amount: 100 }",
            "c:5:9: error: `budget.currency` is missing\n  hint: write currency: USD"
        ),
        (
            "budget: { currency: USD }",
            "c:5:9: error: `budget.amount` is missing\n  hint: write amount: 100"
        ),
        (
            "budget: { amount: 100, currency: EUR }",
            "c:5:34: error: there are no prices in EUR\n"
                + "  hint: prices are in USD: convert the amount and write currency: USD"
        ),
        (
            "budget: { amount: 100, currency: $ }",
            "c:5:34: error: `$` is no currency\n"
                + "  hint: prices are in USD: convert the amount and write currency: USD"
        ),
        (
            "budget: { amount: 1e2, currency: USD }",
            "c:5:19: error: `budget.amount` must be an amount above zero such as 100 or 99.50, not `1e2`"
        ),
        (
            "budget: { amount: 0, currency: USD }",
            "c:5:19: error: `budget.amount` must be an amount above zero such as 100 or 99.50, not `0`"
        ),
        (
            "budget: { amount: 100, currency: USD, enforce: yes }",
            "c:5:48: error: `budget.enforce` must be true or false, not `yes`\n  hint: write true"
        ),
    ])
    func `a budget that cannot be compared with prices`(lines: String, finding: String) {
        #expect(findings(with: lines) == [finding])
    }
}
