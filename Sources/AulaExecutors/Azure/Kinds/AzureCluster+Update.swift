import AulaEngine
import AulaModel

extension AzureCluster {
    /// Brings a cluster to its desired form in place, one operation after the other: AKS takes no two at a time.
    ///
    /// What is in progress is waited for first; then what still differs is changed, whatever the plan had seen.
    func update(_ step: Step) async throws -> StepResult {
        guard var observed = step.change.observed else { return StepResult(wasDone: true) }
        if observed.transition != nil {
            let json = try await settledState(step)
            try await noteBirth(json)
            observed = self.observed(json, desired: step.body)
        }
        try await client.addTags(
            AzureTags.wanted(step.ownMark, step.body), to: observed.identity, having: observed.attributes["tags"])
        guard step.change.desired?.lifecycle.existing != true else { return StepResult(outputs: observed.outputs) }
        var result = StepResult(outputs: observed.outputs)
        for operation in operations(from: observed.attributes, to: step.body) {
            step.progress(operation.what)
            _ = try await client.call(operation.arguments)
            result = try await settled(step)
        }
        return result
    }

    private func operations(from live: JSON, to body: JSON) -> [(what: String, arguments: [String])] {
        var result: [(what: String, arguments: [String])] = []
        func differs(_ key: String) -> JSON? {
            guard let wanted = body[key], live[key] != wanted else { return nil }
            return wanted
        }
        if let version = differs("version")?.string {
            result.append(
                (
                    "upgrading to Kubernetes \(version)",
                    ["aks", "upgrade"] + words + ["--kubernetes-version", version, "--yes", "--no-wait"]
                ))
        }
        if let nodes = differs("nodes")?.int {
            result.append(
                (
                    "scaling to \(nodes) nodes",
                    ["aks", "scale"] + words + ["--node-count", "\(nodes)", "--no-wait"]
                ))
        }
        if let tier = differs("tier")?.string {
            result.append(
                ("changing to the tier \(tier)", ["aks", "update"] + words + ["--tier", tier, "--no-wait"]))
        }
        if let monitoring = differs("monitoring")?.bool {
            result.append(
                (
                    "switching monitoring \(monitoring ? "on" : "off")",
                    ["aks", monitoring ? "enable-addons" : "disable-addons"] + words
                        + ["--addons", "monitoring", "--no-wait"]
                ))
        }
        return result
    }
}
