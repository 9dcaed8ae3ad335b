import AulaModel
import AulaYAML

extension CohortReader {
    mutating func azureSite(_ node: YAMLNode, cohort: String) -> AzureSite? {
        guard let fields = fields(of: node, at: "azure", AzureKeys.set) else { return nil }
        return AzureSite(
            subscription: subscription(in: fields) ?? "",
            location: location(in: fields) ?? "",
            resourceGroup: value(AzureKeys.resourceGroup, in: fields) ?? cohort,
            cluster: cluster(in: fields, cohort: cohort),
            existing: existing(in: fields))
    }

    private mutating func subscription(in fields: Fields) -> String? {
        guard fields["subscription"] != nil else {
            missing("subscription", in: fields, hint: "`az account list --output table` shows yours")
            return nil
        }
        guard let id = text("subscription", in: fields) else { return nil }
        guard Form.subscription.matches(id) else {
            error(
                "\(quoted(id)) is no subscription id", at: fields.position(of: "subscription"),
                hint: "write the id that `az account list --output table` shows, 32 hexadecimal digits in 5 parts")
            return nil
        }
        return id.lowercased()
    }

    private mutating func location(in fields: Fields) -> String? {
        guard fields["location"] != nil else {
            missing("location", in: fields, hint: "write a region such as location: westus")
            return nil
        }
        guard let location = text("location", in: fields) else { return nil }
        guard Form.region.matches(location) else {
            let plain = location.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            error(
                "\(quoted(location)) is not the form of a region", at: fields.position(of: "location"),
                hint: plain.isEmpty ? nil : "write \(plain)")
            return nil
        }
        return location
    }

    private mutating func cluster(in azure: Fields, cohort: String) -> AzureSite.Cluster {
        let empty = Fields(path: "azure.cluster", position: azure.position, entries: [])
        let fields = azure["cluster"].flatMap { self.fields(of: $0, at: "azure.cluster", ClusterKeys.set) } ?? empty
        var cluster = AzureSite.Cluster(
            name: value(ClusterKeys.name, in: fields) ?? "cluster-\(cohort)",
            nodeSize: value(ClusterKeys.nodeSize, in: fields) ?? "", nodes: value(ClusterKeys.nodes, in: fields) ?? 0)
        cluster.osDiskSize = value(ClusterKeys.osDiskSize, in: fields)
        cluster.tier = value(ClusterKeys.tier, in: fields)?.rawValue ?? cluster.tier
        cluster.monitoring = value(ClusterKeys.monitoring, in: fields) ?? cluster.monitoring
        cluster.version = value(ClusterKeys.version, in: fields)
        return cluster
    }

    private mutating func existing(in fields: Fields) -> Set<String> {
        var existing: Set<String> = []
        for item in items("existing", in: fields) ?? [] {
            if let thing = choice(item, "azure.existing", AzureKeys.Existing.self) { existing.insert(thing.rawValue) }
        }
        if existing.contains("cluster"), !existing.contains("resourceGroup") {
            error(
                "an existing cluster is inside an existing resource group", at: fields.position(of: "existing"),
                hint: "write existing: [resourceGroup, cluster]")
        }
        return existing
    }
}
