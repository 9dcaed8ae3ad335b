import AulaEngine
import AulaModel
import AulaPlanner
import AulaTestSupport
import Testing

/// An executor that sees what a test tells it.
private struct Seer: Executor {
    var system: System
    var sight: Observation

    func observe(_ request: ObservationRequest) async -> Observation { sight }
    func perform(_ step: Step) async throws -> StepResult { throw ExecutionError("not asked") }
    func close() async {}
}

@Suite struct ObserverTests {
    private let blueprint = Blueprint(
        cohort: .sample(site: .azure(.sample())), resources: [])
    private let unread = Observation(gaps: [.init(.system(.kubernetes), reason: "connection refused")])

    private func look(_ azure: Observation) async -> Observation {
        await Observer([Seer(system: .azure, sight: azure), Seer(system: .kubernetes, sight: unread)])
            .observe(ObservationRequest(blueprint: blueprint))
    }

    @Test func `a cluster that is proved absent holds nothing`() async {
        #expect(await look(Observation()).gaps.isEmpty)
    }

    @Test func `a cluster that may be there keeps its inside unknown`() async {
        let gap = Observation.Gap(.system(.azure), reason: "not logged in")
        #expect(await look(Observation(gaps: [gap])).gaps.map(\.part) == [.system(.azure), .system(.kubernetes)])
    }
}
