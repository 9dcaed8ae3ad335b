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
        var result = await withTaskGroup(of: Observation.self) { group in
            for executor in executors {
                group.addTask {
                    var part = await executor.observe(request)
                    if !systems.isEmpty, !systems.contains(executor.system) { part.notices = [] }
                    return part
                }
            }
            var merged = Observation()
            for await part in group { merged.merge(part) }
            return merged
        }
        dropWhatWasInside(&result, request.blueprint.cohort)
        result.notices.sort { $0.message < $1.message }
        result.gaps.sort { $0.part < $1.part }
        return result
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
