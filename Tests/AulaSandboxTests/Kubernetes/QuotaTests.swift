import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A quota counts what is within its scopes, and refuses what is beyond its amounts.
@Suite struct QuotaTests {
    private let quotas = "/api/v1/namespaces/n/resourcequotas"
    private let pods = "/api/v1/namespaces/n/pods"

    private func limited(_ spec: JSON) async -> Cluster {
        let cluster = Cluster()
        await cluster.namespace("n")
        let made = await cluster.send("POST", quotas, ["metadata": ["name": "q"], "spec": spec])
        #expect(made.status == 201, "\(made.message)")
        await cluster.wait(1)
        return cluster
    }

    private func pod(_ name: String, requests: JSON? = nil, more: JSON = [:]) -> JSON {
        var container: JSON = ["name": "app", "image": "registry.example/app:1"]
        if let requests { container["resources"] = ["requests": requests] }
        var spec = more
        spec["containers"] = [container]
        return ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name)], "spec": spec]
    }

    @Test func `what exceeds is refused with what is asked, used and allowed`() async {
        let cluster = await limited(["hard": ["pods": "1"]])
        #expect(await cluster.send("POST", pods, pod("a")).status == 201)
        let refused = await cluster.send("POST", pods, pod("b"))
        #expect(refused.status == 403)
        #expect(
            refused.message
                == "pods \"b\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1")
        await cluster.wait(1)
        #expect(await cluster.get("\(quotas)/q")[["status", "used", "pods"]] == "1")
    }

    @Test func `a quota of besteffort pods counts no other`() async {
        let cluster = await limited(["hard": ["pods": "1"], "scopes": ["BestEffort"]])
        for name in ["a", "b"] {
            #expect(await cluster.send("POST", pods, pod(name, requests: ["cpu": "10m"])).status == 201)
        }
        #expect(await cluster.send("POST", pods, pod("c")).status == 201)
        #expect(await cluster.send("POST", pods, pod("d")).status == 403)
    }

    @Test func `a quota of pods that end counts those with a deadline`() async {
        let cluster = await limited(["hard": ["pods": "0"], "scopes": ["Terminating"]])
        #expect(await cluster.send("POST", pods, pod("stays")).status == 201)
        let refused = await cluster.send("POST", pods, pod("ends", more: ["activeDeadlineSeconds": 60]))
        #expect(refused.status == 403)
    }

    @Test func `a quota by a selector keeps a class of priority out`() async {
        let cluster = await limited([
            "hard": ["pods": "0"],
            "scopeSelector": [
                "matchExpressions": [
                    ["scopeName": "PriorityClass", "operator": "In", "values": ["system-cluster-critical"]]
                ]
            ],
        ])
        #expect(await cluster.send("POST", pods, pod("plain")).status == 201)
        let refused = await cluster.send(
            "POST", pods, pod("vital", more: ["priorityClassName": "system-cluster-critical"]))
        #expect(refused.status == 403)
        #expect(refused.message.contains("exceeded quota: q"), "\(refused.message)")
    }

    @Test(arguments: ["LoadBalancer", "NodePort"])
    func `ports on nodes are counted for both kinds of service that open them`(type: String) async {
        let cluster = await limited(["hard": ["services.nodeports": "0"]])
        let service: JSON = [
            "metadata": ["name": "s"], "spec": ["type": .string(type), "ports": [["port": 80]]],
        ]
        let refused = await cluster.send("POST", "/api/v1/namespaces/n/services", service)
        #expect(refused.status == 403)
        #expect(refused.message.contains("requested: services.nodeports=1"), "\(refused.message)")
    }

    @Test func `under a quota of memory a pod without a request is refused by the container's name`() async {
        let cluster = await limited(["hard": ["requests.memory": "1Gi"]])
        let refused = await cluster.send("POST", pods, pod("a"))
        #expect(
            refused.message == "pods \"a\" is forbidden: failed quota: q: must specify requests.memory for: app")
    }

    @Test func `a terminating namespace's second deletion is on its way, and says so`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        #expect(await cluster.send("DELETE", "/api/v1/namespaces/n").status == 200)
        let again = await cluster.send("DELETE", "/api/v1/namespaces/n")
        #expect([200, 409].contains(again.status))
        #expect(await cluster.get("/api/v1/namespaces/n")[["metadata", "deletionTimestamp"]] != nil)
    }
}
