import AulaModel

/// Fields that the systems refuse to change: a difference there means delete and create.
///
/// Sources: the documentation of AKS and of GitLab's API; those of Kubernetes are in the table of its kinds.
enum ImmutableFields {
    static func cover(_ path: String, of resource: Resource) -> Bool {
        switch resource.address.kind {
        case .resourceGroup: path == "location"
        case .azureCluster:
            ["location", "nodeSize", "osDiskSize", "networkDataplane", "networkPlugin", "networkPluginMode"]
                .contains(path)
        case .deployToken: true
        default: resource.kubernetesKind?.isImmutable(path) ?? false
        }
    }
}
