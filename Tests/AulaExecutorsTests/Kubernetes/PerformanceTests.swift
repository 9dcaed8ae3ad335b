import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

@testable import AulaExecutors

@Suite struct PerformanceTests {
    let transport = ScriptedCluster()

    init() {
        transport.on("GET /version", 200, ["gitVersion": "v1.36.0"])
    }

    @discardableResult
    func perform(_ step: Step) async throws -> StepResult {
        try await Memo2.executor(transport).perform(step)
    }

    func error(_ step: Step) async throws -> ExecutionError {
        try await #require(throws: ExecutionError.self) { _ = try await Memo2.executor(transport).perform(step) }
    }

    var writes: [APIRequest] { transport.requests.filter { $0.method != "GET" } }

    static let app = Memo2.resource("ConfigMap", "n", "app", ["data": ["a": "1"]])
    static let appPath = "PATCH /api/v1/namespaces/n/configmaps/app"
    static let observed = Observed(
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
}
