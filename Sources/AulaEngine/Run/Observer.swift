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
        // By the place of the executor: several may be of one system.
        var parts = await withTaskGroup(of: (Int, Observation).self) { group in
            for (index, executor) in executors.enumerated() {
                group.addTask { (index, await executor.observe(request)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        await recall(&parts, request)
        var result = Observation()
        for (executor, var part) in parts.map({ (executors[$0.key], $0.value) })
            .sorted(by: { ($0.0.system, $0.0.site ?? "") > ($1.0.system, $1.0.site ?? "") })
        {
            if !systems.isEmpty, !systems.contains(executor.system) { part.notices = [] }
            result.merge(part)
        }
        dropWhatWasInside(&result, request.blueprint.cohort)
        result.notices.sort { $0.message < $1.message }
        result.gaps.sort { $0.part < $1.part }
        return result
    }

    /// Where GitLab's copy of the memory got lost, or is older, a cluster's has a say: then GitLab is read again.
    private func recall(_ parts: inout [Int: Observation], _ request: ObservationRequest) async {
        guard let index = executors.firstIndex(where: { $0.system == .gitlab }), let there = parts[index]?.memory
        else { return }
        for (other, part) in parts.sorted(by: { $0.key < $1.key }) where executors[other].system == .kubernetes {
            guard !part.memory.numbers.allSatisfy({ there.numbers[$0.key] == $0.value }) else { continue }
            var request = request
            request.memory = part.memory
            parts[index] = await executors[index].observe(request)
            return
        }
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
