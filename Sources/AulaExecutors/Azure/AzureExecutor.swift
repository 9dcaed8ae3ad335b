package import AulaEngine
package import AulaModel

/// Turns changes of the resource group and the cluster into calls of `az`, and its answers into an observation.
package struct AzureExecutor: Executor {
    package var system: System { .azure }

    private let site: AzureSite
    private let client: AzureClient
    private let group: AzureGroup
    private let cluster: AzureCluster
    private let cloud: AzureCloudName

    package init(_ site: AzureSite, tools: any ToolRunner, patience: AzurePatience = AzurePatience()) {
        self.site = site
        client = AzureClient(subscription: site.subscription, tools: tools)
        cloud = AzureCloudName(client: client)
        group = AzureGroup(client: client, patience: patience, name: site.resourceGroup)
        cluster = AzureCluster(
            client: client, patience: patience, group: site.resourceGroup, name: site.cluster.name)
    }

    private var groupAddress: Address { .resourceGroup(site.resourceGroup) }
    private var clusterAddress: Address { .azureCluster(site.cluster.name, in: site.resourceGroup) }

    /// Two calls at the same time, more where foreign things or another system matter.
    package func observe(_ request: ObservationRequest) async -> Observation {
        request.progress("azure: resource group \(site.resourceGroup)")
        async let groupPart = observeGroup(request.blueprint)
        async let clusterPart = observeCluster(request.blueprint)
        async let foreignPart = observeForeign(request)
        // Only another system that is not reached through `az` can be of another world.
        async let isSandbox = request.blueprint.cohort.gitlab == nil ? nil : cloud.isSandbox()
        var observation = await groupPart
        let isProvedAbsent = observation.present.isEmpty && observation.gaps.isEmpty
        observation.merge(await clusterPart)
        // Without a group there is no cluster, whatever came of asking for it.
        if isProvedAbsent { observation.gaps = [] }
        observation.sandboxed[.azure] = await isSandbox
        guard observation.present[groupAddress] != nil else { return observation }
        observation.merge(await foreignPart)
        return observation
    }

    private func observeGroup(_ blueprint: Blueprint) async -> Observation {
        do {
            guard let json = try await group.show() else { return Observation() }
            return Observation(
                present: [groupAddress: AzureGroup.observed(json, desired: blueprint[groupAddress]?.body)])
        } catch {
            return gap(groupAddress, error)
        }
    }

    private func observeCluster(_ blueprint: Blueprint) async -> Observation {
        do {
            guard let json = try await cluster.show() else { return Observation() }
            let observed = AzureCluster.observed(
                json, desired: blueprint[clusterAddress]?.body, container: groupAddress)
            var observation = Observation(present: [clusterAddress: observed])
            if observed.outputs["powerState"] == .plain("Stopped") {
                observation.notices.append(
                    Diagnostic(
                        .warning, "the cluster \(site.cluster.name) is stopped: what is inside cannot be seen",
                        hint: "start it with `az aks start`, or leave it out with `--only azure,gitlab`"))
            }
            return observation
        } catch {
            return gap(clusterAddress, error)
        }
    }

    private func observeForeign(_ request: ObservationRequest) async -> Observation {
        guard request.includesForeign || request.purpose == .destroy else { return Observation() }
        return await ForeignResources(
            client: client, group: site.resourceGroup, groupAddress: groupAddress, cluster: site.cluster.name,
            mark: request.blueprint.mark
        ).observe()
    }

    private func gap(_ address: Address, _ error: any Error) -> Observation {
        let error = error as? ExecutionError
        return Observation(
            gaps: [.init(.thing(address), reason: error?.message ?? "interrupted", hint: error?.hint)])
    }

    package func perform(_ step: Step) async throws -> StepResult {
        switch (step.change.address.kind.name, step.change.action) {
        case ("resourceGroup", .create): return try await group.create(step)
        case ("resourceGroup", .update): return try await group.update(step)
        case ("resourceGroup", .release): return try await group.release(step)
        case ("resourceGroup", .delete): return try await group.delete(step)
        case ("resourceGroup", .replace):
            _ = try await group.delete(step)
            return try await group.create(step)
        case ("cluster", .create): return try await cluster.create(step)
        case ("cluster", .update): return try await cluster.update(step)
        case ("cluster", .release): return try await cluster.release(step)
        case ("cluster", .delete): return try await cluster.delete(step)
        case ("cluster", .replace):
            _ = try await cluster.delete(step)
            return try await cluster.create(step)
        default: throw ExecutionError("\(step.change.address): aula cannot \(step.change.action.rawValue) this")
        }
    }

    package func close() async {}
}
