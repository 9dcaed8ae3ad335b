import AulaModel
import Foundation

/// A managed cluster as Azure keeps it: the body of the last PUT with the server's defaults and own fields.
struct ManagedCluster: Codable, Sendable {
    var group: String
    var name: String
    var location: String
    var tags: [String: String]?
    var sku: JSON
    var identity: JSON
    var properties: JSON
    var eTag: String
    var state: String
    var isRunning = true
    /// Whether its Kubernetes API has been made.
    var isHosted = false
    var createdAt: Date
    /// The beginning of the span that has not been billed yet.
    var runningSince: Date
    /// What its volumes and load balancers made.
    var disks: [String] = []
    var publicAddresses: [String] = []

    var key: String { "\(group)/\(name)".lowercased() }

    var nodeGroup: String { properties["nodeResourceGroup"]?.string ?? "" }

    var pools: [JSON] {
        get { properties["agentPoolProfiles"]?.array ?? [] }
        set { properties["agentPoolProfiles"] = .array(newValue) }
    }

    var nodes: Int { pools.reduce(0) { $0 + ($1["count"]?.int ?? 0) } }

    /// Whether an operation is at work.
    var isBusy: Bool { !["Succeeded", "Failed", "Canceled"].contains(state) }

    /// The end of an operation: cluster and pools come to rest, a removed pool is gone.
    mutating func settle(state: String, without pool: String?) {
        self.state = state
        if state == "Succeeded", let pool { pools.removeAll { $0["name"]?.string == pool } }
        pools = pools.map { profile in
            var profile = profile
            profile["provisioningState"] = .string(state)
            return profile
        }
        let version = AzureCatalogue.patch(properties["kubernetesVersion"]?.string ?? "")
        if state == "Succeeded", let version { properties["currentKubernetesVersion"] = .string(version) }
    }
}

extension AzureCloud {
    static let clusterType = "Microsoft.ContainerService/managedClusters"

    func id(_ cluster: ManagedCluster) -> String {
        "\(root)/resourcegroups/\(cluster.group)/providers/\(Self.clusterType)/\(cluster.name)"
    }

    func hosted(_ cluster: ManagedCluster) -> ClusterEvent.Hosted {
        ClusterEvent.Hosted(
            id: id(cluster), name: cluster.name, nodes: cluster.nodes,
            nodeSize: cluster.pools.first?["vmSize"]?.string ?? "")
    }

    /// - Throws: 404 for the group or for the cluster.
    func cluster(_ call: AzureCall) throws -> ManagedCluster {
        let group = try group(call)
        let name = call.parameter("cluster")
        guard let cluster = clusters["\(group.name)/\(name)".lowercased()] else {
            throw AzureFailure.resourceNotFound(Self.clusterType, name, group: call.parameter("group"))
        }
        return cluster
    }

    func render(_ cluster: ManagedCluster) -> JSON {
        var properties = cluster.properties
        let power: JSON = ["code": cluster.isRunning ? "Running" : "Stopped"]
        properties["provisioningState"] = .string(cluster.state)
        properties["powerState"] = power
        properties["agentPoolProfiles"] = .array(
            cluster.pools.map { profile in
                var profile = profile
                profile["powerState"] = power
                return profile
            })
        properties["identityProfile"] = identityProfile(cluster)
        return [
            "id": .string(id(cluster)), "name": .string(cluster.name),
            "type": "Microsoft.ContainerService/ManagedClusters", "location": .string(cluster.location),
            "tags": cluster.tags.map(AzureTags.render) ?? .null, "sku": cluster.sku, "identity": cluster.identity,
            "eTag": .string(cluster.eTag), "properties": properties,
        ]
    }

    private func identityProfile(_ cluster: ManagedCluster) -> JSON {
        let uid = cluster.properties["resourceUID"]?.string ?? ""
        let id =
            "\(root)/resourcegroups/\(cluster.nodeGroup)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
            + "\(cluster.name)-agentpool"
        return [
            "kubeletidentity": [
                "resourceId": .string(id), "clientId": .string("c0000000-0000-0000-0000-\(uid.prefix(12))"),
                "objectId": .string("0b000000-0000-0000-0000-\(uid.suffix(12))"),
            ]
        ]
    }
}
