/// What runs the Kubernetes API of each managed cluster; Azure's state machine only says when.
///
/// Every call can come twice, after a restart for instance, and must then change nothing.
package protocol ClusterHost: Sendable {
    /// The cluster's API begins to answer. `id` is the cluster's resource id.
    func clusterCreated(id: String, name: String, nodes: Int, nodeSize: String) async
    /// The number of nodes of all pools together changed.
    func clusterScaled(id: String, nodes: Int) async
    /// The API goes away, what it holds stays.
    func clusterStopped(id: String) async
    func clusterStarted(id: String) async
    /// The API and all it holds are gone.
    func clusterDeleted(id: String) async
    /// A kubeconfig for the cluster's API, as YAML.
    func kubeconfig(id: String, admin: Bool) async -> String
    /// What the cluster's volumes and load balancers made in Azure.
    func attachments(id: String) async -> ClusterAttachments
}

/// Azure resources that exist because of objects inside a cluster; they are billed until those go.
package struct ClusterAttachments: Hashable, Codable, Sendable {
    /// Names of the disks behind bound persistent volumes.
    package var disks: [String]
    /// Names of the public addresses behind services of type LoadBalancer.
    package var publicAddresses: [String]

    package init(disks: [String] = [], publicAddresses: [String] = []) {
        self.disks = disks
        self.publicAddresses = publicAddresses
    }
}

extension ClusterHost {
    package func clusterScaled(id: String, nodes: Int) async {}
    package func attachments(id: String) async -> ClusterAttachments { ClusterAttachments() }
}
