import AulaModel
import Foundation

/// Hours of nodes at one rate: what the sandbox's Azure bills, in the node resource groups, as in a real bill.
struct AzureCharge: Codable, Sendable {
    /// In lower case, as bills spell it.
    var group: String
    var resource: String
    var tags: [String: String]
    var from: Date
    var to: Date
    /// US dollars.
    var hourly: Double

    /// The cost of each day in UTC that it touches, within a span; days as `20261124`.
    func days(within span: Range<Date>) -> [(day: Int, cost: Double)] {
        var found: [(Int, Double)] = []
        var start = max(from, span.lowerBound)
        let end = min(to, span.upperBound)
        while start < end {
            let midnight = Date(
                timeIntervalSince1970: (start.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400 + 86_400)
            let stop = min(midnight, end)
            let digits = start.formatted(.iso8601.year().month().day()).replacing("-", with: "")
            found.append((Int(digits) ?? 0, hourly * stop.timeIntervalSince(start) / 3_600))
            start = stop
        }
        return found
    }
}

extension AzureCloud {
    static let costRoutes: [AzureRoute] = [
        .inSubscription("POST", "providers/Microsoft.CostManagement/query") { cloud, call in
            try cloud.queryCost(call, group: nil)
        },
        .inSubscription("POST", "resourcegroups/:group/providers/Microsoft.CostManagement/query") { cloud, call in
            try cloud.queryCost(call, group: try cloud.group(call).name)
        },
        .inSubscription("GET", "providers/Microsoft.Consumption/usageDetails") { _, _ in .json(200, ["value": []]) },
        .inSubscription("GET", "providers/Microsoft.Billing/billingPeriods") { _, _ in .json(200, ["value": []]) },
        .inSubscription("GET", "providers/Microsoft.Billing/invoices") { _, _ in .json(200, ["value": []]) },
    ]

    /// What a running cluster costs since the last entry of the ledger, a charge for each pool.
    private func charges(of cluster: AzureResource, now: Date) -> [AzureCharge] {
        guard let life = cluster.life, life.isRunning, life.runningSince < now else { return [] }
        return pools(of: cluster).map { pool in
            let size = AzureCatalogue.size(pool.properties["vmSize"]?.string ?? "")
            let hourly = (size?.hourly ?? 0) * Double(pool.properties["count"]?.int ?? 0)
            let nodes =
                "\(root)/resourcegroups/\(cluster.nodeGroup)/providers/microsoft.compute/virtualmachinescalesets/"
            return AzureCharge(
                group: cluster.nodeGroup.lowercased(),
                resource: (nodes + "aks-\(pool.name)-\(cluster.mark)-vmss").lowercased(),
                tags: cluster.tags ?? [:], from: life.runningSince, to: now, hourly: hourly)
        }
    }

    /// Writes down what a cluster cost until now, because it stops, goes, or will cost something else.
    mutating func bill(_ cluster: AzureResource, now: Date) {
        ledger += charges(of: cluster, now: now)
        store[cluster.key]?.life?.runningSince = now
    }

    private func queryCost(_ call: AzureCall, group: String?) throws -> Answer {
        let dataset = call.body["dataset"] ?? [:]
        let granularity = dataset["granularity"]?.string ?? "None"
        guard ["none", "daily", "monthly"].contains(granularity.lowercased()) else {
            throw AzureFailure.badRequest(
                "BadRequest",
                "Invalid query definition: Invalid dataset granularity '\(granularity)'; valid values: 'Daily', 'Monthly', 'None'."
            )
        }
        let grouping = dataset["grouping"]?.array ?? []
        let sums = dataset["aggregation"]?.object?.members.compactMap { $0.value["name"]?.string } ?? []
        let names = sums.isEmpty ? ["PreTaxCost"] : sums
        var rows: [[JSON]: Double] = [:]
        // A sponsored subscription has no costs of its own to show.
        let known = settings.offer == .student ? [] : ledger + clusters.flatMap { charges(of: $0, now: call.now) }
        for charge in known where group == nil || charge.group == group?.lowercased() {
            for (day, cost) in charge.days(within: Self.span(call)) {
                var key: [JSON] = []
                switch granularity.lowercased() {
                case "daily": key.append(.int(day))
                case "monthly":
                    key.append(.string("\(day / 10_000)-\(String(day / 100 % 100 + 100).dropFirst())-01T00:00:00"))
                default: break
                }
                rows[key + grouping.flatMap { Self.values($0, of: charge) }, default: 0] += cost
            }
        }
        var columns: [JSON] = names.map { ["name": .string($0), "type": "Number"] }
        if granularity.lowercased() == "daily" { columns.append(["name": "UsageDate", "type": "Number"]) }
        if granularity.lowercased() == "monthly" { columns.append(["name": "BillingMonth", "type": "Datetime"]) }
        for entry in grouping {
            let isTag = entry["type"]?.string?.lowercased().hasPrefix("tag") == true
            let named = isTag ? ["TagKey", "TagValue"] : [entry["name"]?.string ?? ""]
            columns += named.map { ["name": .string($0), "type": "String"] }
        }
        columns.append(["name": "Currency", "type": "String"])
        if rows.isEmpty, grouping.isEmpty, granularity.lowercased() == "none", settings.offer != .student {
            rows[[]] = 0
        }
        let lines = rows.sorted { $0.key.map(\.text).joined() < $1.key.map(\.text).joined() }.map { key, cost in
            JSON.array(names.map { _ in .double(cost) } + key + ["USD"])
        }
        let name = UUID().uuidString.lowercased()
        return .json(
            200,
            [
                "id": .string("\(root)/providers/Microsoft.CostManagement/query/\(name)".dropFirst().description),
                "name": .string(name), "type": "Microsoft.CostManagement/query", "location": .null, "sku": .null,
                "eTag": .null,
                "properties": ["nextLink": .null, "columns": .array(columns), "rows": .array(lines)],
            ])
    }

    /// The value of one dimension; a tag has two, its name and its value.
    private static func values(_ entry: JSON, of charge: AzureCharge) -> [JSON] {
        let name = entry["name"]?.string ?? ""
        if entry["type"]?.string?.lowercased().hasPrefix("tag") == true {
            let tag = charge.tags.first { $0.key.lowercased() == name.lowercased() }
            return [.string(name.lowercased()), .string(tag?.value ?? "")]
        }
        switch name.lowercased() {
        case "resourcegroupname", "resourcegroup": return [.string(charge.group)]
        case "resourceid": return [.string(charge.resource)]
        case "resourcetype": return ["microsoft.compute/virtualmachinescalesets"]
        case "servicename": return ["Virtual Machines"]
        default: return [""]
        }
    }

    /// The days that a query asks for; without a span of its own, from the first of the month on.
    private static func span(_ call: AzureCall) -> Range<Date> {
        let end = call.now.addingTimeInterval(1)
        if let from = date(call.body[["timePeriod", "from"]]), let to = date(call.body[["timePeriod", "to"]]), from < to
        {
            return from..<to.addingTimeInterval(1)
        }
        let month = call.now.formatted(.iso8601.year().month()) + "-01"
        return (date(.string(month)) ?? end.addingTimeInterval(-2_678_400))..<end
    }

    private static func date(_ json: JSON?) -> Date? {
        guard let text = json?.string?.prefix(10) else { return nil }
        return try? Date("\(text)T00:00:00Z", strategy: .iso8601)
    }
}
