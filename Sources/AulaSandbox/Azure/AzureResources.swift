import AulaModel
import Foundation

/// The flat list of resources: the clusters, and all that their node resource groups hold.
extension AzureCloud {
    struct Resource: Sendable {
        var group: String
        var type: String
        var name: String
        var location: String
        var tags: [String: String]?
        var sku: JSON?
        var identity: JSON?
        var createdAt: Date
        var state = "Succeeded"
    }

    static let resourceRoutes: [AzureRoute] = [
        .inSubscription("GET", "resources") { cloud, call in
            try cloud.listResources(call, in: nil)
        },
        .inSubscription("GET", "resourcegroups/:group/resources") { cloud, call in
            try cloud.listResources(call, in: try cloud.group(call).name)
        },
        .inSubscription("GET", "resourcegroups/:group/providers/:provider/:type/:name") { cloud, call in
            let type = "\(call.parameter("provider"))/\(call.parameter("type"))"
            let group = try cloud.group(call).name
            let found = cloud.resources.first {
                $0.group == group && $0.type.lowercased() == type.lowercased()
                    && $0.name.lowercased() == call.parameter("name").lowercased()
            }
            guard let found else { throw AzureFailure.resourceNotFound(type, call.parameter("name"), group: group) }
            var json = cloud.render(found, expanded: false)
            json["properties"] = ["provisioningState": .string(found.state)]
            return .json(200, json)
        },
    ]

    var resources: [Resource] {
        clusters.values.sorted { $0.key < $1.key }.flatMap { cluster in
            let own = Resource(
                group: cluster.group, type: "Microsoft.ContainerService/ManagedClusters", name: cluster.name,
                location: cluster.location, tags: cluster.tags, sku: cluster.sku, identity: cluster.identity,
                createdAt: cluster.createdAt, state: cluster.state)
            return [own] + nodeResources(cluster)
        }
    }

    /// What the service makes in the node resource group, with the cluster's tags on it.
    private func nodeResources(_ cluster: ManagedCluster) -> [Resource] {
        let uid = String((cluster.properties["resourceUID"]?.string ?? "").prefix(8))
        let make = { (type: String, name: String, sku: JSON?) in
            Resource(
                group: cluster.nodeGroup, type: type, name: name, location: cluster.location, tags: cluster.tags,
                sku: sku, identity: nil, createdAt: cluster.createdAt)
        }
        let standard: JSON = ["name": "Standard"]
        var found = [
            make("Microsoft.Network/loadBalancers", "kubernetes", standard),
            make("Microsoft.Network/publicIPAddresses", "outbound-\(uid)", standard),
            make("Microsoft.Network/networkSecurityGroups", "aks-agentpool-\(uid)-nsg", nil),
            make("Microsoft.Network/virtualNetworks", "aks-vnet-\(uid)", nil),
            make("Microsoft.ManagedIdentity/userAssignedIdentities", "\(cluster.name)-agentpool", nil),
        ]
        for pool in cluster.pools {
            let name = "aks-\(pool["name"]?.string ?? "")-\(uid)-vmss"
            let count = pool["count"]?.int ?? 0
            let size: JSON = ["name": pool["vmSize"] ?? .null, "tier": "Standard", "capacity": .int(count)]
            found.append(make("Microsoft.Compute/virtualMachineScaleSets", name, size))
            guard pool["osDiskType"]?.string != "Ephemeral" else { continue }
            for node in 0..<count {
                found.append(make("Microsoft.Compute/disks", "\(name)_\(node)_OsDisk", ["name": "Premium_LRS"]))
            }
        }
        found += cluster.disks.map { make("Microsoft.Compute/disks", $0, ["name": "StandardSSD_LRS"]) }
        found += cluster.publicAddresses.map { make("Microsoft.Network/publicIPAddresses", $0, standard) }
        return found
    }

    private func listResources(_ call: AzureCall, in group: String?) throws -> Answer {
        let filter = try AzureFilter(call.request.parameter("$filter"))
        let expanded = call.request.parameter("$expand") != nil
        let found = resources.filter {
            (group == nil || $0.group == group)
                && filter.matches(
                    name: $0.name, type: $0.type, group: $0.group, location: $0.location, tags: $0.tags ?? [:])
        }
        return .json(200, ["value": .array(found.map { render($0, expanded: expanded) })])
    }

    private func render(_ resource: Resource, expanded: Bool) -> JSON {
        var json: JSON = [
            "id": .string("\(root)/resourcegroups/\(resource.group)/providers/\(resource.type)/\(resource.name)"),
            "name": .string(resource.name), "type": .string(resource.type), "location": .string(resource.location),
            "tags": resource.tags.map(AzureTags.render) ?? .null,
        ]
        if let sku = resource.sku { json["sku"] = sku }
        if let identity = resource.identity { json["identity"] = identity }
        guard expanded else { return json }
        json["createdTime"] = AzureCall.time(resource.createdAt)
        json["changedTime"] = AzureCall.time(resource.createdAt)
        json["provisioningState"] = .string(resource.state)
        return json
    }
}
