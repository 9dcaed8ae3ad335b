import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A deployment whose old pods end before new ones begin.
@Suite struct RecreateTests {
    private let path = "/apis/apps/v1/namespaces/n/deployments/bot"

    private func bot(image: String, strategy: JSON) -> JSON {
        var object = Cluster.deployment("bot", image: image)
        object[["spec", "strategy"]] = strategy
        return object
    }

    @Test("of a deployment of one there are never two pods", arguments: [("Recreate", 1), ("RollingUpdate", 2)])
    func onePod(strategy: String, most: Int) async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply(path, bot(image: "registry.example/app:1", strategy: ["type": .string(strategy)]))
        await cluster.wait(2)
        await cluster.apply(path, bot(image: "registry.example/app:2", strategy: ["type": .string(strategy)]))
        var seen: [[String?]] = []
        for _ in 0..<40 {
            let pods = await cluster.get("/api/v1/namespaces/n/pods")["items"]?.array ?? []
            seen.append(pods.map { $0[["spec", "containers"]]?[0]?["image"]?.string })
            await cluster.wait(0.1)
        }
        #expect(seen.map(\.count).max() == most)
        #expect(seen.first?.contains("registry.example/app:1") == true)
        #expect(seen.last == ["registry.example/app:2"])
        #expect(await cluster.get(path)[["status", "availableReplicas"]] == 1)
    }

    private static let merge = "application/merge-patch+json"
    private static let strategic = "application/strategic-merge-patch+json"

    @Test(
        "who turns to Recreate gives the rolling update's bounds up",
        arguments: [
            (merge, ["type": "Recreate"], 422), (strategic, ["type": "Recreate"], 422),
            (merge, ["type": "Recreate", "rollingUpdate": .null], 200),
            (strategic, ["type": "Recreate", "rollingUpdate": .null], 200),
            // What `kubectl apply` sends.
            (strategic, ["$retainKeys": ["type"], "type": "Recreate"], 200),
        ] as [(String, JSON, Int)])
    func turning(type: String, strategy: JSON, status: Int) async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send("POST", "/apis/apps/v1/namespaces/n/deployments", Cluster.deployment("bot"))
        let answer = await cluster.send("PATCH", path, ["spec": ["strategy": strategy]], type: type)
        #expect(answer.status == status)
        if status == 422 {
            #expect(
                answer.message
                    == "Deployment.apps \"bot\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified "
                    + "when strategy `type` is 'Recreate'")
        } else {
            #expect(answer.body[["spec", "strategy"]] == ["type": "Recreate"])
        }
    }

    @Test func `an apply takes back the bounds that it wrote, not those that the server filled in`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        let image = "registry.example/app:1"
        let bounds: JSON = ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]
        await cluster.apply(path, bot(image: image, strategy: bounds))
        let own = await cluster.apply(path, bot(image: image, strategy: ["type": "Recreate"]))
        #expect(own.status == 200)
        #expect(own.body[["spec", "strategy"]] == ["type": "Recreate"])
        await cluster.send("DELETE", path)
        await cluster.apply(path, bot(image: image, strategy: ["type": "RollingUpdate"]))
        let filled = await cluster.apply(path, bot(image: image, strategy: ["type": "Recreate"]))
        #expect(filled.status == 422)
    }
}
