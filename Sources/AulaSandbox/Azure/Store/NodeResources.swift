import AulaModel
import Foundation

/// What the service makes in the node resource groups, with the clusters' tags on it.
///
/// It is not kept: it follows from the clusters as they are, and from what their volumes and services made.
extension AzureCloud {
    var nodeResources: [AzureResource] { clusters.flatMap(nodeResources(of:)) }

    private func nodeResources(of cluster: AzureResource) -> [AzureResource] {
        guard let life = cluster.life, groups[cluster.nodeGroup.lowercased()] != nil else { return [] }
        let scope = "\(root)/resourceGroups/\(cluster.nodeGroup)"
        let make = { (type: String, name: String, head: JSON, properties: JSON) -> AzureResource in
            var made = AzureResource(
                AzureID(scope: scope, type: type, names: [name]), location: cluster.location, tags: cluster.tags,
                at: cluster.createdAt.addingTimeInterval(1))
            made.eTag = cluster.eTag
            let kind = AzureKind.of(type)
            made.head = JSON.filling(head, with: kind?.head ?? [:])
            made.properties = JSON.filling(properties, with: kind?.defaults ?? [:])
            return made
        }
        let outbound = "outbound-\(cluster.mark)"
        let balancer = "\(scope)/providers/Microsoft.Network/loadBalancers/kubernetes"
        let addresses = [outbound] + life.attachments.publicAddresses
        var found = addresses.map { name in
            make(
                "Microsoft.Network/publicIPAddresses", name, ["sku": ["name": "Standard", "tier": "Regional"]],
                [
                    "resourceGuid": .string(AzureNetwork.guid(name)), "ipAddress": .string(AzureNetwork.address(name)),
                    "publicIPAllocationMethod": "Static",
                    "ipConfiguration": ["id": .string("\(balancer)/frontendIPConfigurations/\(name)")],
                ])
        }
        let fronts = addresses.map { name -> JSON in
            [
                "name": .string(name), "id": .string("\(balancer)/frontendIPConfigurations/\(name)"),
                "type": "Microsoft.Network/loadBalancers/frontendIPConfigurations",
                "etag": .string("W/\"\(cluster.eTag)\""),
                "properties": [
                    "provisioningState": "Succeeded", "privateIPAllocationMethod": "Dynamic",
                    "publicIPAddress": [
                        "id": .string("\(scope)/providers/Microsoft.Network/publicIPAddresses/\(name)")
                    ],
                ],
            ]
        }
        found += [
            make(
                "Microsoft.Network/loadBalancers", "kubernetes", [:],
                ["resourceGuid": .string(AzureNetwork.guid(balancer)), "frontendIPConfigurations": .array(fronts)]),
            make("Microsoft.Network/networkSecurityGroups", "aks-agentpool-\(cluster.mark)-nsg", [:], [:]),
            make(
                "Microsoft.Network/virtualNetworks", "aks-vnet-\(cluster.mark)", [:],
                ["addressSpace": ["addressPrefixes": ["10.224.0.0/12"]]]),
            make("Microsoft.ManagedIdentity/userAssignedIdentities", "\(cluster.name)-agentpool", [:], [:]),
        ]
        for pool in pools(of: cluster) {
            let name = "aks-\(pool.name)-\(cluster.mark)-vmss"
            let count = pool.properties["count"]?.int ?? 0
            let size: JSON = ["name": pool.properties["vmSize"] ?? .null, "tier": "Standard", "capacity": .int(count)]
            found.append(make("Microsoft.Compute/virtualMachineScaleSets", name, ["sku": size], [:]))
            guard pool.properties["osDiskType"]?.string != "Ephemeral" else { continue }
            let disk: JSON = [
                "diskSizeGB": pool.properties["osDiskSizeGB"] ?? .null, "diskState": "Attached", "osType": "Linux",
                "creationData": ["createOption": "FromImage"], "timeCreated": AzureCall.time(cluster.createdAt),
            ]
            for node in 0..<count {
                let premium: JSON = ["sku": ["name": "Premium_LRS", "tier": "Premium"]]
                found.append(make("Microsoft.Compute/disks", "\(name)_\(node)_OsDisk", premium, disk))
            }
        }
        return found
            + life.attachments.disks.map {
                make(
                    "Microsoft.Compute/disks", $0, ["sku": ["name": "StandardSSD_LRS", "tier": "Standard"]],
                    [
                        "diskState": life.isRunning ? "Attached" : "Reserved",
                        "timeCreated": AzureCall.time(cluster.createdAt),
                    ])
            }
    }
}

/// What the network service adds to its things.
enum AzureNetwork {
    static func complete(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        if old?.isBusy == true {
            throw AzureFailure(
                409, "AnotherOperationInProgress",
                "Another operation on this or dependent resource is in progress. To retrieve status of the operation use "
                    + "uri: \(call.base)\(new.id.text).")
        }
        new.properties["resourceGuid"] = old?.properties["resourceGuid"] ?? .string(guid(new.id.text))
    }

    static func completeAddress(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        try complete(&new, old, cloud, call)
        if let label = new.properties[["dnsSettings", "domainNameLabel"]]?.string {
            new.properties[["dnsSettings", "fqdn"]] = .string("\(label).\(new.location ?? "").cloudapp.azure.com")
        }
        if new.properties["publicIPAllocationMethod"] == "Static" {
            new.properties["ipAddress"] = .string(address(new.id.text))
        }
    }

    /// The same name has the same number in every answer.
    static func guid(_ name: String) -> String {
        let digits = String(number(name), radix: 16)
        return "c1a55000-0000-4000-8000-" + String((String(repeating: "0", count: 12) + digits).suffix(12))
    }

    /// An address of the block that is kept for examples (RFC 5737).
    static func address(_ name: String) -> String { "203.0.113.\(number(name) % 254 + 1)" }

    private static func number(_ name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
