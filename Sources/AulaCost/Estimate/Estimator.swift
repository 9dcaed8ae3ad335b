package import AulaModel
import Foundation

/// Prices a blueprint: what Azure bills for the cluster and for what runs in it.
package enum Estimator {
    /// Never fails: what has no price is a line without one, and a class without Azure has no lines.
    package static func estimate(blueprint: Blueprint, book: PriceBook) -> Estimate {
        let cohort = blueprint.cohort
        guard let azure = cohort.site.azure else { return declared(blueprint, book) }
        let bill = AzureBill(blueprint, azure, book: book)
        let lines = bill.lines
        return Estimate(
            cohort: cohort.name, site: "\(azure.cluster.name) in \(azure.location)", region: azure.location,
            currency: currency(book), term: cohort.term, budget: cohort.budget, lines: lines,
            shares: shares(cohort, lines), notEstimated: bill.charges.byUse,
            remarks: remarks(cohort, azure, currency(book)), levers: Levers(blueprint, azure, book: book, lines).all)
    }

    /// A class on a cluster that somebody else pays for: there is only what templates declare.
    private static func declared(_ blueprint: Blueprint, _ book: PriceBook) -> Estimate {
        let cohort = blueprint.cohort
        let charges = ChargeLines(blueprint.declared.charges, cohort.term, book: book, region: PriceBook.everywhere)
        let lines = charges.lines()
        let remark = lines.isEmpty ? "Nothing is priced" : "Only what templates declare is priced"
        return Estimate(
            cohort: cohort.name, site: cohort.site.words, region: nil,
            currency: lines.isEmpty ? cohort.budget?.money.currency ?? "USD" : currency(book),
            term: cohort.term, budget: cohort.budget, lines: lines, shares: lines.isEmpty ? [] : shares(cohort, lines),
            notEstimated: charges.byUse,
            remarks: ["\(remark): the class runs in a cluster that is not on Azure, or not aula's to pay for."],
            levers: [])
    }

    private static func currency(_ book: PriceBook) -> String {
        book.prices.values.map(\.money.currency).min() ?? "USD"
    }

    private static func shares(_ cohort: Cohort, _ lines: [EstimateLine]) -> [Estimate.Share] {
        let shared = lines.filter { $0.group == nil }
        let count = Decimal(max(cohort.groups.count, 1))
        let own = Dictionary(grouping: lines.filter { $0.group != nil }, by: \.group)
        let month = shared.compactMap(\.perMonth).reduce(0, +)
        let term = shared.compactMap(\.forTerm).reduce(0, +)
        return cohort.groups.map { group in
            let mine = own[group.key] ?? []
            return Estimate.Share(
                group: group.key, perMonth: month / count + mine.compactMap(\.perMonth).reduce(0, +),
                forTerm: cohort.term == nil ? nil : term / count + mine.compactMap(\.forTerm).reduce(0, +))
        }
    }

    private static func remarks(_ cohort: Cohort, _ azure: AzureSite, _ currency: String) -> [String] {
        var remarks: [String] = []
        if cohort.term?.pauses.isEmpty == false {
            remarks.append(
                "Nodes are billed only while the cluster runs; everything else is billed through the pauses as well.")
        }
        if cohort.term == nil {
            remarks.append("Without a term: in the file there is no sum to compare with a budget.")
        }
        if let money = cohort.budget?.money, money.currency != currency {
            remarks.append(
                "The budget is in \(money.currency) and the prices are in \(currency): they are not compared.")
        }
        if azure.existing.contains("cluster") {
            remarks.append("The cluster exists already: it costs this with or without the class.")
        }
        return remarks
    }
}

extension Money {
    /// With as many decimals as it has.
    package var plain: String { "\(NSDecimalNumber(decimal: amount).stringValue) \(currency)" }
}
