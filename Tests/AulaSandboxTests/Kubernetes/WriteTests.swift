import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct WriteTests {
    private let maps = "/api/v1/namespaces/default/configmaps"

    private func map(_ data: JSON) -> JSON {
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "m"], "data": data]
    }

    @Test func `a field that its only owner no longer applies goes, a shared one stays`() async {
        let cluster = Cluster()
        await cluster.apply("\(maps)/m", map(["a": "1", "b": "2"]))
        await cluster.apply("\(maps)/m", map(["b": "2"]), manager: "second")
        let answer = await cluster.apply("\(maps)/m", map(["c": "3"]))
        #expect(answer.body["data"] == ["b": "2", "c": "3"])
    }

    @Test func `an unchanged apply keeps the resourceVersion`() async {
        let cluster = Cluster()
        let path = "/apis/apps/v1/namespaces/default/deployments/web"
        await cluster.apply(path, Cluster.deployment("web", cpu: "0.1"))
        await cluster.wait(2)
        let before = await cluster.get(path)
        let after = await cluster.apply(path, Cluster.deployment("web", cpu: "0.1")).body
        #expect(after == before)
    }

    @Test func `a dry run stores nothing`() async {
        let cluster = Cluster()
        let answer = await cluster.send("POST", "\(maps)?dryRun=All", map(["a": "1"]))
        #expect(answer.status == 201)
        #expect(await cluster.send("GET", "\(maps)/m").status == 404)
    }

    @Test func `the four sorts of patches change what they name`() async {
        let cluster = Cluster()
        let path = "/apis/apps/v1/namespaces/default/deployments/web"
        await cluster.apply(path, Cluster.deployment("web"))
        let strategic: JSON = [
            "spec": ["template": ["spec": ["containers": [["name": "log", "image": "log:1"]]]]]
        ]
        let merged = await cluster.send("PATCH", path, strategic, type: "application/strategic-merge-patch+json")
        #expect(merged.body[["spec", "template", "spec", "containers"]]?.array?.count == 2)
        let patched = await cluster.send(
            "PATCH", path, [["op": "replace", "path": "/spec/replicas", "value": 5]],
            type: "application/json-patch+json")
        #expect(patched.body[["spec", "replicas"]] == 5)
        let replaced = await cluster.send(
            "PATCH", path, ["metadata": ["annotations": ["x": "y"]]], type: "application/merge-patch+json")
        #expect(replaced.body[["metadata", "annotations", "x"]] == "y")
        let scaled = await cluster.send(
            "PATCH", path + "/scale", ["spec": ["replicas": 2]], type: "application/merge-patch+json")
        #expect(scaled.body[["spec", "replicas"]] == 2)
        let entries = replaced.body[["metadata", "managedFields"]]?.array ?? []
        let owners = Set(entries.compactMap { $0["manager"]?.string })
        #expect(owners.isSuperset(of: ["aula", "test"]))
    }

    @Test func `the nth page of a LIST follows the one before, and an old continue token is gone`() async throws {
        let cluster = Cluster()
        for index in 0..<5 {
            await cluster.send("POST", maps, ["metadata": ["name": .string("m\(index)"), "labels": ["a": "b"]]])
        }
        let list = maps + "?labelSelector=a%3Db&limit=2"
        let first = await cluster.get(list)
        let token = try #require(first[["metadata", "continue"]]?.string)
        let second = await cluster.get(list + "&continue=" + token)
        #expect(second["items"]?.array?.compactMap { $0[["metadata", "name"]]?.string } == ["m2", "m3"])
        await cluster.wait(301)
        #expect(await cluster.send("GET", list + "&continue=" + token).status == 410)
    }

    @Test(
        "what may not change is refused",
        arguments: [
            ("persistentvolumeclaims", "spec.storageClassName", "spec is immutable after creation"),
            ("services", "spec.clusterIP", "may not change once set"), ("secrets", "type", "field is immutable"),
        ])
    func immutable(plural: String, field: String, message: String) async {
        let cluster = Cluster()
        let path = "/api/v1/namespaces/default/\(plural)"
        let contents: [String: JSON] = [
            "persistentvolumeclaims": [
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]]
            ], "services": ["spec": ["ports": [["port": 80]]]], "secrets": ["type": "Opaque"],
        ]
        var object = contents[plural] ?? [:]
        object[["metadata", "name"]] = "x"
        #expect(await cluster.send("POST", path, object).status == 201)
        var patch = JSON.object(JSONObject())
        patch[field.split(separator: ".").map(String.init)] = field == "spec.clusterIP" ? "10.0.0.99" : "other"
        let answer = await cluster.send("PATCH", path + "/x", patch, type: "application/merge-patch+json")
        #expect(answer.status == 422)
        #expect(answer.message.contains(message), "\(answer.message)")
    }

    @Test func `an unknown field is refused when validation is strict`() async {
        let answer = await Cluster().send(
            "POST", maps + "?fieldValidation=Strict", ["metadata": ["name": "m"], "dta": [:]])
        #expect(answer.status == 400)
        #expect(answer.message.hasSuffix("strict decoding error: unknown field \"dta\""))
    }

    @Test func `a limit range fills in what a container leaves open`() async {
        let cluster = Cluster()
        await cluster.send(
            "POST", "/api/v1/namespaces/default/limitranges",
            [
                "metadata": ["name": "l"],
                "spec": ["limits": [["type": "Container", "default": ["cpu": "1"], "defaultRequest": ["cpu": "0.2"]]]],
            ])
        let pod = await cluster.send(
            "POST", "/api/v1/namespaces/default/pods",
            ["metadata": ["name": "p"], "spec": ["containers": [["name": "c", "image": "app:1"]]]])
        #expect(
            pod.body[["spec", "containers"]]?[0]?["resources"] == ["limits": ["cpu": "1"], "requests": ["cpu": "200m"]])
    }
}
