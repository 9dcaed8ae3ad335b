import AulaModel
import AulaPlanner
import Testing

@Suite struct PlannerTests {
    private let namespace = Sample.object("Namespace", nil, "memo2-g1-test")
    private let config = Sample.object("ConfigMap", "memo2-g1-test", "environment", body: ["data": ["LEVEL": "info"]])

    @Test func `everything is created where nothing is`() {
        let plan = Planner.plan(Sample.blueprint([namespace, config]), Observation())
        #expect(
            plan.lines == ["+ kubernetes/Namespace/memo2-g1-test", "+ kubernetes/ConfigMap/memo2-g1-test/environment"])
        #expect(plan.changes[1].dependsOn == [namespace.address])
    }

    @Test func `a change names what it waits for once, however often it needs it`() throws {
        let secret = Sample.object("Secret", "memo2-g1-test", "token")
        let token = LateValue.output(secret.address, "token")
        let needy = Sample.object(
            "Secret", "memo2-g1-test", "login",
            late: [
                LateField(path: ["data", "a"], value: token), LateField(path: ["data", "b"], value: .base64(token)),
            ],
            dependsOn: [namespace.address, secret.address])
        let plan = Planner.plan(Sample.blueprint([namespace, secret, needy]), Observation())
        #expect(try #require(plan.changes.last).dependsOn == [namespace.address, secret.address])
    }

    @Test func `nothing is planned where everything is as it should be`() {
        let plan = Planner.plan(Sample.blueprint([namespace, config]), Sample.observation(of: [namespace, config]))
        #expect(plan.isEmpty)
        #expect(plan.unchanged == 2)
    }

    @Test func `a changed field is an update with its old and new value`() throws {
        var live = config
        live.body["data"] = ["LEVEL": "debug"]
        let plan = Planner.plan(Sample.blueprint([namespace, config]), Sample.observation(of: [namespace, live]))
        let change = try #require(plan.changes.first)
        #expect(plan.lines == ["~ kubernetes/ConfigMap/memo2-g1-test/environment"])
        #expect(change.fields == [FieldChange(path: "data.LEVEL", old: "debug", new: "info")])
    }

    @Test func `what could not be read is blocked and blocks what depends on it`() {
        var observation = Sample.observation(of: [])
        observation.gaps = [.init(.kind(.kubernetes("Namespace")), reason: "the connection dropped")]
        let plan = Planner.plan(Sample.blueprint([namespace, config]), observation)
        #expect(plan.isEmpty)
        #expect(plan.blocked.map(\.part) == [.thing(config.address), .thing(namespace.address)])
    }

    @Test func `a failed read prunes nothing, a complete one prunes what carries our mark`() {
        let extra = Sample.object("ConfigMap", "memo2-g1-test", "old")
        let all = Sample.observation(of: [namespace, config, extra])
        #expect(Planner.plan(Sample.blueprint([namespace, config]), all).lines == ["- \(extra.address)"])
        var partial = all
        partial.present[extra.address] = nil
        partial.gaps = [.init(.kind(.kubernetes("ConfigMap")), reason: "410 Gone")]
        #expect(Planner.plan(Sample.blueprint([namespace, config]), partial).isEmpty)
    }

    @Test func `what is inside a namespace that is ending is made again with it in the same run, and pruned by nobody`()
    {
        let old = Sample.object("ConfigMap", "memo2-g1-test", "old")
        var observation = Sample.observation(of: [namespace, config, old])
        observation.present[namespace.address]?.transition = .leaving("Terminating")
        let plan = Planner.plan(Sample.blueprint([namespace, config]), observation)
        #expect(plan.lines == ["+ \(namespace.address)", "+ \(config.address)"])
        #expect(plan.changes.last?.dependsOn == [namespace.address])
    }

    @Test func `an unmarked thing of the same name is an error, and taken over when its address is given`() {
        var observation = Sample.observation(of: [namespace, config])
        observation.present[config.address]?.mark = nil
        observation.present[config.address]?.managers = [
            FieldManager(name: "kubectl-create", operation: "Update", fields: [:])
        ]
        let blueprint = Sample.blueprint([namespace, config])
        let refused = Planner.plan(blueprint, observation)
        #expect(refused.isEmpty)
        #expect(refused.diagnostics.first?.message.contains("kubectl-create") == true)
        let adopted = Planner.plan(blueprint, observation, PlanOptions(adopt: [config.address]))
        #expect(adopted.lines == ["~ \(config.address)"])
    }

    @Test func `what somebody put in the place of ours in a team's namespace holds up that team alone`() {
        let other = Sample.object("ConfigMap", "memo2-g2-test", "environment", group: "g2")
        let (home, next) = (namespace, Sample.object("Namespace", nil, "memo2-g2-test", group: "g2"))
        for mark in [nil, Mark(cohort: "theirs", id: "zzzzzzzz")] {
            var observation = Sample.observation(of: [home, next, config])
            observation.present[config.address]?.mark = mark
            let plan = Planner.plan(Sample.blueprint([home, next, config, other]), observation)
            #expect(plan.lines == ["+ \(other.address)"])
            #expect(plan.diagnostics.map(\.severity) == [.warning])
            #expect(plan.blocked.map(\.slot.group) == ["g1"])
        }
    }

    @Test func `another edition of the same name is refused`() {
        var observation = Sample.observation(of: [namespace])
        observation.present[namespace.address]?.mark = Mark(cohort: "memo2", id: "zzzzzzzz")
        let plan = Planner.plan(Sample.blueprint([namespace, config]), observation)
        #expect(plan.isEmpty)
        #expect(plan.diagnostics.first?.message.contains("zzzzzzzz") == true)
    }

    @Test func `a filter deletes nothing outside itself and brings what the chosen things need`() {
        let other = Sample.object("ConfigMap", "memo2-g1-test", "old", group: "g2")
        let shared = Sample.object("ConfigMap", nil, "root", group: nil)
        let needy = Sample.object("Secret", "memo2-g1-test", "s", dependsOn: [shared.address])
        let plan = Planner.plan(
            Sample.blueprint([shared, namespace, config, needy]), Sample.observation(of: [other]),
            PlanOptions(filter: Filter(groups: [Glob("g1")])))
        #expect(Set(plan.lines) == Set([shared, namespace, config, needy].map { "+ \($0.address)" }))
    }

    @Test func `an immutable field means a replacement`() {
        let binding = Sample.object("RoleBinding", "memo2-g1-test", "deployer", body: ["roleRef": ["name": "new"]])
        var live = binding
        live.body["roleRef"] = ["name": "old"]
        let plan = Planner.plan(Sample.blueprint([binding]), Sample.observation(of: [live]))
        #expect(plan.lines == ["-/+ \(binding.address)"])
    }

    @Test func `replacing a volume is shown as data loss and refused`() {
        let set = Sample.object(
            "StatefulSet", "memo2-g1-test", "db", body: ["spec": ["serviceName": "new"]],
            lifecycle: Lifecycle(holdsData: true))
        var live = set
        live.body["spec"] = ["serviceName": "old"]
        let observation = Sample.observation(of: [live])
        let refused = Planner.plan(Sample.blueprint([set]), observation)
        #expect(refused.hasErrors)
        #expect(refused.changes.first?.dataLoss != nil)
        #expect(refused.diagnostics.first?.message.contains("DATA LOSS") == true)
        #expect(!Planner.plan(Sample.blueprint([set]), observation, PlanOptions(allowDataLoss: true)).hasErrors)
    }
}

