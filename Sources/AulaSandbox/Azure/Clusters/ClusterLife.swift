import AulaModel
import Foundation

/// What a managed cluster is beside its record: whether it runs, and what it made.
struct ClusterLife: Codable, Sendable {
    var isRunning = true
    /// Whether its Kubernetes API has been made.
    var isHosted = false
    /// The beginning of the span that has not been billed yet.
    var runningSince: Date
    var attachments = ClusterAttachments()
}

extension AzureCloud {
    static let clusterType = "Microsoft.ContainerService/managedClusters"
    static let poolType = "\(clusterType)/agentPools"

    var clusters: [AzureResource] {
        store.values.filter { $0.life != nil }.sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }
    }

    /// The cluster's pools, in the order of their making.
    func pools(of cluster: AzureResource) -> [AzureResource] {
        let prefix = cluster.key + "/agentpools/"
        return store.values.filter { $0.key.hasPrefix(prefix) }.sorted {
            ($0.createdAt, $0.name) < ($1.createdAt, $1.name)
        }
    }

    func hosted(_ cluster: AzureResource) -> ClusterEvent.Hosted {
        let pools = pools(of: cluster)
        return ClusterEvent.Hosted(
            id: cluster.id.text, name: cluster.name,
            nodes: pools.reduce(0) { $0 + ($1.properties["count"]?.int ?? 0) },
            nodeSize: pools.first?.properties["vmSize"]?.string ?? "")
    }

    /// The cluster of a path that has the parameters `group` and `cluster`.
    ///
    /// - Throws: 404 for the group or for the cluster.
    func cluster(_ call: AzureCall) throws -> AzureResource {
        let scope = try canonical("\(root)/resourceGroups/\(call.parameter("group"))")
        let id = AzureID(scope: scope, type: Self.clusterType, names: [call.parameter("cluster")])
        guard let found = store[id.key] else {
            throw AzureFailure.resourceNotFound(Self.clusterType, id.name, group: call.parameter("group"))
        }
        return found
    }

    /// - Throws: 409 while another operation is at work, on a stopped cluster, and in a group that is being deleted.
    func requireIdle(_ cluster: AzureResource) throws {
        if groups[cluster.group.lowercased()]?.state == "Deleting" { throw AzureFailure.groupDeleting(cluster.group) }
        guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
        guard cluster.life?.isRunning != false else { throw AzureFailure.stopped }
    }
}

extension AzureResource {
    var nodeGroup: String { properties["nodeResourceGroup"]?.string ?? "" }
    /// The short mark in the names of what belongs to a cluster.
    var mark: String { String((properties["resourceUID"]?.string ?? "").prefix(8)) }
}
