import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

@testable import AulaExecutors

/// Passwords and workloads, whose fields are partly others'.
extension PerformanceTests {
    @Test func `a password is made once, in the POST, and handed on`() async throws {
        let posted = Mutex<JSON>(.null)
        transport.on("POST /api/v1/namespaces/n/secrets") { request in
            posted.withLock { $0 = request.sent }
            return .object(201, Memo2.live("n", "db").merging(request.sent))
        }
        transport.on("PATCH /api/v1/namespaces/n/secrets/db") { _ in
            .object(200, Memo2.live("n", "db", ["data": posted.withLock { $0["data"] ?? [:] }]))
        }
        let secret = Memo2.resource(
            "Secret", "n", "db", ["type": "Opaque", "data": ["username": "YXVsYQ=="]],
            lifecycle: Lifecycle(generated: [GeneratedField(path: ["stringData", "password"], length: 24)]))
        let result = try await perform(Memo2.step(.create, secret))
        let password = try #require(result.outputs["password"]).revealed
        #expect(password.count == 24 && password.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        #expect(writes[0].sent["data"]?.object?.keys == ["password"])
        #expect(writes[0].sent["type"] == "Opaque")
        #expect(writes[1].sent["data"] == ["username": "YXVsYQ=="])
    }

    private static let workload = Memo2.resource(
        of: "apps/v1", "Deployment", "n", "api",
        [
            "spec": [
                "selector": ["matchLabels": ["app": "api"]],
                "template": [
                    "metadata": ["labels": ["app": "api", "x": "y"]],
                    "spec": ["containers": [["name": "api", "ports": [["containerPort": 8080]]]]],
                ],
            ]
        ],
        lifecycle: Lifecycle(initial: [
            "spec": [
                "replicas": 1,
                "template": ["spec": ["containers": [["name": "api", "image": "placeholder:1"]]]],
            ]
        ]))

    @Test func `a workload of the pipelines begins with a placeholder that is not aula's field`() async throws {
        transport.on("POST /apis/apps/v1/namespaces/n/deployments") { _ in .object(201, Memo2.live("n", "api")) }
        transport.on("PATCH /apis/apps/v1/namespaces/n/deployments/api") { _ in .object(200, Memo2.live("n", "api")) }
        try await perform(Memo2.step(.create, Self.workload))
        #expect(
            writes[0].sent["spec"] == [
                "replicas": 1, "selector": ["matchLabels": ["app": "api"]],
                "template": [
                    "metadata": ["labels": ["app": "api"]],
                    "spec": ["containers": [["name": "api", "image": "placeholder:1"]]],
                ],
            ])
        #expect(writes[1].sent["spec"]?["replicas"] == nil)
        #expect(
            writes[1].sent
                == Self.workload.body.merging([
                    "metadata": [
                        "uid": "u1", "annotations": ["aula.dev/applied": .string(Self.workload.fingerprint)],
                    ]
                ]))
    }

    @Test func `a replacement waits until the old one is gone and keeps what pipelines deployed`() async throws {
        let path = "/apis/apps/v1/namespaces/n/deployments"
        transport.on("DELETE \(path)/api") { _ in .object(200, Memo2.live("n", "api")) }
        transport.on(
            "GET \(path)/api", { _ in .object(200, Memo2.live("n", "api")) },
            { _ in .refusal(404, "NotFound", "not found") })
        transport.on("POST \(path)") { _ in .object(201, Memo2.live("n", "api", uid: "u2")) }
        transport.on("PATCH \(path)/api") { _ in .object(200, Memo2.live("n", "api", uid: "u2")) }
        var observed = Self.observed
        observed.attributes = [
            "spec": [
                "replicas": 3, "selector": ["matchLabels": ["app": "old"]],
                "template": ["spec": ["containers": [["name": "api", "image": "team/api:7"]]]],
            ]
        ]
        try await perform(Memo2.step(.replace, Self.workload, observed: observed))
        #expect(writes.map(\.method) == ["DELETE", "POST", "PATCH"])
        #expect(writes[0].sent["preconditions"] == ["uid": "u1"])
        #expect(writes[0].sent["propagationPolicy"] == "Foreground")
        #expect(writes[1].sent[["spec", "replicas"]] == 3)
        #expect(writes[1].sent[["spec", "template", "spec"]]?["containers"]?[0]?["image"] == "team/api:7")
        #expect(writes[1].sent[["spec", "selector"]] == ["matchLabels": ["app": "api"]])
    }
}
