import AulaModel
import AulaSandbox
import Foundation
import Testing

/// Claims outlive what made them, and grow where their class lets them.
@Suite struct ClaimTests {
    private let sets = "/apis/apps/v1/namespaces/n/statefulsets"
    private let claim = "/api/v1/namespaces/n/persistentvolumeclaims/data-db-0"

    private func database(_ retention: JSON? = nil, storageClass: JSON? = nil) -> JSON {
        var set = Cluster.deployment("db")
        set["kind"] = "StatefulSet"
        set[["spec", "serviceName"]] = "db"
        set[["spec", "persistentVolumeClaimRetentionPolicy"]] = retention
        var spec: JSON = ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]]
        spec["storageClassName"] = storageClass
        set[["spec", "volumeClaimTemplates"]] = [["metadata": ["name": "data"], "spec": spec]]
        return set
    }

    private func running(_ set: JSON) async -> Cluster {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(sets)/db", set)
        await cluster.wait(2)
        return cluster
    }

    private func ask(_ cluster: Cluster, for size: String) async -> MachineAnswer {
        await cluster.send(
            "PATCH", claim, ["spec": ["resources": ["requests": ["storage": .string(size)]]]],
            type: "application/merge-patch+json")
    }

    @Test func `a claim outlives its stateful set and keeps its size for the next one`() async {
        let cluster = await running(database())
        let uid = await cluster.get(claim)[["metadata", "uid"]]
        await cluster.send("DELETE", "\(sets)/db")
        await cluster.wait(2)
        var larger = database()
        larger[["spec", "volumeClaimTemplates"]] = [
            [
                "metadata": ["name": "data"],
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "4Gi"]]],
            ]
        ]
        await cluster.apply("\(sets)/db", larger)
        await cluster.wait(2)
        let after = await cluster.get(claim)
        #expect(after[["metadata", "uid"]] == uid)
        #expect(after[["spec", "resources", "requests", "storage"]] == "1Gi")
    }

    @Test func `a claim goes with its stateful set where the retention policy says so`() async {
        let cluster = await running(database(["whenDeleted": "Delete"]))
        #expect(await cluster.send("GET", claim).status == 200)
        await cluster.send("DELETE", "\(sets)/db")
        await cluster.wait(2)
        #expect(await cluster.send("GET", claim).status == 404)
    }

    @Test func `a claim goes with the pod that is scaled away where the retention policy says so`() async {
        let cluster = await running(database(["whenScaled": "Delete"]))
        await cluster.send(
            "PATCH", "\(sets)/db/scale", ["spec": ["replicas": 0]], type: "application/merge-patch+json")
        await cluster.wait(2)
        #expect(await cluster.send("GET", claim).status == 404)
    }

    @Test func `a bound claim grows in place where its class allows it, and never shrinks`() async {
        let cluster = await running(database())
        #expect(await ask(cluster, for: "2Gi").status == 200)
        await cluster.wait(1)
        #expect(await cluster.get(claim)[["status", "capacity", "storage"]] == "2Gi")
        let smaller = await ask(cluster, for: "1Gi")
        #expect(smaller.status == 422)
        #expect(smaller.message.hasSuffix("storage: Forbidden: field can not be less than status.capacity"))
    }

    @Test func `a claim of a class that does not expand is refused to grow`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send(
            "POST", "/apis/storage.k8s.io/v1/storageclasses",
            ["metadata": ["name": "fixed"], "provisioner": "example.org/disk"])
        await cluster.apply("\(sets)/db", database(storageClass: "fixed"))
        await cluster.wait(2)
        let answer = await ask(cluster, for: "2Gi")
        #expect(answer.status == 403)
        #expect(
            answer.message
                == "persistentvolumeclaims \"data-db-0\" is forbidden: only dynamically provisioned pvc can be resized and "
                + "the storageclass that provisions the pvc must support resize")
    }

    @Test func `a claim that nothing has bound does not change its size`() async {
        var settings = ClusterSettings()
        settings.storageClasses = []
        let cluster = Cluster(settings)
        await cluster.namespace("n")
        await cluster.apply("\(sets)/db", database())
        await cluster.wait(1)
        let answer = await ask(cluster, for: "2Gi")
        #expect(answer.status == 422)
        #expect(
            answer.message
                == "PersistentVolumeClaim \"data-db-0\" is invalid: spec: Forbidden: spec is immutable after creation except "
                + "resources.requests and volumeAttributesClassName for bound claims")
    }
}
