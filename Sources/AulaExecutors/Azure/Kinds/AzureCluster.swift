import AulaEngine
import AulaModel

/// The cluster: reading it, and making and ending it.
///
/// Body: `location`, `nodeSize`, `osDiskSize` (GiB), `networkPlugin`, `networkPluginMode`, `networkDataplane` (all
/// fixed); `nodes`, `tier`, `version`, `monitoring` (changed in place). Attributes: the same, `tags`, and `powerState`
/// (`Running` or `Stopped`). Outputs: `id`, `fqdn`, `nodeResourceGroup`, `powerState`, `version`.
struct AzureCluster: AzureKind {
    static let kind = ResourceKind.azureCluster
    let client: AzureClient
    let address: Address
    let patience: AzurePatience
    let name: String
    private let groupAddress: Address
    private let group: String

    init(_ session: AzureSession) {
        (client, patience) = (session.client, session.patience)
        (groupAddress, group) = (session.group, session.site.resourceGroup)
        name = session.site.cluster.name
        address = .azureCluster(name, in: group)
    }

    var words: [String] { ["--resource-group", group, "--name", name] }

    /// Names with two spellings have had both in the releases of `az`.
    private static let query =
        "{id:id,location:location,tags:tags,tier:sku.tier,state:provisioningState,powerState:powerState.code,"
        + "version:currentKubernetesVersion||kubernetesVersion,fqdn:fqdn,nodeResourceGroup:nodeResourceGroup,"
        + "networkPlugin:networkProfile.networkPlugin,networkPluginMode:networkProfile.networkPluginMode,"
        + "networkDataplane:networkProfile.networkDataplane,"
        + "pools:agentPoolProfiles[].{name:name,mode:mode,nodes:count,nodeSize:vmSize,"
        + "osDiskSize:osDiskSizeGb||osDiskSizeGB},"
        + "monitoring:addonProfiles.omsagent.enabled||addonProfiles.omsAgent.enabled,"
        + "error:status.provisioningError.message}"

    private static let fixed = AzureSite.fixedKeys.union(["networkDataplane", "networkPlugin", "networkPluginMode"])

    func show() async throws -> JSON? {
        guard case .found(let json) = try await client.call(["aks", "show"] + words + ["--query", Self.query]) else {
            return nil
        }
        return json
    }

    func observed(_ json: JSON, desired: JSON?) -> Observed {
        let pool = Self.firstPool(json)
        var outputs: [String: Output] = [:]
        for key in ["id", "fqdn", "nodeResourceGroup", "powerState", "version"] {
            outputs[key] = json[key]?.string.map { .plain($0) }
        }
        var observed = Observed(
            identity: json["id"]?.string ?? "",
            attributes: [
                "location": AzureSpelling.location(json["location"], desired?["location"]),
                "monitoring": .bool(json["monitoring"]?.bool ?? false),
                "networkDataplane": json["networkDataplane"] ?? .null,
                "networkPlugin": json["networkPlugin"] ?? .null,
                "networkPluginMode": json["networkPluginMode"] ?? .null,
                "nodeSize": AzureSpelling.word(pool["nodeSize"], desired?["nodeSize"]),
                "nodes": pool["nodes"] ?? .null, "osDiskSize": pool["osDiskSize"] ?? .null,
                "powerState": json["powerState"] ?? .null,
                "tags": json["tags"]?.object.map { .object($0) } ?? .object(JSONObject()),
                "tier": AzureSpelling.word(json["tier"], desired?["tier"]),
                "version": AzureSpelling.version(json["version"], desired?["version"]),
            ],
            mark: AzureTags.mark(in: json["tags"]), outputs: outputs, container: groupAddress,
            fixed: Self.fixed, transition: Self.transition(json))
        if AzureTags.isUnborn(json["tags"]) {
            observed.hasLived = false
            observed.transition = observed.transition ?? .inProgress("made by a run that ended early")
        }
        return observed
    }

    func notices(of observed: Observed) -> [Diagnostic] {
        guard observed.outputs["powerState"] == .plain("Stopped") else { return [] }
        return [
            Diagnostic(
                .warning, "the cluster \(name) is stopped: what is inside cannot be seen",
                hint: "start it with `az aks start`, or leave it out with `--only azure,gitlab`")
        ]
    }

