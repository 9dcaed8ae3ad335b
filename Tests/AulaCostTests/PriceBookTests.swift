import AulaModel
import Foundation
import Testing

@testable import AulaCost

@Suite struct PriceBookTests {
    private func diagnostics(_ text: String) -> [String] {
        PriceBook.parse([SourceFile(path: "prices.yaml", text: text)]).1.map(\.description)
    }

    @Test func `the book that comes with aula is without fault, and each price has a date and a source`() throws {
        let book = try SampleClass.book()
        #expect(book.prices.count > 30)
        for price in book.prices.values {
            #expect(!price.source.text.isEmpty)
            #expect(price.source.date.year >= 2024)
            #expect(price.money.currency == "USD")
        }
        #expect(book.regions == ["brazilsouth", "eastus", "westeurope", "westus"])
    }

    @Test func `amounts are exact`() throws {
        let price = try #require(try SampleClass.book()["node/Standard_B2s", "westus"])
        #expect(price.money.amount * 1008 * 2 == Decimal(string: "99.9936"))
        #expect(price.unit == .hour)
    }

    @Test func `a price for everywhere holds in every region`() throws {
        #expect(try SampleClass.book()["clusterTier/free", "mars"]?.money.amount == 0)
    }

    @Test func `a node's sizes are there for the planner`() throws {
        let size = try #require(try SampleClass.book().nodeSizes["Standard_B2s"])
        #expect(size.vcpu == 2)
        #expect(size.memory == 4096)
        #expect(size.dataDisks == 4)
        #expect(size.allocatableCPU == 1900)
        #expect(size.allocatableMemory == 2972)
    }

    @Test func `every size with a price is described, so that it can be judged`() throws {
        let book = try SampleClass.book()
        for item in book.prices.keys.map(\.item) where item.hasPrefix("node/") {
            #expect(book.nodeSizes[String(item.dropFirst("node/".count))] != nil, "\(item)")
        }
    }

    @Test(arguments: ["0,05", "-1", "1e3", "", ".5", "5.", "1.2.3", "cheap", "٣"])
    func `what is no decimal is refused with its position`(amount: String) {
        let text = """
            currency: USD
            sources: { s: { date: 2026-01-01, text: somewhere } }
            prices:
              - { item: node/A, unit: hour, source: s, amounts: { eastus: "\(amount)" } }
            """
        #expect(diagnostics(text).count == 1)
        #expect(diagnostics(text).first?.hasPrefix("prices.yaml:4:") == true)
    }

    @Test func `every mistake is said at once`() {
        let text = """
            currency: USD
            discount: 10
            sources: { s: { date: 2026-02-30, text: somewhere } }
            prices:
              - { item: node/A, unit: week, source: s, amounts: { eastus: "1" } }
              - { item: node/B, unit: hour, source: t, amounts: { eastus: "1" } }
            tiers: { small: 4 }
            nodeSizes: { A: { vcpu: 2 } }
            """
        #expect(
            diagnostics(text) == [
                "prices.yaml:2:1: error: unknown key `discount`\n"
                    + "  hint: known here: currency, tiers, sources, prices, nodeSizes",
                "prices.yaml:3:23: error: the day `2026-02-30` does not exist",
                "prices.yaml:5:27: error: unknown prices[0].unit `week`\n  hint: choose `hour`, `month`, `GB`",
                "prices.yaml:5:41: error: the source `s` is not listed under `sources`",
                "prices.yaml:6:41: error: the source `t` is not listed under `sources`",
                "prices.yaml:7:10: error: `small` is no disk tier: write its number and its GiB, such as 10: 128",
                "prices.yaml:8:17: error: `nodeSizes.A.memory` is missing",
                "prices.yaml:8:17: error: `nodeSizes.A.dataDisks` is missing",
                "prices.yaml:8:17: error: `nodeSizes.A.maxPods` is missing",
            ])
    }

    @Test func `two prices for the same thing are refused`() {
        let text = """
            currency: USD
            sources: { s: { date: 2026-01-01, text: somewhere } }
            prices:
              - { item: node/A, unit: hour, source: s, amounts: { eastus: "1" } }
              - { item: node/A, unit: hour, source: s, amounts: { eastus: "2" } }
            """
        #expect(diagnostics(text) == ["prices.yaml:5:55: error: node/A has a second price in eastus"])
    }

    @Test func `text that is not YAML is one error`() {
        #expect(diagnostics("prices: [").count == 1)
        #expect(diagnostics("").isEmpty)
    }

    @Test func `a price of one's own comes before the built-in one, region by region`() throws {
        func file(_ path: String, _ east: String, _ west: String?) -> SourceFile {
            let more = west.map { ", westus: \"\($0)\"" } ?? ""
            return SourceFile(
                path: path,
                text: """
                    currency: USD
                    sources:
                      s: { date: 2026-11-21, text: a table }
                    prices:
                      - { item: node/A, unit: hour, source: s, amounts: { eastus: "\(east)"\(more) } }

                    """)
        }
        let (book, findings) = PriceBook.parse(
            [file("built-in.yaml", "1.00", "2.00")], own: [file("own.yaml", "0.50", nil)])
        #expect(findings == [])
        #expect(book["node/A", "eastus"]?.money.amount == Decimal(string: "0.50"))
        #expect(book["node/A", "westus"]?.money.amount == Decimal(string: "2.00"))
        let twice = PriceBook.parse([], own: [file("a.yaml", "1.00", nil), file("b.yaml", "2.00", nil)]).1
        #expect(twice.map(\.message) == ["node/A has a second price in eastus"])
    }
}
