package import AulaModel
import AulaPlanner

/// Reads all systems at once.
package struct Observer: Sendable {
    private let executors: [any Executor]

    package init(_ executors: [any Executor]) {
        self.executors = executors
    }

    /// What exists, put together.
    ///
    /// A cluster that is proved absent proves that nothing is inside it.
    ///
    /// All systems are read, because things in one are compared with what another gave them; what stands in the way
    /// of a system that was not asked for is no finding.
    package func observe(_ request: ObservationRequest, systems: Set<System> = []) async -> Observation {
        var parts = await withTaskGroup(of: (System, Observation).self) { group in
            for executor in executors {
                group.addTask { (executor.system, await executor.observe(request)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        await recall(&parts, request)
        var result = Observation()
        for (system, var part) in parts.sorted(by: { $0.key > $1.key }) {
            if !systems.isEmpty, !systems.contains(system) { part.notices = [] }
            result.merge(part)
        }
        dropWhatWasInside(&result, request.blueprint.cohort)
        result.notices.sort { $0.message < $1.message }
        result.gaps.sort { $0.part < $1.part }
        return result
    }

    /// Where GitLab's copy of the memory got lost, or is older, the cluster's has a say: then GitLab is read again.
    private func recall(_ parts: inout [System: Observation], _ request: ObservationRequest) async {
        guard let here = parts[.kubernetes]?.memory, let gitlab = executors.first(where: { $0.system == .gitlab }),
            let there = parts[.gitlab]?.memory, !here.numbers.allSatisfy({ there.numbers[$0.key] == $0.value })
        else { return }
        var request = request
        request.memory = here
        parts[.gitlab] = await gitlab.observe(request)
    }

    /// With the cluster goes everything in it, whatever a connection that outlived it still says.
    private func dropWhatWasInside(_ observation: inout Observation, _ cohort: Cohort) {
        guard let cluster = cohort.clusterAddress, case .absent = observation.presence(of: cluster) else { return }
        observation.gaps.removeAll { $0.part.isInside(cluster.site) }
        observation.present = observation.present.filter { $0.key.system != .kubernetes || $0.key.site != cluster.site }
        observation.foreign.removeAll { $0.address.system == .kubernetes && $0.address.site == cluster.site }
    }
}

extension Observation.Part {
    /// Whether it is about the inside of that site's cluster.
    fileprivate func isInside(_ site: String?) -> Bool {
        switch self {
        case .system(.kubernetes, let other), .strangers(.kubernetes, let other): other == site
        case .kind(let kind, let other): kind.system == .kubernetes && other == site
        case .thing(let address): address.system == .kubernetes && address.site == site
        case .system, .strangers, .inside: false
        }
    }
}
