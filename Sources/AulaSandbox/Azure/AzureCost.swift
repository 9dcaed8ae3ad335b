import AulaModel
import Foundation

/// What the clusters have cost so far: the hours of their nodes, in the node resource groups, as in a real bill.
extension AzureCloud {
    static let costRoutes: [AzureRoute] = [
        .inSubscription("POST", "providers/Microsoft.CostManagement/query") { cloud, call in
            cloud.queryCost(call, group: nil)
        },
        .inSubscription("POST", "resourcegroups/:group/providers/Microsoft.CostManagement/query") { cloud, call in
            cloud.queryCost(call, group: try cloud.group(call).name)
        },
        .inSubscription("GET", "providers/Microsoft.Consumption/usageDetails") { _, _ in .json(200, ["value": []]) },
        .inSubscription("GET", "providers/Microsoft.Consumption/budgets") { _, _ in .json(200, ["value": []]) },
    ]

    private func cost(of cluster: ManagedCluster, now: Date) -> Double {
        guard cluster.isRunning else { return 0 }
        let hourly = cluster.pools.reduce(0.0) { sum, pool in
            let size = AzureCatalogue.size(pool["vmSize"]?.string ?? "")
            return sum + (size?.hourly ?? 0) * Double(pool["count"]?.int ?? 0)
        }
        return hourly * max(now.timeIntervalSince(cluster.runningSince), 0) / 3_600
    }

    /// Writes down what a cluster cost until now, because it stops or goes.
    mutating func bill(_ cluster: ManagedCluster, now: Date) {
        ledger[cluster.nodeGroup.lowercased(), default: 0] += cost(of: cluster, now: now)
    }

    private func queryCost(_ call: AzureCall, group: String?) -> Answer {
        var costs = ledger
        for cluster in clusters.values {
            costs[cluster.nodeGroup.lowercased(), default: 0] += cost(of: cluster, now: call.now)
        }
        if let group { costs = costs.filter { $0.key == group.lowercased() } }
        let byGroup = call.body[["dataset", "grouping"]]?.array?.contains { $0["name"]?.string == "ResourceGroupName" }
        let aggregation = call.body[["dataset", "aggregation"]]?.object?.members.first?.value["name"] ?? "PreTaxCost"
        var columns: [JSON] = [["name": aggregation, "type": "Number"]]
        var rows: [JSON] = [[.double(costs.values.reduce(0, +)), "USD"]]
        if byGroup == true {
            columns.append(["name": "ResourceGroup", "type": "String"])
            rows = costs.sorted { $0.key < $1.key }.map { [.double($0.value), .string($0.key), "USD"] }
        }
        columns.append(["name": "Currency", "type": "String"])
        let name = UUID().uuidString.lowercased()
        return .json(
            200,
            [
                "id": .string("\(root)/providers/Microsoft.CostManagement/query/\(name)"), "name": .string(name),
                "type": "Microsoft.CostManagement/query", "location": .null, "sku": .null, "eTag": .null,
                "properties": ["nextLink": .null, "columns": .array(columns), "rows": .array(rows)],
            ])
    }
}
