package import AulaModel

/// Reads all systems at once.
package struct Observer: Sendable {
    private let executors: [any Executor]

    package init(_ executors: [any Executor]) {
        self.executors = executors
    }

    /// What exists, put together.
    ///
    /// A cluster that is proved absent proves that nothing is inside it.
    package func observe(_ request: ObservationRequest) async -> Observation {
        var result = await withTaskGroup(of: Observation.self) { group in
            for executor in executors { group.addTask { await executor.observe(request) } }
            var merged = Observation()
            for await part in group { merged.merge(part) }
            return merged
        }
        result.notices.sort { $0.message < $1.message }
        result.gaps.sort { $0.prefix < $1.prefix }
        return result
    }
}
