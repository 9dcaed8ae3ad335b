import AulaModel
import AulaSandbox
import Foundation
import Testing

/// `kubectl apply` without `--server-side`: the client compares its last manifest, the new one and the live object, and
/// sends what came of it as a strategic merge patch.
@Suite struct ClientSideApplyTests {
    private static let note = "kubectl.kubernetes.io/last-applied-configuration"
    private let deployments = "/apis/apps/v1/namespaces/default/deployments"
    private let query = "?fieldManager=kubectl-client-side-apply&fieldValidation=Strict"

    /// A web server with a log collector beside it, as kubectl writes it down before it sends it.
    private func noted(_ containers: JSON, strategy: JSON? = nil) -> JSON {
        var object = Cluster.deployment("web")
        object[["spec", "template", "spec", "containers"]] = containers
        if let strategy { object[["spec", "strategy"]] = strategy }
        object[["metadata", "annotations", Self.note]] = .string(object.text)
        return object
    }

    private let first: JSON = [
        [
            "name": "web", "image": "web:1", "env": [["name": "A", "value": "1"], ["name": "B", "value": "2"]],
            "ports": [["containerPort": 80]],
        ],
        ["name": "log", "image": "log:1"],
    ]

    private func patch(_ cluster: Cluster, _ body: JSON) async -> MachineAnswer {
        await cluster.send(
            "PATCH", "\(deployments)/web\(query)", body, type: "application/strategic-merge-patch+json")
    }

    @Test func `what left the manifest goes, what others added stays`() async {
        let cluster = Cluster()
        #expect(await cluster.send("POST", deployments + query, noted(first)).status == 201)
        await cluster.send(
            "PATCH", "\(deployments)/web?fieldManager=kubectl-set",
            ["spec": ["template": ["spec": ["containers": [["name": "mesh", "image": "mesh:1"]]]]]],
            type: "application/strategic-merge-patch+json")
        let second: JSON = [
            ["name": "web", "image": "web:2", "env": [["name": "B", "value": "3"]], "ports": [["containerPort": 80]]]
        ]
        let answer = await patch(
            cluster,
            [
                "metadata": [
                    "annotations": [Self.note: noted(second)[["metadata", "annotations", Self.note]] ?? .null]
                ],
                "spec": [
                    "template": [
                        "spec": [
                            "$setElementOrder/containers": [["name": "web"]],
                            "containers": [
                                [
                                    "$setElementOrder/env": [["name": "B"]], "name": "web", "image": "web:2",
                                    "env": [["name": "B", "value": "3"], ["$patch": "delete", "name": "A"]],
                                ],
                                ["$patch": "delete", "name": "log"],
                            ],
                        ]
                    ]
                ],
            ])
        #expect(answer.status == 200)
        let containers = answer.body[["spec", "template", "spec", "containers"]]?.array ?? []
        #expect(containers.map { $0["name"]?.string } == ["web", "mesh"])
        #expect(containers.first?["image"] == "web:2")
        #expect(containers.first?["env"] == [["name": "B", "value": "3"]])
        #expect(containers.first?["ports"] == [["containerPort": 80, "protocol": "TCP"]])
        let owners = answer.body[["metadata", "managedFields"]]?.array?.compactMap { $0["manager"]?.string } ?? []
        #expect(Set(owners).isSuperset(of: ["kubectl-client-side-apply", "kubectl-set"]))
    }

    @Test func `the manifest's order of containers is the object's`() async {
        let cluster = Cluster()
        await cluster.send("POST", deployments + query, noted(first))
        let answer = await patch(
            cluster,
            [
                "spec": [
                    "template": [
                        "spec": [
                            "$setElementOrder/containers": [["name": "log"], ["name": "new"], ["name": "web"]],
                            "containers": [["name": "new", "image": "new:1"]],
                        ]
                    ]
                ]
            ])
        let containers = answer.body[["spec", "template", "spec", "containers"]]?.array ?? []
        #expect(containers.map { $0["name"]?.string } == ["log", "new", "web"])
    }

    @Test func `an unchanged manifest changes nothing`() async {
        let cluster = Cluster()
        await cluster.send("POST", deployments + query, noted(first))
        let before = await cluster.get("\(deployments)/web")
        // Only the order is said again when nothing differs.
        let answer = await patch(
            cluster,
            [
                "spec": [
                    "template": [
                        "spec": ["$setElementOrder/containers": [["name": "web"], ["name": "log"]]]
                    ]
                ]
            ])
        #expect(answer.body == before)
    }

    @Test func `a list without merge keys is replaced, and null takes a field away`() async {
        let cluster = Cluster()
        await cluster.send(
            "POST", deployments + query, noted([["name": "web", "image": "web:1", "args": ["a", "b"]]]))
        let answer = await patch(
            cluster,
            [
                "spec": [
                    "replicas": .null,
                    "template": ["spec": ["containers": [["name": "web", "args": ["c"], "ports": .null]]]],
                ]
            ])
        let container = answer.body[["spec", "template", "spec", "containers"]]?[0]
        #expect(container?["args"] == ["c"])
        #expect(container?["ports"] == nil)
        #expect(answer.body[["spec", "replicas"]] == 1)
    }
}
