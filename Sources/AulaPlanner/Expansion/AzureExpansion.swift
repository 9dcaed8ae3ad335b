import AulaModel

extension Expander {
    /// One resource group and one cluster for all.
    mutating func addAzure() {
        guard let azure = cohort.site.azure, let group = cohort.resourceGroupAddress,
            let cluster = cohort.clusterAddress
        else { return }
        add(
            Resource(
                address: group,
                body: ["location": .string(azure.location), "tags": .object(JSONObject(coordinateTags))],
                lifecycle: Lifecycle(existing: azure.existing.contains("resourceGroup"))))
        var body: JSON = [
            "location": .string(azure.location),
            "monitoring": .bool(azure.cluster.monitoring),
            // Without a policy engine AKS accepts network policies and enforces none.
            "networkDataplane": "cilium",
            "networkPlugin": "azure",
            "networkPluginMode": "overlay",
            "nodeSize": .string(azure.cluster.nodeSize),
            "nodes": .int(azure.cluster.nodes),
            "tier": .string(azure.cluster.tier),
        ]
        body["osDiskSize"] = azure.cluster.osDiskSize.map { .int($0) }
        body["version"] = azure.cluster.version.map { .string($0) }
        add(
            Resource(
                address: cluster, body: body, dependsOn: [group], container: group,
                lifecycle: Lifecycle(existing: azure.existing.contains("cluster"))))
    }

    private var coordinateTags: [(String, JSON)] {
        cohort.coordinates.map { ("aula-\($0.key)", .string($0.value)) }
    }
}
