import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A namespace ends as a real one does: slowly, its contents readable until their turn, held up by finalizers.
@Suite struct NamespaceLifeTests {
    private let configMaps = "/api/v1/namespaces/n/configmaps"

    private func settled() async -> Cluster {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send("POST", configMaps, ["metadata": ["name": "a"]])
        return cluster
    }

    @Test func `what a going namespace holds stays readable for a while, and nothing new comes in`() async {
        let cluster = await settled()
        await cluster.send("DELETE", "/api/v1/namespaces/n")
        let left = await cluster.send("GET", "\(configMaps)/a")
        #expect(left.status == 200)
        #expect(left.body[["metadata", "deletionTimestamp"]] == nil)
        let refused = await cluster.send("POST", configMaps, ["metadata": ["name": "b"]])
        #expect(refused.status == 403)
        #expect(refused.body[["details", "causes"]]?[0]?["reason"] == "NamespaceTerminating")
        let again = await cluster.namespace("n")
        #expect(again.status == 409)
        #expect(again.message == "object is being deleted: namespaces \"n\" already exists")
        await cluster.wait(0.5)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n").status == 200)
        await cluster.wait(1)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n").status == 404)
    }

    @Test func `a condition says for how long a namespace lingers`() async {
        var settings = ClusterSettings()
        settings.namespaceSeconds = 0
        let cluster = Cluster(settings)
        await cluster.namespace("n")
        await cluster.send("DELETE", "/api/v1/namespaces/n")
        #expect(await cluster.send("GET", "/api/v1/namespaces/n").status == 404)
    }

    @Test func `a finalizer inside holds its namespace, which names it, and lets it go with it`() async {
        let cluster = await settled()
        await cluster.send(
            "POST", configMaps, ["metadata": ["name": "held", "finalizers": ["example.org/hold"]]])
        await cluster.send("DELETE", "/api/v1/namespaces/n")
        await cluster.wait(5)
        let conditions = await cluster.get("/api/v1/namespaces/n")[["status", "conditions"]]?.array ?? []
        let messages = conditions.compactMap { $0["message"]?.string }
        #expect(messages.contains { $0.contains("configmaps. has 1 resource instances") })
        #expect(messages.contains { $0.contains("example.org/hold in 1 resource instances") })
        #expect(await cluster.send("GET", "\(configMaps)/a").status == 404)
        await cluster.send(
            "PATCH", "\(configMaps)/held", ["metadata": ["finalizers": .null]], type: "application/merge-patch+json")
        await cluster.wait(0.5)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n").status == 404)
    }

    @Test(arguments: ["default", "kube-system", "kube-public"])
    func `the namespaces of the system are not deleted`(name: String) async {
        let answer = await Cluster().send("DELETE", "/api/v1/namespaces/\(name)")
        #expect(answer.status == 403)
        #expect(answer.message == "namespaces \"\(name)\" is forbidden: this namespace may not be deleted")
    }
}
