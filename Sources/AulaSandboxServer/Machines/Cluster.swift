import AulaModel
import AulaSandbox
import Foundation

/// One cluster of the sandbox: who it is, and its machine.
struct Cluster: Sendable {
    /// What is kept about a cluster beside its machine's state.
    struct Record: Codable, Sendable {
        /// The resource id in Azure; empty for the cluster that is there from the start.
        var id: String
        /// The name for people, which need not be unique.
        var name: String
        /// The name under `/clusters/`, which is unique.
        var path: String
        var adminToken: String
        var nodes: Int
        var nodeSize: String
        var isStopped: Bool
    }

    var record: Record
    let machine: KubernetesMachine

    init(_ record: Record, caPEM: String, settings: ClusterSettings, snapshot: JSON?) {
        self.record = record
        let identity = ClusterIdentity(name: record.name, adminToken: record.adminToken, caPEM: caPEM)
        machine = KubernetesMachine(
            identity: identity, settings: record.settings(from: settings), snapshot: snapshot, now: Date())
    }
}

extension Cluster.Record {
    /// The usual settings with this cluster's own nodes.
    func settings(from usual: ClusterSettings) -> ClusterSettings {
        var settings = usual
        settings.nodes = ClusterSettings.NodePool(count: nodes, size: nodeSize)
        return settings
    }
}
