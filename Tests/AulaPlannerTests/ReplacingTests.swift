import AulaModel
import AulaPlanner
import Testing

/// A cluster or a resource group that is made again takes along what lives in it.
@Suite struct ReplacingTests {
    private let group = Resource(
        address: .resourceGroup("memo2"), body: ["location": "eastus"])
    private let cluster = Resource(
        address: .azureCluster("c", in: "memo2"), body: ["location": "eastus", "nodeSize": "large"],
        dependsOn: [.resourceGroup("memo2")], container: .resourceGroup("memo2"))
    private let namespace: Resource = {
        var namespace = Sample.object("Namespace", nil, "memo2-g1-test")
        namespace.container = .azureCluster("c", in: "memo2")
        return namespace
    }()
    private let token = Sample.object("Secret", "memo2-g1-test", "token")
    private var variable: Resource {
        Resource(
            address: Address(.gitlab("variable"), "memo2/g1/api/KUBE_TOKEN@test"), slot: Slot(group: "g1"),
            body: ["key": "KUBE_TOKEN"],
            late: [LateField(path: ["value"], value: .output(token.address, "token"))])
    }
    private var all: [Resource] { [group, cluster, namespace, token, variable] }

    /// What is there, with other fields of the group or the cluster than the file asks for.
    private func world(location: String = "eastus", nodeSize: String = "large") -> Observation {
        var live = variable
        live.body["value"] = "old"
        var observation = Sample.observation(
            of: [group, cluster, namespace, token, live], outputs: [token.address: ["token": "old"]])
        for address in [group.address, cluster.address] {
            observation.present[address]?.fixed = ["location", "nodeSize"]
            observation.present[address]?.attributes["location"] = .string(location)
        }
        observation.present[cluster.address]?.attributes["nodeSize"] = .string(nodeSize)
        return observation
    }

    private func claim(in observation: inout Observation) {
        observation.present[.kubernetes("PersistentVolumeClaim", "memo2-g1-test", "data-db-0")] = Observed(
            identity: "claim", attributes: [:], mark: nil, container: namespace.address, holdsData: true)
    }

    @Test func `nothing of it is planned where nothing differs`() {
        #expect(Planner.plan(Sample.blueprint(all), world()).isEmpty)
    }

    @Test func `another node size makes everything in the cluster anew, says so, and changes GitLab's variables`()
        throws
    {
        let plan = Planner.plan(Sample.blueprint(all), world(nodeSize: "small"))
        #expect(
            plan.lines == [
                "-/+ \(cluster.address)", "+ \(namespace.address)", "+ \(token.address)", "~ \(variable.address)",
            ])
        for change in plan.changes.dropFirst().prefix(2) {
            #expect(change.reason == "goes with \(cluster.address), and is made anew")
        }
        #expect(plan.changes[1].dependsOn == [cluster.address])
        #expect(plan.changes[3].fields.map(\.knownAfterApply) == [true])
        #expect(plan.changes[3].dependsOn == [token.address])
        #expect(plan.unchanged == 1)
    }

    @Test func `another location makes the cluster and everything in it anew, at any depth`() {
        let plan = Planner.plan(Sample.blueprint(all), world(location: "westus"))
        #expect(
            plan.lines == [
                "-/+ \(group.address)", "+ \(cluster.address)", "+ \(namespace.address)", "+ \(token.address)",
                "~ \(variable.address)",
            ])
        #expect(plan.changes[2].reason == "goes with \(group.address), and is made anew")
        #expect(plan.unchanged == 0)
    }

    @Test func `volumes inside what is made again are DATA LOSS, and need the consent`() {
        var observation = world(nodeSize: "small")
        claim(in: &observation)
        let refused = Planner.plan(Sample.blueprint(all), observation)
        #expect(refused.changes.first?.dataLoss == "1 volume inside")
        #expect(refused.hasErrors)
        #expect(!Planner.plan(Sample.blueprint(all), observation, PlanOptions(allowDataLoss: true)).hasErrors)
    }

    @Test func `what is ours inside and wanted no more goes with it, without a call`() {
        var observation = world(location: "westus")
        observation.merge(Sample.observation(of: [Sample.object("ConfigMap", "memo2-g1-test", "old")]))
        let plan = Planner.plan(Sample.blueprint(all), observation)
        #expect(!plan.changes.contains { $0.action == .delete })
    }

    @Test func `a secret that is told only once is made again where what holds it goes`() {
        let source = Resource(address: Address(.gitlab("deployToken"), "memo2/g1/test"), body: ["name": "t"])
        let pull = Sample.object(
            "Secret", "memo2-g1-test", "registry",
            late: [LateField(path: ["data", "x"], value: .output(source.address, "token"), once: true)])
        var live = pull
        live.body["data"] = ["x": "secret"]
        let resources = [source, group, cluster, namespace, pull]
        var observation = world(nodeSize: "small")
        observation.merge(Sample.observation(of: [source, live]))
        let plan = Planner.plan(Sample.blueprint(resources), observation)
        #expect(plan.changes.first { $0.address == source.address }?.action == .replace)
        #expect(plan.changes.first { $0.address == source.address }?.reason == "what holds its secret goes")
    }

    @Test func `what others keep in a cluster stops its replacement, unless it may go`() {
        var observation = world(nodeSize: "small")
        observation.foreign = [
            Foreign(address: .namespace("thesis"), container: cluster.address, owner: "made with kubectl-create")
        ]
        let refused = Planner.plan(Sample.blueprint(all), observation)
        #expect(
            refused.diagnostics.map(\.message) == [
                "\(cluster.address) would be made again, and holds what is not aula's: "
                    + "kubernetes/Namespace/thesis (made with kubectl-create)"
            ])
        let agreed = PlanOptions(withContents: [cluster.address])
        #expect(!Planner.plan(Sample.blueprint(all), observation, agreed).hasErrors)
    }

    @Test func `a filter does not make a cluster again and leave out what was in it`() {
        let filter = PlanOptions(filter: Filter(groups: [Glob("g1")]))
        let plan = Planner.plan(Sample.blueprint(all), world(nodeSize: "small"), filter)
        #expect(plan.diagnostics.first?.message.contains("only group g1 of what is in it") == true)
    }

    @Test func `a cluster whose creation failed loses nothing, and nothing in it is asked for`() {
        var observation = Sample.observation(of: [group, cluster])
        observation.present[cluster.address]?.transition = .failed("no capacity")
        observation.present[cluster.address]?.hasLived = false
        observation.gaps = [.init(.system(.kubernetes), reason: "no answer")]
        let plan = Planner.plan(Sample.blueprint(all), observation)
        #expect(!plan.hasErrors)
        #expect(plan.lines.prefix(3) == ["-/+ \(cluster.address)", "+ \(namespace.address)", "+ \(token.address)"])
        observation.present[cluster.address]?.hasLived = true
        #expect(Planner.plan(Sample.blueprint(all), observation).changes.first?.dataLoss != nil)
    }

    @Test func `a cluster that was there before aula is never made again`() {
        var observation = world(nodeSize: "small")
        observation.present[cluster.address]?.mark?.origin = .adopted
        let plan = Planner.plan(Sample.blueprint(all), observation)
        #expect(
            plan.diagnostics.first?.message
                == "\(cluster.address) was there before aula, and its nodeSize cannot be changed")
        #expect(plan.isEmpty)
        observation = world()
        observation.present[cluster.address]?.mark?.origin = .adopted
        observation.present[cluster.address]?.transition = .failed("scaling failed")
        #expect(Planner.plan(Sample.blueprint(all), observation).isEmpty)
    }
}
