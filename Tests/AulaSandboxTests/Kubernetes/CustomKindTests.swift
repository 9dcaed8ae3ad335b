import AulaModel
import AulaSandbox
import Foundation
import Testing

/// Kinds that a definition brings: served after a moment, filled, cut and checked by their schema, gone with it.
@Suite struct CustomKindTests {
    private let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private let boats = "/apis/example.org/v1/namespaces/n/boats"

    private let definition: JSON = [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "boats.example.org"],
        "spec": [
            "group": "example.org", "scope": "Namespaced",
            "names": ["plural": "boats", "singular": "boat", "kind": "Boat", "shortNames": ["bt"]],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true,
                    "subresources": [
                        "status": [:],
                        "scale": [
                            "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas",
                        ],
                    ],
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "spec": [
                                    "type": "object", "required": ["name"],
                                    "properties": [
                                        "name": ["type": "string", "maxLength": 8],
                                        "replicas": ["type": "integer", "minimum": 0, "default": 2],
                                        "sail": ["type": "string", "enum": ["main", "jib"]],
                                    ],
                                ],
                                "status": ["type": "object", "properties": ["replicas": ["type": "integer"]]],
                            ],
                        ]
                    ],
                ]
            ],
        ],
    ]

    private func boat(_ spec: JSON) -> JSON {
        ["apiVersion": "example.org/v1", "kind": "Boat", "metadata": ["name": "ana"], "spec": spec]
    }

    private func served() async -> Cluster {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send("POST", definitions, definition)
        await cluster.wait(3)
        return cluster
    }

    @Test func `a kind is there once its definition is established, and in the discovery of its group`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        #expect(await cluster.send("GET", boats).status == 404)
        await cluster.send("POST", definitions, definition)
        await cluster.wait(3)
        #expect(await cluster.send("GET", boats).status == 200)
        let names = await cluster.get("/apis/example.org/v1")["resources"]?.array?.compactMap { $0["name"]?.string }
        #expect(names?.sorted() == ["boats", "boats/scale", "boats/status"])
    }

    @Test func `an object gets the schema's defaults and loses what the schema does not know`() async {
        let cluster = await served()
        let made = await cluster.send("POST", boats, boat(["name": "Ana", "colour": "red"]))
        #expect(made.status == 201)
        #expect(made.body["spec"] == ["name": "Ana", "replicas": 2])
    }

    @Test(
        arguments: [
            ([:], "spec.name: Required value"),
            (["name": "a name too long"], "spec.name: Too long: may not be more than 8 bytes"),
            (["name": "Ana", "replicas": -1], "spec.replicas: Invalid value: -1"),
            (["name": "Ana", "sail": "kite"], "spec.sail: Unsupported value: \"kite\""),
            (["name": 5], "spec.name: Invalid value: \"integer\""),
        ] as [(JSON, String)])
    func `what breaks the schema is refused, with the field named`(spec: JSON, problem: String) async {
        let refused = await served().send("POST", boats, boat(spec))
        #expect(refused.status == 422)
        #expect(refused.message.contains(problem), "\(refused.message)")
    }

    @Test func `status is written by its own address and by no other`() async {
        let cluster = await served()
        var object = boat(["name": "Ana"])
        object["status"] = ["replicas": 7]
        #expect(await cluster.send("POST", boats, object).body["status"] == nil)
        let patched = await cluster.send(
            "PATCH", "\(boats)/ana/status", ["spec": ["replicas": 9], "status": ["replicas": 7]],
            type: "application/merge-patch+json")
        #expect(patched.body[["status", "replicas"]] == 7)
        #expect(patched.body[["spec", "replicas"]] == 2)
    }

    @Test func `a kind with a scale is scaled`() async {
        let cluster = await served()
        await cluster.send("POST", boats, boat(["name": "Ana"]))
        let scaled = await cluster.send(
            "PATCH", "\(boats)/ana/scale", ["spec": ["replicas": 5]], type: "application/merge-patch+json")
        #expect(scaled.body["kind"] == "Scale")
        #expect(await cluster.get("\(boats)/ana")[["spec", "replicas"]] == 5)
    }

    @Test func `all objects of a kind go with its definition`() async {
        let cluster = await served()
        await cluster.send("POST", boats, boat(["name": "Ana"]))
        await cluster.send("DELETE", "\(definitions)/boats.example.org")
        await cluster.wait(3)
        #expect(await cluster.send("GET", boats).status == 404)
        #expect(await cluster.send("GET", "\(definitions)/boats.example.org").status == 404)
        await cluster.send("POST", definitions, definition)
        await cluster.wait(3)
        #expect(await cluster.get(boats)["items"] == [])
    }
}
