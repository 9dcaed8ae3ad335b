import AulaModel
import AulaPlanner
import AulaTestSupport
import Testing

/// What a plan does with the parts of the world that it was told to leave out, or could not read.
@Suite struct PartialPlanTests {
    private let token = Sample.object("Secret", "memo2-g1-test", "token", group: nil)

    private var variable: Resource {
        Resource(
            address: Address(.gitlab("variable"), "memo2/g1/api/KUBE_TOKEN@test"), slot: Slot(group: "g1"),
            body: ["key": "KUBE_TOKEN"],
            late: [LateField(path: ["value"], value: .output(token.address, "token"))])
    }

    private let onlyGitLab = PlanOptions(filter: Filter(systems: [.gitlab]))

    @Test func `what needs something outside the filter waits for it, and says so`() {
        let plan = Planner.plan(Sample.blueprint([token, variable]), Observation(), onlyGitLab)
        #expect(plan.isEmpty)
        #expect(plan.blocked.map(\.part) == [.thing(variable.address)])
        #expect(plan.blocked.first?.reason.contains(token.address.text) == true)
    }

    @Test func `a live value whose source could not be read is left as it is`() {
        var live = variable
        live.body["value"] = "old"
        var observation = Sample.observation(of: [live])
        observation.gaps = [.init(.system(.kubernetes), reason: "the cluster is stopped")]
        let plan = Planner.plan(Sample.blueprint([token, variable]), observation, onlyGitLab)
        #expect(plan.isEmpty)
        #expect(plan.unchanged == 1)
    }

    @Test func `a destroy that could not read a system does not call it clean`() {
        var observation = Observation()
        observation.gaps = [.init(.system(.gitlab), reason: "401 Unauthorized")]
        let plan = Planner.plan(Sample.blueprint([variable]), observation, PlanOptions(purpose: .destroy))
        #expect(plan.isEmpty)
        #expect(plan.blocked.map(\.reason) == ["401 Unauthorized"])
    }

    @Test func `an address that was typed wrong is an error`() {
        let options = PlanOptions(adopt: ["kubernetes/ConfigMap/x/y"])
        #expect(Planner.plan(Sample.blueprint([token]), Observation(), options).hasErrors)
    }
}

/// Groups on a command line are called what the file calls them.
@Suite struct GroupPatternTests {
    @Test(
        arguments: [
            (["Ana"], ["ana"]), (["ana"], ["ana"]), (["Ñandú*"], ["nandu", "nandu-2"]), (["ñandú"], ["nandu"]),
            (["ana,Ñandú"], ["ana", "nandu"]), (["ana, los gatos"], ["ana", "los-gatos"]),
            (["Smith, John"], ["smith-john"]),
            (["Águila"], ["g1"]), (["g1"], ["g1"]), (["aguila"], ["g1"]),
            (["n*", "ana"], ["nandu", "nandu-2", "ana"]),
            (["nobody"], []),
        ] as [([String], [String])])
    func `a pattern finds groups by name, by key and with commas`(patterns: [String], keys: [String]) {
        let names = ["Ana", "Ñandú", "Ñandú 2", "Los Gatos", "Smith, John"]
        var groups = names.map { Group(name: $0, key: Slug.of($0), path: Slug.of($0)) }
        groups.append(Group(name: "Águila", key: "g1", path: "aguila"))
        let globs = Filter.groups(patterns, in: .sample(groups: groups))
        #expect(Set(groups.map(\.key).filter { key in globs.contains { $0.matches(key) } }) == Set(keys))
    }

    @Test func `a pattern that fits keys keeps its words`() {
        #expect(Filter.groups(["g*"], in: Sample.cohort(groups: 3)).map(\.text) == ["g*"])
    }
}

@Suite struct RenameTests {
    private func thing(_ group: String) -> Resource {
        Sample.object("ConfigMap", "memo2-\(group)-test", "environment", group: group)
    }

    private func warnings(_ live: [String], _ wanted: [String], _ options: PlanOptions = PlanOptions()) -> [String] {
        let blueprint = Blueprint(
            cohort: .sample(groups: wanted.map { Group(name: $0, key: $0, path: $0) }), resources: wanted.map(thing))
        return Planner.plan(blueprint, Sample.observation(of: live.map(thing)), options).diagnostics.map(\.message)
    }

    @Test func `a group that goes beside one that comes is asked about`() {
        #expect(
            warnings(["g1", "g2"], ["aguila", "g2"])
                == ["`g1` would go with all they have, and `aguila` would come"])
        let plan = Planner.plan(
            Blueprint(
                cohort: .sample(groups: [Group(name: "Águila", key: "aguila", path: "aguila")]),
                resources: [thing("aguila")]),
            Sample.observation(of: [thing("g1")]))
        #expect(
            plan.diagnostics.map(\.hint)
                == ["a team with a new name keeps what it has with `{ name: Águila, was: g1 }`"])
        #expect(plan.diagnostics.allSatisfy { $0.severity == .warning })
    }

    @Test func `groups that only come, only go, or stay are no question`() {
        #expect(warnings(["g1"], ["g1", "g2"]) == [])
        #expect(warnings(["g1", "g2"], ["g1"]) == [])
        #expect(warnings(["g1"], ["g1"]) == [])
        #expect(warnings(["g1"], ["g2"], PlanOptions(filter: Filter(groups: [Glob("g2")]))) == [])
    }
}

