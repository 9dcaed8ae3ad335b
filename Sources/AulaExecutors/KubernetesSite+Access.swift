package import AulaEngine
package import AulaModel

extension KubernetesSite {
    /// The way to its cluster.
    package func access(with tools: any ToolRunner) -> any ClusterAccess {
        switch self {
        case .azure(let azure): AzureClusterAccess(site: azure, tools: tools)
        case .context(let name): ContextAccess(name)
        }
    }
}
