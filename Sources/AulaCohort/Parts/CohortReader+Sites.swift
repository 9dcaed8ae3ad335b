import AulaModel
import AulaYAML

extension CohortReader {
    /// Where the workloads run: `azure:` or `kubernetes:`, exactly one.
    ///
    /// - Returns: the place, or the first of several and all of them.
    mutating func sites(in root: Fields, cohort: String) -> (site: KubernetesSite, all: [NamedSite])? {
        let azure = root.entries.first { $0.key == "azure" }
        let kubernetes = root.entries.first { $0.key == "kubernetes" }
        if azure != nil, let kubernetes {
            error(
                "a cohort runs on `azure` or on a cluster of your own (`kubernetes`), not on both",
                at: kubernetes.position, hint: "remove one of them")
        }
        if azure == nil, kubernetes == nil, root.misspelled.isDisjoint(with: ["azure", "kubernetes"]) {
            let hint = "add azure: { subscription: ID, location: westus }, or kubernetes: { context: NAME }"
            error("the file does not say where the cohort runs", at: root.position, hint: hint)
        }
        if let azure { return azureSite(azure.node, cohort: cohort).map { (.azure($0), []) } }
        guard let node = kubernetes?.node else { return nil }
        guard case .list(let items) = node.value else { return (context(of: node), []) }
        let sites = named(items, at: node.position)
        return (sites.first?.site ?? .context(nil), sites)
    }

    /// The most sites of one cohort.
    static let siteLimit = 50

    private mutating func named(_ items: [YAMLNode], at position: SourcePosition) -> [NamedSite] {
        guard (2...Self.siteLimit).contains(items.count) else {
            error(
                "`kubernetes` lists \(items.count) clusters; 2 to \(Self.siteLimit) are possible", at: position,
                hint: "one cluster needs no list: kubernetes: { context: NAME }")
            return []
        }
        var seen: [String: SourcePosition] = [:]
        return items.enumerated().compactMap { index, item in
            guard let fields = fields(of: item, at: "kubernetes[\(index)]", NamedSiteKeys.set) else { return nil }
            let context = value(KubernetesKeys.context, in: fields)
            guard fields["name"] != nil else {
                error("a cluster without a name", at: item.position, hint: "add name: NAME")
                return nil
            }
            guard let name = value(NamedSiteKeys.name, in: fields) else { return nil }
            if let first = seen.updateValue(item.position, forKey: name) {
                error(
                    "the cluster `\(name)` is listed twice", at: item.position,
                    hint: "the other one is in line \(first.line)")
            }
            return NamedSite(name: name, site: .context(context))
        }
    }

    /// Every group that names a site names one that there is.
    mutating func checkSites(of cohort: Cohort, at position: SourcePosition) {
        let names = cohort.sites.map(\.name)
        for group in cohort.groups {
            guard let site = group.site, !names.contains(site) else { continue }
            error(
                "there is no cluster `\(site)` for the group \(quoted(group.name))",
                at: cohort.position(of: "groups.\(group.key).site") ?? position,
                hint: names.isEmpty
                    ? "several clusters are a list: kubernetes: [{ name: \(site), context: NAME }, …]"
                    : "there are \(names.joined(separator: ", "))")
        }
    }

    private mutating func context(of node: YAMLNode) -> KubernetesSite {
        if case .scalar(let name, _) = node.value, !node.isNull {
            mistyped(node, "kubernetes", expected: "a mapping", hint: "write kubernetes: { context: \(name) }")
            return .context(nil)
        }
        guard let fields = fields(of: node, at: "kubernetes", KubernetesKeys.set) else { return .context(nil) }
        return .context(value(KubernetesKeys.context, in: fields))
    }
}