    private static func firstPool(_ json: JSON) -> JSON {
        let pools = json["pools"]?.array ?? []
        return pools.first { $0["mode"] == "System" } ?? pools.first ?? .null
    }

    /// `provisioningState` is free text; the poller of `az` ends at Succeeded, Failed and Canceled.
    private static func transition(_ json: JSON) -> Transition? {
        switch json["state"]?.string {
        case "Succeeded", nil: nil
        case "Failed"?, "Canceled"?:
            .failed(json["error"]?.string ?? "its provisioning state is \(json["state"]?.string ?? "")")
        case "Deleting"?: .leaving("Deleting")
        case let state?: .inProgress(state)
        }
    }

    func create(_ step: Step) async throws -> StepResult {
        if case .leaving = step.change.observed?.transition { try await waitUntilGone(step) }
        var arguments =
            ["aks", "create"] + words + [
                "--location", step.body["location"]?.string ?? "",
                "--node-count", "\(step.body["nodes"]?.int ?? 1)",
                "--node-vm-size", step.body["nodeSize"]?.string ?? "",
                "--tier", step.body["tier"]?.string ?? "free",
            ]
        for (key, option) in [
            ("networkPlugin", "--network-plugin"), ("networkPluginMode", "--network-plugin-mode"),
            ("networkDataplane", "--network-dataplane"), ("osDiskSize", "--node-osdisk-size"),
            ("version", "--kubernetes-version"),
        ] {
            guard let value = step.body[key] else { continue }
            arguments += [option, value.string ?? value.text]
        }
        if step.body["monitoring"] == true { arguments += ["--enable-addons", "monitoring"] }
        // A key of this machine must not end up on the nodes.
        arguments += ["--no-ssh-key", "--no-wait"]
        let tags = AzureTags.wanted(step.ownMark, step.body).merging(AzureTags.unborn) { first, _ in first }
        arguments += AzureTags.arguments(tags)
        do {
            _ = try await client.call(arguments)
        } catch let error as ExecutionError where error.message.contains("already exists") {
            // An earlier run was killed, or its answer lost, right after this call.
            guard let mark = try await show().flatMap({ AzureTags.mark(in: $0["tags"]) }),
                mark.isSameEdition(as: step.mark)
            else { throw error }
        }
        try await noteBirth(try await settledState(step))
        return try await settled(step)
    }

    /// From now on something can be in it: nothing is put into a cluster before this is noted.
    func noteBirth(_ json: JSON) async throws {
        guard AzureTags.isUnborn(json["tags"]) else { return }
        try await client.removeTags(AzureTags.unborn, of: json["id"]?.string ?? "")
    }

    /// Waits until nothing is in progress.
    ///
    /// - Throws: `ExecutionError` with the service's reason when it gave up.
    func settledState(_ step: Step) async throws -> JSON {
        try await patience.wait(step.progress) {
            guard let json = try await show() else {
                throw ExecutionError("the cluster \(name) is gone", hint: "run the same command again")
            }
            switch Self.transition(json) {
            case nil: return .done(json)
            case .inProgress(let state): return .notYet("the cluster is \(state.lowercased())")
            case .leaving:
                throw ExecutionError("the cluster \(name) is being deleted by somebody", hint: "run the command again")
            case .failed(let reason):
                throw ExecutionError(
                    "Azure gave up on the cluster \(name): \(reason)",
                    hint: "run the same command again: it offers to make the cluster anew")
            }
        }
    }

    func settled(_ step: Step) async throws -> StepResult {
        let json = try await settledState(step)
        return StepResult(outputs: observed(json, desired: step.body).outputs)
    }

    func delete(_ step: Step) async throws -> StepResult {
        guard case .found = try await client.call(["aks", "delete"] + words + ["--yes", "--no-wait"]) else {
            return StepResult(wasDone: true)
        }
        try await waitUntilGone(step)
        return StepResult()
    }

    private func waitUntilGone(_ step: Step) async throws {
        try await patience.wait(step.progress) {
            guard let json = try await show() else { return .done(()) }
            // A deletion that failed would be waited for in vain.
            if case .failed(let reason) = Self.transition(json) {
                throw ExecutionError("Azure could not delete the cluster \(name): \(reason)")
            }
            return .notYet("the cluster is being deleted")
        }
    }
}
