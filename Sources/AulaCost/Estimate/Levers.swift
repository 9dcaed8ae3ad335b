import AulaModel
import AulaPlanner
import Foundation

/// Looks for changes of the cohort file that would make a class cheaper.
struct Levers {
    private static let shown = 4
    /// Hours of pause from which taking the cluster down is worth a word.
    private static let longPause: Decimal = 14 * 24

    private let blueprint: Blueprint
    private let azure: AzureSite
    private let book: PriceBook
    private let lines: [EstimateLine]

    init(_ blueprint: Blueprint, _ azure: AzureSite, book: PriceBook, _ lines: [EstimateLine]) {
        self.blueprint = blueprint
        self.azure = azure
        self.book = book
        self.lines = lines
    }

    /// The largest savings; those that cannot be reckoned come last.
    var all: [Lever] {
        let found = [osDisk, fewerNodes, otherSize, otherRegion, tier, takeDown].compactMap(\.self)
        let worth = found.filter { ($0.saving ?? 1) > 0 }
        return Array(worth.sorted { ($0.saving ?? -1) > ($1.saving ?? -1) }.prefix(Self.shown))
    }

    private var osDisk: Lever? {
        guard AzureBill.osDiskSize(azure.cluster, book) > 32, lines.contains(where: { $0.kind == .osDisks }) else {
            return nil
        }
        var other = azure
        other.cluster.osDiskSize = 32
        let bill = bill(other)
        let missing = bill.first { $0.kind == .osDisks && $0.price == nil }
        return Lever(
            "osDiskSize", "32", saving: missing == nil ? saving(bill) : nil,
            remark: missing.map { "\($0.item) has no price in \(azure.location)" })
    }

    private var fewerNodes: Lever? {
        guard azure.cluster.nodes > 1 else { return nil }
        var other = azure
        other.cluster.nodes -= 1
        return lever("nodes", "\(other.cluster.nodes)", other)
    }

    /// The cheapest other size that holds the class with as many nodes.
    private var otherSize: Lever? {
        book.nodeSizes.all.compactMap { size in
            var other = azure
            other.cluster.nodeSize = size.name
            guard size.name != azure.cluster.nodeSize, book["node/\(size.name)", azure.location] != nil else {
                return nil
            }
            return lever("nodeSize", size.name, other)
        }.max { ($0.saving ?? 0) < ($1.saving ?? 0) }
    }

    /// A region counts only where nothing is without a price that has one now.
    private var otherRegion: Lever? {
        book.regions.filter { $0 != azure.location }.compactMap { region -> Lever? in
            var other = azure
            other.location = region
            let bill = bill(other)
            let isKnown = zip(lines, bill).allSatisfy { $0.price == nil || $1.price != nil }
            guard isKnown, let saving = saving(bill) else { return nil }
            return Lever("location", region, saving: saving, remark: "if your subscription may use it")
        }.max { ($0.saving ?? 0) < ($1.saving ?? 0) }
    }

    private var tier: Lever? {
        guard azure.cluster.tier != "free" else { return nil }
        var other = azure
        other.cluster.tier = "free"
        let isKnown = lines.allSatisfy { $0.kind != .clusterTier || $0.price != nil }
        return Lever(
            "tier", "free", saving: isKnown ? saving(bill(other)) : nil, remark: "without the uptime SLA")
    }

    /// What a stopped cluster is billed for all the same.
    private var takeDown: Lever? {
        guard let term = blueprint.cohort.term, term.hours - term.runningHours >= Self.longPause else { return nil }
        let idle = term.hours - term.runningHours
        let saved =
            lines.filter { $0.kind != .nodes }.compactMap(\.perMonth).reduce(0, +) * idle / Estimate.hoursPerMonth
        let losesData = lines.contains { $0.kind == .volumes }
        return Lever(
            change: "aula destroy before the pause, aula apply after it", saving: saved,
            remark: losesData ? "the volumes' data is lost" : nil)
    }

    /// Nil where the class would not fit, or it would cost more.
    private func lever(_ key: String, _ value: String, _ other: AzureSite) -> Lever? {
        guard fits(other), let saving = saving(bill(other)), saving > 0 else { return nil }
        return Lever(key, value, saving: saving)
    }

    private func fits(_ other: AzureSite) -> Bool {
        book.nodeSizes[other.cluster.nodeSize] != nil
            && Capacity.check(changed(other), sizes: book.nodeSizes).isEmpty
    }

    private func bill(_ other: AzureSite) -> [EstimateLine] {
        AzureBill(changed(other), other, book: book).lines
    }

    private func changed(_ other: AzureSite) -> Blueprint {
        var cohort = blueprint.cohort
        cohort.site = .azure(other)
        return Blueprint(cohort: cohort, resources: blueprint.resources)
    }

    /// The difference, kind by kind; nil where a kind has a price now and would have none.
    private func saving(_ bill: [EstimateLine]) -> Decimal? {
        var saving: Decimal = 0
        for kind in EstimateLine.Kind.allCases {
            let now = lines.filter { $0.kind == kind }
            let then = bill.filter { $0.kind == kind }
            guard now != then, now.allSatisfy({ $0.price != nil }) else { continue }
            guard then.allSatisfy({ $0.price != nil }) else { return nil }
            saving += sum(now) - sum(then)
        }
        return saving
    }

    /// For the term, or for a month where there is no term.
    private func sum(_ lines: [EstimateLine]) -> Decimal {
        lines.compactMap { blueprint.cohort.term == nil ? $0.perMonth : $0.forTerm }.reduce(0, +)
    }
}
