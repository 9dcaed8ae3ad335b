import AulaModel
import AulaPlanner
import Testing

@Suite struct EndingTests {
    private let namespace = Sample.object("Namespace", nil, "memo2-g1-test")
    private let config = Sample.object("ConfigMap", "memo2-g1-test", "environment")

    private func destroy(_ observation: Observation, withContents: Set<Address> = []) -> Plan {
        Planner.plan(
            Sample.blueprint([namespace, config]), observation,
            PlanOptions(purpose: .destroy, withContents: withContents))
    }

    @Test func `what lives inside goes with it, counted and not called`() {
        let plan = destroy(Sample.observation(of: [namespace, config]))
        #expect(plan.lines == ["- \(namespace.address)"])
        #expect(plan.changes.first?.contents == 1)
    }

    @Test func `a foreign thing keeps its container, and ours inside is deleted by call`() {
        var observation = Sample.observation(of: [namespace, config])
        let foreign = Foreign(
            address: .kubernetes("ConfigMap", "memo2-g1-test", "mine"), container: namespace.address, owner: "ana")
        observation.foreign = [foreign]
        let plan = destroy(observation)
        #expect(plan.lines == ["- \(config.address)"])
        #expect(plan.foreign == [foreign])
        #expect(plan.kept == [namespace.address])
        #expect(destroy(observation, withContents: [namespace.address]).lines == ["- \(namespace.address)"])
    }

    @Test func `what a pipeline of the students made is listed, and goes with its namespace unless that stays`() {
        var observation = Sample.observation(of: [namespace, config])
        let theirs = Foreign(
            address: .kubernetes("Deployment", "memo2-g1-test", "extra"), container: namespace.address,
            owner: "a pipeline of the students", byDeployer: true)
        observation.foreign = [theirs]
        let plan = destroy(observation)
        #expect(plan.lines == ["- \(namespace.address)"])
        #expect(plan.foreign == [theirs])
        let someones = Foreign(
            address: .kubernetes("ConfigMap", "memo2-g1-test", "mine"), container: namespace.address, owner: "ana")
        observation.foreign = [theirs, someones]
        #expect(destroy(observation).foreign == [someones])
    }

    @Test func `what was there before aula is un-marked, not deleted`() {
        var observation = Sample.observation(of: [namespace, config])
        observation.present[namespace.address]?.mark?.origin = .adopted
        let plan = destroy(observation)
        #expect(plan.changes.map(\.action) == [.delete, .release])
        #expect(plan.changes.map(\.address) == [config.address, namespace.address])
    }

    @Test func `an origin that somebody wrote on an object does not keep its namespace from whoever may take all`() {
        var observation = Sample.observation(of: [namespace, config])
        observation.present[config.address]?.mark?.origin = .existing
        #expect(destroy(observation).kept == [namespace.address])
        #expect(destroy(observation, withContents: [namespace.address]).lines.contains("- \(namespace.address)"))
    }

    @Test func `a project is archived once`() {
        let project = Resource(
            address: Address(.gitlab("project"), "memo2/g1/api"), body: ["archived": false],
            lifecycle: Lifecycle(ending: .archive))
        var observation = Sample.observation(of: [project])
        #expect(destroy(observation).changes.map(\.action) == [.archive])
        observation.present[project.address]?.attributes["archived"] = true
        #expect(destroy(observation).isEmpty)
        // An apply of the same edition brings it back.
        #expect(Planner.plan(Sample.blueprint([project]), observation).lines == ["~ \(project.address)"])
    }
}
