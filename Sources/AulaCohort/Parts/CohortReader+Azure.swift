import AulaModel
import AulaYAML

extension CohortReader {
    private enum Existing: String, CaseIterable { case resourceGroup, cluster }
    private enum Tier: String, CaseIterable { case free, standard, premium }

    mutating func azureSite(_ node: YAMLNode, cohort: String) -> AzureSite? {
        let keys = ["subscription", "location", "resourceGroup", "cluster", "existing"]
        guard let fields = fields(of: node, at: "azure", keys: keys) else { return nil }
        return AzureSite(
            subscription: subscription(in: fields) ?? "",
            location: location(in: fields) ?? "",
            resourceGroup: azureName(
                "resourceGroup", in: fields, /[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]/,
                "letters, digits and _ - . ( ), at most 90") ?? cohort,
            cluster: cluster(in: fields, cohort: cohort),
            existing: existing(in: fields))
    }

    private mutating func subscription(in fields: Fields) -> String? {
        guard fields["subscription"] != nil else {
            missing("subscription", in: fields, hint: "`az account list --output table` shows yours")
            return nil
        }
        guard let id = text("subscription", in: fields) else { return nil }
        guard id.wholeMatch(of: /[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/) != nil else {
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
        guard location.wholeMatch(of: /[a-z][a-z0-9]*/) != nil else {
            let plain = location.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            error(
                "\(quoted(location)) is not the form of a region", at: fields.position(of: "location"),
                hint: plain.isEmpty ? nil : "write \(plain)")
            return nil
        }
        return location
    }

    private mutating func cluster(in azure: Fields, cohort: String) -> AzureSite.Cluster {
        var cluster = AzureSite.Cluster(name: "cluster-\(cohort)", nodeSize: "Standard_B2s", nodes: 2)
        let keys = ["name", "nodeSize", "nodes", "osDiskSize", "tier", "monitoring", "version"]
        guard let node = azure["cluster"], let fields = fields(of: node, at: "azure.cluster", keys: keys) else {
            return cluster
        }
        let letters = "letters, digits, - and _, at most 63"
        cluster.name =
            azureName("name", in: fields, /[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?/, letters) ?? cluster.name
        cluster.nodeSize =
            azureName("nodeSize", in: fields, /[A-Za-z]+_[A-Za-z0-9_-]{1,60}/, "such as Standard_B2s")
            ?? cluster.nodeSize
        cluster.nodes = number("nodes", in: fields, 1...1_000) ?? cluster.nodes
        cluster.osDiskSize = number("osDiskSize", in: fields, 30...2_048)
        cluster.tier = choice("tier", in: fields, Tier.self)?.rawValue ?? cluster.tier
        cluster.monitoring = flag("monitoring", in: fields) ?? cluster.monitoring
        cluster.version = azureName("version", in: fields, /1\.[0-9]{1,3}(\.[0-9]{1,3})?/, "such as 1.33 or 1.33.2")
        return cluster
    }

    /// A name that Azure gives a form.
    private mutating func azureName<Output>(
        _ key: String, in fields: Fields, _ form: Regex<Output>, _ explanation: String
    ) -> String? {
        guard let name = text(key, in: fields) else { return nil }
        if name.wholeMatch(of: form) == nil {
            error("\(quoted(name)) is no \(fields.path(to: key)): \(explanation)", at: fields.position(of: key))
        }
        return name
    }

    private mutating func existing(in fields: Fields) -> Set<String> {
        var existing: Set<String> = []
        for item in items("existing", in: fields) ?? [] {
            if let thing = choice(item, "azure.existing", Existing.self) { existing.insert(thing.rawValue) }
        }
        if existing.contains("cluster"), !existing.contains("resourceGroup") {
            error(
                "an existing cluster is inside an existing resource group", at: fields.position(of: "existing"),
                hint: "write existing: [resourceGroup, cluster]")
        }
        return existing
    }
}