@Suite struct CapacityTests {
    private func findings(volumes: Int, cpu: String = "10m", nodes: Int = 2) -> [Diagnostic] {
        let cohort = Cohort.sample(site: .azure(.sample(nodeSize: "small", nodes: nodes)))
        let sets = (0..<volumes).map { index in
            Sample.object(
                "StatefulSet", "n\(index)", "db",
                body: [
                    "spec": [
                        "replicas": 1, "volumeClaimTemplates": [[:]],
                        "template": ["spec": ["containers": [["resources": ["requests": ["cpu": .string(cpu)]]]]]],
                    ]
                ])
        }
        let sizes = NodeSizes([NodeSize(name: "small", vcpu: 2, memory: 4096, dataDisks: 4, maxPods: 250)])
        return Capacity.check(Blueprint(cohort: cohort, resources: sets), sizes: sizes)
    }

    @Test func `what runs on every node is counted once for each, and more nodes do not help where one is too small`()
        throws
    {
        func finding(cpu: JSON, nodes: Int) -> Diagnostic? {
            let daemons = Sample.object(
                "DaemonSet", "n", "logs",
                body: ["spec": ["template": ["spec": ["containers": [["resources": ["requests": ["cpu": cpu]]]]]]]])
            let sizes = NodeSizes([NodeSize(name: "small", vcpu: 2, memory: 4096, dataDisks: 4, maxPods: 250)])
            let cohort = Cohort.sample(site: .azure(.sample(nodeSize: "small", nodes: nodes)))
            return Capacity.check(Blueprint(cohort: cohort, resources: [daemons]), sizes: sizes).first
        }
        #expect(finding(cpu: "1", nodes: 3) == nil)
        let small = try #require(finding(cpu: "5", nodes: 3))
        #expect(small.message.contains("CPU: 15000m wanted"))
        #expect(try #require(small.hint).contains("ask for less"))
    }

    @Test func `pods that a template declares, and those of the cluster's add-ons, take their room`() throws {
        func finding(_ declared: [PodNeed], monitoring: Bool = false) -> Diagnostic? {
            var site = AzureSite.sample(nodeSize: "small", nodes: 2)
            site.cluster.monitoring = monitoring
            let blueprint = Blueprint(
                cohort: .sample(site: .azure(site)), resources: [], declared: Needs(pods: declared))
            let sizes = NodeSizes([NodeSize(name: "small", vcpu: 2, memory: 4096, dataDisks: 4, maxPods: 250)])
            return Capacity.check(blueprint, sizes: sizes).first
        }
        // 4 cores are 3300m beside what the cluster runs itself, and 510m less with the agents of its monitoring.
        let pods = PodNeed(count: 30, resources: ["requests": ["cpu": "100m"]])
        #expect(finding([pods]) == nil)
        #expect(finding([pods], monitoring: true)?.message.contains("CPU: 3000m wanted, 2790m there") == true)
        let everywhere = PodNeed(count: 20, isPerNode: true, resources: ["requests": ["cpu": "100m"]])
        #expect(finding([everywhere])?.message.contains("CPU: 4000m wanted, 3300m there") == true)
    }

    @Test func `fourteen volumes do not fit two nodes that take four disks each`() throws {
        #expect(findings(volumes: 8).isEmpty)
        let finding = try #require(findings(volumes: 14).first)
        #expect(finding.message.contains("14 wanted, 8 there"))
        #expect(finding.hint?.contains("nodes: 4") == true)
    }

    @Test func `requested CPU counts against what is left for pods`() throws {
        let finding = try #require(findings(volumes: 4, cpu: "1").first)
        #expect(finding.message.contains("CPU: 4000m wanted"))
    }

    @Test func `a pod that fits no node is said, and no number of nodes is offered`() throws {
        let finding = try #require(findings(volumes: 1, cpu: "2500m", nodes: 30).first)
        #expect(finding.message.contains("one pod of db: 2500m CPU wanted, "), "\(finding.message)")
        #expect(finding.hint == "ask for less, or describe a larger size in the prices")
        #expect(findings(volumes: 1, cpu: "1500m", nodes: 30) == [])
    }

    @Test func `a plan knows which part of the class it is about`() {
        let blueprint = Sample.blueprint([Sample.object("Namespace", nil, "n")])
        let filter = Filter(
            groups: [Glob("g1"), Glob("g2*")], environments: [Glob("test")], systems: [.kubernetes, .gitlab])
        let plan = Planner.plan(blueprint, Observation(), PlanOptions(filter: filter))
        #expect(plan.part == "group g1 or g2*, environment test, gitlab and kubernetes")
        #expect(Planner.plan(blueprint, Observation()).part == nil)
    }
}
