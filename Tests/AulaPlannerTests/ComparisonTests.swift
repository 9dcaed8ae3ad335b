import AulaModel
import AulaPlanner
import Testing

@Suite struct ManifestComparisonTests {
    private func paths(
        _ desired: JSON, _ live: JSON, of kind: String = "Pod", own: JSON = [:], other: JSON? = nil
    ) -> [String] {
        changes(desired, live, of: kind, own: own, other: other).map(\.path)
    }

    private func changes(
        _ desired: JSON, _ live: JSON, of kind: String = "Pod", own: JSON = [:], other: JSON? = nil
    ) -> [FieldChange] {
        var managers = [FieldManager(name: "aula", operation: "Apply", fields: own)]
        if let other { managers.append(FieldManager(name: "kubectl-edit", operation: "Update", fields: other)) }
        return ManifestComparison.changes(
            kind: KubernetesKind[kind], desired: desired, live: live, managers: managers)
    }

    @Test func `quantities are compared by value where a quantity stands`() {
        let desired: JSON = ["spec": ["hard": ["cpu": "0.5", "memory": "1Gi"]]]
        #expect(paths(desired, ["spec": ["hard": ["cpu": "500m", "memory": "1024Mi"]]]).isEmpty)
        #expect(paths(["data": ["cpu": "0.5"]], ["data": ["cpu": "500m"]]) == ["data.cpu"])
    }

    @Test func `containers merge by name, and what others added stays`() {
        let desired: JSON = ["spec": ["containers": [["name": "api", "env": [["name": "A", "value": "1"]]]]]]
        let live: JSON = [
            "spec": [
                "containers": [
                    ["name": "sidecar"],
                    ["name": "api", "image": "x", "env": [["name": "B"], ["name": "A", "value": "2"]]],
                ]
            ]
        ]
        #expect(paths(desired, live) == ["spec.containers[api].env[A].value"])
    }

    @Test func `a field that aula owns and no longer asks for is removed`() {
        let own: JSON = ["f:data": ["f:old": [:], "f:new": [:]]]
        #expect(
            paths(["data": ["new": "1"]], ["data": ["new": "1", "old": "2", "theirs": "3"]], own: own) == ["data.old"])
    }

    @Test func `a field that aula owns inside an item of a list is removed from that item`() {
        let own: JSON = ["f:spec": ["f:containers": [#"k:{"name":"api"}"#: ["f:image": [:], "f:tty": [:]]]]]
        func pod(_ containers: JSON...) -> JSON { ["spec": ["containers": .array(containers)]] }
        let live = pod(["name": "other", "tty": true], ["name": "api", "image": "x", "tty": true])
        #expect(paths(pod(["name": "api", "image": "x"]), live, own: own) == ["spec.containers[api].tty"])
        #expect(paths(pod(["name": "other"]), live, own: own) == ["spec.containers[api]"])
    }

    @Test func `a port without a protocol is the TCP port of that number`() {
        let desired: JSON = ["spec": ["ports": [["port": 53, "name": "dns"]]]]
        let udp: JSON = ["port": 53, "protocol": "UDP", "name": "other"]
        let tcp: JSON = ["port": 53, "protocol": "TCP", "name": "dns"]
        #expect(paths(desired, ["spec": ["ports": [udp, tcp]]], of: "Service").isEmpty)
        #expect(paths(desired, ["spec": ["ports": [udp]]], of: "Service") == ["spec.ports[53]"])
    }

    @Test func `an account's pull secrets are one value, and those of a pod are told apart by name`() {
        let (desired, live): (JSON, JSON) = ([["name": "a"]], [["name": "b"], ["name": "a"]])
        #expect(
            paths(["imagePullSecrets": desired], ["imagePullSecrets": live], of: "ServiceAccount")
                == ["imagePullSecrets"])
        #expect(paths(["spec": ["imagePullSecrets": desired]], ["spec": ["imagePullSecrets": live]]).isEmpty)
    }

    @Test func `of a set others may hold items, and only what aula added is taken away`() {
        let live: JSON = ["metadata": ["finalizers": ["theirs", "old", "kept"]]]
        let desired: JSON = ["metadata": ["finalizers": ["kept"]]]
        let own: JSON = ["f:metadata": ["f:finalizers": [#"v:"kept""#: [:], #"v:"old""#: [:]]]]
        #expect(paths(desired, live, own: own) == ["metadata.finalizers[old]"])
        #expect(paths(["metadata": ["finalizers": ["new"]]], live) == ["metadata.finalizers[new]"])
    }

    @Test func `a field that is filled in late is no removal`() {
        let changes = ManifestComparison.changes(
            kind: KubernetesKind["Secret"], desired: ["type": "Opaque"],
            live: ["type": "Opaque", "data": ["a": "x", "b": "y"]],
            managers: [FieldManager(name: "aula", operation: "Apply", fields: ["f:data": ["f:a": [:], "f:b": [:]]])],
            ignored: [["data", "a"]])
        #expect(changes.map(\.path) == ["data.b"])
    }

    @Test func `what somebody else changed names the field manager`() {
        let change = changes(["data": ["a": "1"]], ["data": ["a": "2"]], other: ["f:data": ["f:a": [:]]])
        #expect(change.map(\.cause) == [.drift("kubectl-edit")])
    }

    @Test func `defaults of the server inside a list of rules are no difference`() {
        let desired: JSON = ["rules": [["ports": [["port": 53]]]]]
        #expect(paths(desired, ["rules": [["ports": [["port": 53, "protocol": "TCP"]]]]]).isEmpty)
        #expect(!paths(desired, ["rules": [["ports": [["port": 54, "protocol": "TCP"]]]]]).isEmpty)
    }
}

@Suite struct QuantityTests {
    @Test(arguments: [("0.5", "500m"), ("1Gi", "1024Mi"), ("1e3", "1k"), ("2", "2000m"), ("1.5Gi", "1536Mi")])
    func `the same amount in two spellings is equal`(left: String, right: String) throws {
        #expect(try #require(Quantity(left)) == #require(Quantity(right)))
    }

    @Test(arguments: ["", "Gi", "1.2.3", "five", "1Zi"])
    func `what is no quantity is refused`(text: String) {
        #expect(Quantity(text) == nil)
    }
}

@Suite struct DependencyOrderTests {
    @Test func `a circle is named by its members`() {
        let needs = [[1], [2], [0], []]
        let result = DependencyOrder.sorted(count: 4) { needs[$0] }
        #expect(result == .failure(DependencyOrder.Cycle(members: [0, 1, 2])))
    }

    @Test func `dependencies come first, and a hundred thousand in a row do not overflow`() throws {
        let count = 100_000
        let order = try DependencyOrder.sorted(count: count) { $0 + 1 < count ? [$0 + 1] : [] }.get()
        #expect(order.first == count - 1)
        #expect(order.last == 0)
    }
}

@Suite struct GlobTests {
    @Test(arguments: [
        ("g*", "g12", true), ("g?", "g1", true), ("g?", "g12", false), ("*-test", "a-test", true), ("", "", true),
    ])
    func `a pattern fits or not`(pattern: String, text: String, fits: Bool) {
        #expect(Glob(pattern).matches(text) == fits)
    }
}
