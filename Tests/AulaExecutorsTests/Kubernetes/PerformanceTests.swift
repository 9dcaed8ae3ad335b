import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

@testable import AulaExecutors

@Suite struct PerformanceTests {
    private let transport = ScriptedCluster()

    init() {
        transport.on("GET /version", 200, ["gitVersion": "v1.36.0"])
    }

    @discardableResult
    private func perform(_ step: Step) async throws -> StepResult {
        try await Memo2.executor(transport).perform(step)
    }

    private func error(_ step: Step) async throws -> ExecutionError {
        try await #require(throws: ExecutionError.self) { _ = try await Memo2.executor(transport).perform(step) }
    }

    private var writes: [APIRequest] { transport.requests.filter { $0.method != "GET" } }

    private static let app = Memo2.resource("ConfigMap", "n", "app", ["data": ["a": "1"]])
    private static let appPath = "PATCH /api/v1/namespaces/n/configmaps/app"
    private static let observed = Observed(
        identity: "u1",
        attributes: [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "app", "namespace": "n", "uid": "u1"],
        ], mark: Memo2.mark)

    @Test func `an object is made by one apply without force`() async throws {
        transport.on(Self.appPath) { _ in .object(201, Memo2.live("n", "app")) }
        try await perform(Memo2.step(.create, Self.app))
        #expect(writes.map(\.callLine) == [Self.appPath + "?fieldManager=aula&force=false"])
        let sent = try #require(writes.first)
        #expect(sent.headers["Content-Type"] == "application/apply-patch+yaml")
        #expect(sent.sent[["metadata", "labels", "aula.dev/id"]] == "m2k7q9xd")
        #expect(sent.sent[["metadata", "uid"]] == nil)
    }

    @Test func `somebody else's object that came meanwhile gets everything back`() async throws {
        let theirs = Memo2.live("n", "app", uid: "theirs", ours: false, manager: "kubectl-create")
        transport.on(Self.appPath, { _ in .object(200, theirs) }, { _ in .object(200, theirs) })
        let error = try await self.error(Memo2.step(.create, Self.app))
        #expect(error.message.contains("somebody made it meanwhile (kubectl-create)"))
        #expect(error.retry == .never)
        #expect(
            writes.last?.sent == [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": "app", "namespace": "n", "uid": "theirs"],
            ])
    }

    @Test func `our own work of a lost attempt is recognised`() async throws {
        transport.on(Self.appPath) { _ in .object(200, Memo2.live("n", "app")) }
        try await perform(Memo2.step(.create, Self.app))
        #expect(writes.count == 1)
    }

    @Test func `a change carries the observed identity and takes its fields`() async throws {
        transport.on(Self.appPath) { _ in .object(200, Memo2.live("n", "app")) }
        try await perform(Memo2.step(.update, Self.app, observed: Self.observed))
        #expect(writes.map(\.callLine) == [Self.appPath + "?fieldManager=aula&force=true"])
        #expect(writes.first?.sent[["metadata", "uid"]] == "u1")
    }

    @Test(
        "a change of what somebody replaced or removed meanwhile is refused by the server, and not tried again",
        arguments: [
            (422, "Invalid", "ConfigMap \"app\" is invalid: metadata.uid: Invalid value: \"u1\": field is immutable"),
            (409, "Conflict", "uid mismatch: the provided object specified uid u1, and no existing object was found"),
        ])
    func identities(status: Int, reason: String, message: String) async throws {
        transport.on(Self.appPath) { _ in .refusal(status, reason, message) }
        let error = try await self.error(Memo2.step(.update, Self.app, observed: Self.observed))
        #expect(error.retry == .never)
        #expect(error.hint == "somebody replaced it since it was read; run aula again")
    }

    @Test func `a namespace is posted first, and applied`() async throws {
        transport.on("POST /api/v1/namespaces") { _ in .object(201, Memo2.live(nil, "n", uid: "new")) }
        transport.on("PATCH /api/v1/namespaces/n") { _ in .object(200, Memo2.live(nil, "n", uid: "new")) }
        let namespace = Memo2.resource(
            "Namespace", nil, "n",
            ["metadata": ["labels": ["pod-security.kubernetes.io/enforce": "baseline"]]])
        try await perform(Memo2.step(.create, namespace))
        #expect(writes.map(\.method) == ["POST", "PATCH"])
        #expect(writes[0].sent["metadata"]?["labels"] == Memo2.labels)
        #expect(writes[0].parameter("fieldManager") == "aula-placeholder")
        #expect(writes[1].sent[["metadata", "uid"]] == "new")
        #expect(writes[1].sent[["metadata", "labels", "pod-security.kubernetes.io/enforce"]] == "baseline")
    }

    @Test func `another's namespace of that name is left alone, our own half-made one is finished`() async throws {
        transport.on("POST /api/v1/namespaces") { _ in .refusal(409, "AlreadyExists", "exists") }
        transport.on(
            "GET /api/v1/namespaces/n", { _ in .object(200, Memo2.live(nil, "n", ours: false, manager: "kubectl")) },
            { _ in .object(200, Memo2.live(nil, "n")) })
        transport.on("PATCH /api/v1/namespaces/n") { _ in .object(200, Memo2.live(nil, "n")) }
        let step = Memo2.step(.create, Memo2.resource("Namespace", nil, "n"))
        #expect(try await self.error(step).message.contains("somebody made it meanwhile (kubectl)"))
        #expect(writes.map(\.method) == ["POST"])
        try await perform(step)
        #expect(writes.map(\.method) == ["POST", "POST", "PATCH"])
    }

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

    private static let delete = "DELETE /api/v1/namespaces/n/configmaps/app"

    @Test func `deleting what is gone is done, another of that name is left alone`() async throws {
        transport.on(
            Self.delete, { _ in .refusal(404, "NotFound", "not found") },
            { _ in .refusal(409, "Conflict", "the UID in the precondition (u1) does not match the UID in record (u2)") }
        )
        let step = Memo2.ending(.delete, Self.app.address, Self.observed)
        #expect(try await perform(step).wasDone)
        #expect(try await self.error(step).message.contains("it was left alone"))
        #expect(writes.first?.sent["propagationPolicy"] == "Background")
    }

    @Test func `what a finalizer holds is named`() async throws {
        transport.on(Self.delete) { _ in .object(200, [:]) }
        transport.on("GET /api/v1/namespaces/n/configmaps/app") { _ in
            .object(200, Memo2.live("n", "app", ["metadata": ["finalizers": ["example.com/hold"]]]))
        }
        let error = try await self.error(Memo2.ending(.delete, Self.app.address, Self.observed))
        #expect(
            error.message
                == "kubernetes/ConfigMap/n/app: still being deleted after 120 s: ConfigMap app is held by example.com/hold"
        )
        #expect(error.hint?.contains("finalizer") == true)
    }

    @Test func `a namespace that hangs tells the kind, the object and the finalizer`() async throws {
        transport.on("DELETE /api/v1/namespaces/n") { _ in .object(200, Memo2.live(nil, "n")) }
        transport.on("GET /api/v1/namespaces/n") { _ in
            .object(
                200,
                Memo2.live(
                    nil, "n",
                    [
                        "status": [
                            "conditions": [
                                [
                                    "type": "NamespaceContentRemaining", "status": "True",
                                    "message":
                                        "Some resources are remaining: persistentvolumeclaims. has 1 resource instances",
                                ],
                                [
                                    "type": "NamespaceFinalizersRemaining", "status": "True",
                                    "message": "example.com/hold in 1 resource instances",
                                ],
                                ["type": "NamespaceDeletionContentFailure", "status": "False", "message": "no"],
                            ]
                        ]
                    ]))
        }
        transport.on("GET /api/v1/namespaces/n/persistentvolumeclaims") { _ in
            .list([Memo2.live("n", "data-db-0", ["metadata": ["finalizers": ["example.com/hold"]]])])
        }
        let observed = Observed(
            identity: "u1", attributes: ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "n"]],
            mark: Memo2.mark)
        let progress = Mutex<[String]>([])
        var step = Memo2.ending(.delete, .namespace("n"), observed)
        step.progress = { text in progress.withLock { $0.append(text) } }
        #expect(
            try await self.error(step).message
                == "kubernetes/Namespace/n: still being deleted after 20 s: "
                + "PersistentVolumeClaim data-db-0 is held by example.com/hold")
        #expect(progress.withLock { $0.first } == "waiting until its contents are gone, 1 s")
        #expect(
            progress.withLock { $0 }.contains {
                $0.hasPrefix("waiting until its contents are gone, 4 s (PersistentVolumeClaim data-db-0 is held by")
            }, "it is named long before that")
    }

    @Test func `taking the mark off touches nothing else`() async throws {
        transport.on(Self.appPath) { _ in .object(200, [:]) }
        try await perform(Memo2.ending(.release, Self.app.address, Self.observed))
        let sent = try #require(writes.first)
        #expect(sent.headers["Content-Type"] == "application/merge-patch+json")
        #expect(sent.sent[["metadata", "uid"]] == "u1")
        #expect(sent.sent[["metadata", "labels", "aula.dev/id"]] == .null)
        #expect(sent.sent["data"] == nil)
    }

    private static let token = Memo2.resource(
        "Secret", "n", "t",
        [
            "type": "kubernetes.io/service-account-token",
            "metadata": ["annotations": ["kubernetes.io/service-account.name": "gitlab-deployer"]],
        ])

    @Test func `a token is waited for, and made again when the cluster took it away`() async throws {
        let empty = Memo2.live("n", "t", uid: "u1", Self.token.body)
        let full = empty.merging(["data": ["token": "dG9rZW4=", "ca.crt": "UEVN"]])
        transport.on("PATCH /api/v1/namespaces/n/secrets/t") { _ in .object(201, empty) }
        transport.on(
            "GET /api/v1/namespaces/n/secrets/t", { _ in .object(200, empty) },
            { _ in .refusal(404, "NotFound", "not found") }, { _ in .object(200, full) })
        transport.on("GET /api/v1/namespaces/n/serviceaccounts/gitlab-deployer") { _ in .object(200, empty) }
        let result = try await perform(Memo2.step(.create, Self.token))
        #expect(result.outputs["token"] == .secret(Secret("token")))
        #expect(result.outputs["ca.crt"] == .secret(Secret("PEM")))
        #expect(writes.count == 2)
    }

    @Test func `a token whose account does not exist says so`() async throws {
        transport.on("PATCH /api/v1/namespaces/n/secrets/t") { _ in .object(201, Memo2.live("n", "t", Self.token.body))
        }
        for path in ["secrets/t", "serviceaccounts/gitlab-deployer"] {
            transport.on("GET /api/v1/namespaces/n/\(path)") { _ in .refusal(404, "NotFound", "not found") }
        }
        #expect(
            try await self.error(Memo2.step(.create, Self.token)).message
                == "kubernetes/Secret/n/t: its account gitlab-deployer does not exist, so the cluster removed it")
    }

    @Test func `the root hands out the cluster's coordinates`() async throws {
        transport.on("PATCH /api/v1/namespaces/memo2-aula/configmaps/aula") { _ in
            .object(201, Memo2.live("memo2-aula", "aula"))
        }
        let result = try await perform(Memo2.step(.create, Memo2.resource("ConfigMap", "memo2-aula", "aula")))
        #expect(result.outputs == ["server": "https://127.0.0.1:6443", "ca": "PEM\n"])
    }

    @Test(
        "what may be sent again, and when",
        arguments: [
            (429, "TooManyRequests", "slow down", ["retry-after": "7"], ExecutionError.Retry.after(.seconds(7))),
            (500, "InternalError", "etcdserver: leader changed", [:], .backoff),
            (503, "ServiceUnavailable", "later", [:], .backoff),
            (409, "Conflict", "the object has been modified", [:], .backoff),
            (422, "Invalid", "Service \"api\" is invalid: failed to allocate IP 10.0.0.7", [:], .backoff),
            (500, "", "failed to create typed patch object (n/app): .dta: field not declared in schema", [:], .never),
            (422, "Invalid", "ConfigMap \"app\" is invalid", [:], .never),
            (403, "Forbidden", "exceeded quota: quota", [:], .never),
            (401, "Unauthorized", "Unauthorized", [:], .never),
        ] as [(Int, String, String, [String: String], ExecutionError.Retry)])
    func retries(
        status: Int, reason: String, message: String, headers: [String: String], retry: ExecutionError.Retry
    ) async throws {
        transport.on(Self.appPath) { _ in
            var answer = APIResponse.refusal(status, reason, message)
            answer.headers = headers
            return answer
        }
        let error = try await self.error(Memo2.step(.update, Self.app, observed: Self.observed))
        #expect(error.retry == retry)
        #expect(error.message == "kubernetes/ConfigMap/n/app: \(message)")
    }

    @Test func `a lost answer may be asked for again`() async throws {
        transport.on(Self.appPath) { _ in throw TransportError.connectionLost("reset") }
        #expect(try await self.error(Memo2.step(.create, Self.app)).retry == .backoff)
    }

    @Test func `no message shows what a Secret holds, also where the server quotes it`() async throws {
        transport.on(
            "PATCH /api/v1/namespaces/n/secrets/s",
            { _ in
                .refusal(
                    422, "Invalid", "Secret is invalid: data[key]: Invalid value: \"hunter2hunter2\"",
                    causes: [["reason": "FieldValueInvalid", "field": "data[key]", "message": "hunter2hunter2"]])
            }, { _ in .refusal(403, "Forbidden", "webhook says hunter2hunter2 / aHVudGVyMmh1bnRlcjI= is bad") })
        let secret = Memo2.resource("Secret", "n", "s", ["data": ["key": "aHVudGVyMmh1bnRlcjI="]])
        let first = try await self.error(Memo2.step(.create, secret)).description
        #expect(first.contains("the server refused it (422 Invalid, at data[key])"))
        let second = try await self.error(Memo2.step(.create, secret)).description
        #expect(second.contains("webhook says [secret] / [secret] is bad"))
        #expect(!(first + second).contains("hunter2"))
    }
}
