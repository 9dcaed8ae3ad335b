package import AulaEngine
package import AulaModel

/// Turns changes of the resource group and the cluster into calls of `az`, and its answers into an observation.
package struct AzureExecutor: Executor {
    package var system: System { .azure }

    private let session: AzureSession
    private let cloud: AzureCloudName

    package init(_ site: AzureSite, tools: any ToolRunner, patience: AzurePatience = AzurePatience()) {
        let client = AzureClient(subscription: site.subscription, tools: tools)
        session = AzureSession(site: site, client: client, patience: patience)
        cloud = AzureCloudName(client: client)
    }

    /// One call for each kind at the same time, more where foreign things or another system matter.
    package func observe(_ request: ObservationRequest) async -> Observation {
        request.progress("azure: resource group \(session.site.resourceGroup)")
        let kinds = AzureKinds.all.map { $0.init(session) }
        async let parts = concurrently(kinds, width: kinds.count) { await $0.observe(request.blueprint) }
        async let foreignPart = observeForeign(request)
        // Only another system that is not reached through `az` can be of another world.
        async let isSandbox = request.blueprint.cohort.gitlab == nil ? nil : cloud.isSandbox()
        var observation = Observation()
        for part in await parts { observation.merge(part) }
        // Without a group there is nothing in it, whatever came of asking for it.
        let isGroup = { (gap: Observation.Gap) in gap.part == .thing(session.group) }
        let hasGroup = observation.present[session.group] != nil
        if !hasGroup, !observation.gaps.contains(where: isGroup) { observation.gaps = [] }
        observation.sandboxed[.azure] = await isSandbox
        guard hasGroup else { return observation }
        observation.merge(await foreignPart)
        return observation
    }

    private func observeForeign(_ request: ObservationRequest) async -> Observation {
        guard request.includesForeign || request.purpose == .destroy else { return Observation() }
        return await ForeignResources(
            client: session.client, group: session.site.resourceGroup, groupAddress: session.group,
            cluster: session.site.cluster.name,
            mark: request.blueprint.mark
        ).observe()
    }

    package func perform(_ step: Step) async throws -> StepResult {
        guard let kind = AzureKinds.all.first(where: { $0.kind == step.change.address.kind }) else {
            throw ExecutionError("\(step.change.address): aula does not know this kind of things on Azure")
        }
        return try await kind.init(session).perform(step)
    }

    package func close() async {}
}
