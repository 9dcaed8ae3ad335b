import AulaModel
import AulaYAML

extension CohortReader {
    /// Where the workloads run: `azure:` or `kubernetes:`, exactly one.
    mutating func kubernetesSite(in root: Fields, cohort: String) -> KubernetesSite? {
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
        if let azure { return azureSite(azure.node, cohort: cohort).map { .azure($0) } }
        return kubernetes.map { context(of: $0.node) }
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