@Suite struct LateFieldTests {
    private let token = Sample.object("Secret", "memo2-g1-test", "token")

    private func variable(once: Bool = false) -> Resource {
        Resource(
            address: Address(.gitlab("variable"), "memo2/g1/api/KUBE_TOKEN@test"), slot: Slot(group: "g1"),
            body: ["key": "KUBE_TOKEN"],
            late: [LateField(path: ["value"], value: .output(token.address, "token"), once: once)])
    }

    @Test func `a value that is born in the run is known after apply, and never printed`() throws {
        let plan = Planner.plan(Sample.blueprint([token, variable()]), Sample.observation(of: [variable()]))
        let change = try #require(plan.changes.last)
        #expect(change.fields.map(\.knownAfterApply) == [true])
        #expect(change.fields.map(\.new) == [nil])
        #expect(change.dependsOn == [token.address])
    }

    @Test(arguments: [("same", true), ("other", false)])
    func `a value that can be read is compared in memory`(live: String, isSame: Bool) {
        var present = variable()
        present.body["value"] = .string(live)
        let observation = Sample.observation(of: [token, present], outputs: [token.address: ["token": "same"]])
        let plan = Planner.plan(Sample.blueprint([token, variable()]), observation)
        #expect(plan.isEmpty == isSame)
    }

    @Test func `a token that was never delivered is made again with its destination`() {
        let source = Resource(address: Address(.gitlab("deployToken"), "memo2/g1/test"), body: ["name": "t"])
        let destination = Sample.object(
            "Secret", "memo2-g1-test", "registry",
            late: [LateField(path: ["data", "x"], value: .output(source.address, "token"), once: true)])
        let plan = Planner.plan(
            Sample.blueprint([source, destination]), Sample.observation(of: [source]))
        #expect(plan.lines == ["-/+ \(source.address)", "+ \(destination.address)"])
        var delivered = destination
        delivered.body["data"] = ["x": "secret"]
        #expect(
            Planner.plan(Sample.blueprint([source, destination]), Sample.observation(of: [source, delivered])).isEmpty)
    }
}
