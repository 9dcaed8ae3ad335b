import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// The executor against the sandbox's own rules of a cluster.
@Suite struct SandboxClusterTests {
    let cluster = SandboxCluster()
    let executor: KubernetesExecutor

    init() {
        executor = Memo2.executor(cluster, patience: cluster.patience)
    }

    static let container: JSON = [
        "name": "api", "ports": [["containerPort": 8080, "protocol": "TCP"]],
        "resources": ["requests": ["cpu": "50m"]],
    ]

    /// One group's environment in small, in an order that its dependencies allow.
    static let classroom: [Resource] = [
        Memo2.resource("Namespace", nil, "memo2-aula"),
        Memo2.resource("ConfigMap", "memo2-aula", "aula", ["data": ["gitlab": "memo2"]]),
        Memo2.resource(
            "Namespace", nil, "memo2-g1-test",
            ["metadata": ["labels": ["aula.dev/group": "g1", "pod-security.kubernetes.io/enforce": "baseline"]]]),
        Memo2.resource("ServiceAccount", "memo2-g1-test", "gitlab-deployer"),
        Memo2.resource(
            "Secret", "memo2-g1-test", "gitlab-deployer-token",
            [
                "type": "kubernetes.io/service-account-token",
                "metadata": ["annotations": ["kubernetes.io/service-account.name": "gitlab-deployer"]],
            ]),
        Memo2.resource(
            "Secret", "memo2-g1-test", "db", ["type": "Opaque", "data": ["username": "YXVsYQ=="]],
            lifecycle: Lifecycle(generated: [GeneratedField(path: ["data", "password"])])),
        Memo2.resource("ConfigMap", "memo2-g1-test", "app", ["data": ["LOG_LEVEL": "info"]]),
        Memo2.resource(
            of: "apps/v1", "Deployment", "memo2-g1-test", "api",
            [
                "spec": [
                    "selector": ["matchLabels": ["app": "api"]],
                    "template": [
                        "metadata": ["labels": ["app": "api"]], "spec": ["containers": [container]],
                    ],
                ]
            ],
            lifecycle: Lifecycle(initial: [
                "spec": [
                    "replicas": 1,
                    "template": ["spec": ["containers": [["name": "api", "image": "placeholder:1"]]]],
                ]
            ])),
        Memo2.resource(
            of: "apps/v1", "StatefulSet", "memo2-g1-test", "db",
            [
                "spec": [
                    "serviceName": "db", "replicas": 1, "selector": ["matchLabels": ["app": "db"]],
                    "template": [
                        "metadata": ["labels": ["app": "db"]],
                        "spec": ["containers": [["name": "db", "image": "postgres:17"]]],
                    ],
                    "volumeClaimTemplates": [
                        [
                            "metadata": ["name": "data", "labels": Memo2.labels],
                            "spec": [
                                "accessModes": ["ReadWriteOnce"],
                                "resources": ["requests": ["storage": "1Gi"]],
                            ],
                        ]
                    ],
                ]
            ]),
    ]

    func provision() async throws -> [Address: StepResult] {
        var results: [Address: StepResult] = [:]
        for resource in Self.classroom {
            results[resource.address] = try await executor.perform(Memo2.step(.create, resource))
        }
        await cluster.pass(.seconds(2))
        return results
    }

    func observe(
        _ resources: [Resource] = classroom, purpose: Plan.Purpose = .apply, foreign: Bool = false
    ) async -> Observation {
        await executor.observe(
            ObservationRequest(
                blueprint: Memo2.blueprint(resources), purpose: purpose, includesForeign: foreign))
    }

    func live(_ path: String) async throws -> JSON {
        try JSON(parsing: await cluster.someone("GET", path).body)
    }

    @Test func `what was provisioned is found again, whole and ours, by reading alone`() async throws {
        let results = try await provision()
        #expect(
            results[.kubernetes("Secret", "memo2-g1-test", "gitlab-deployer-token")]?.outputs["token"]?.isEmpty == false
        )
        let password = results[.kubernetes("Secret", "memo2-g1-test", "db")]?.outputs["password"]
        #expect(password?.revealed.count == 32)
        cluster.forgetRequests()
        let observation = await observe()
        #expect(cluster.writes.isEmpty)
        #expect(observation.gaps.isEmpty && observation.notices.isEmpty)
        for resource in Self.classroom {
            let observed = try #require(observation.present[resource.address], "\(resource.address)")
            #expect(observed.mark == Memo2.mark)
            #expect(observed.transition == nil)
            #expect(observed.managers.contains { $0.name == "aula" && $0.operation == "Apply" })
        }
        #expect(observation.present.count == Self.classroom.count + 1, "and the database's claim")
        #expect(observation.present[.kubernetes("PersistentVolumeClaim", "memo2-g1-test", "data-db-0")]?.mark == nil)
        #expect(observation.present[.kubernetes("Secret", "memo2-g1-test", "db")]?.outputs["password"] == password)
        #expect(observation.present[.kubernetes("ConfigMap", "memo2-aula", "aula")]?.outputs["ca"] == "PEM\n")
    }

    @Test func `aula owns what it applies, and neither the image nor the replicas of a pipeline`() async throws {
        _ = try await provision()
        let observed = try #require(
            await observe().present[.kubernetes("Deployment", "memo2-g1-test", "api")])
        let own = try #require(observed.managers.first { $0.name == "aula" }).fields
        #expect(own["f:spec"]?["f:replicas"] == nil)
        let container = own[["f:spec", "f:template", "f:spec", "f:containers", "k:{\"name\":\"api\"}"]]
        #expect(container?["f:image"] == nil)
        #expect(container?["f:resources"] != nil)
        #expect(observed.attributes["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"] == "placeholder:1")
    }

    @Test func `a namespace goes with everything in it, and a second deletion is already done`() async throws {
        _ = try await provision()
        let address = Address.namespace("memo2-g1-test")
        let step = Memo2.ending(.delete, address, try #require(await observe().present[address]))
        #expect(try await executor.perform(step).wasDone == false)
        #expect(try await executor.perform(step).wasDone)
        let left = await observe(purpose: .destroy).present.keys.map(\.text).sorted()
        #expect(left == ["kubernetes/ConfigMap/memo2-aula/aula", "kubernetes/Namespace/memo2-aula"])
    }

    @Test func `a namespace that hangs names the kind, the object and the finalizer`() async throws {
        _ = try await provision()
        await cluster.someone(
            "PATCH", "/api/v1/namespaces/memo2-g1-test/configmaps/app", manager: "widget-controller",
            content: "application/merge-patch+json", ["metadata": ["finalizers": ["example.com/hold"]]])
        let address = Address.namespace("memo2-g1-test")
        let step = Memo2.ending(.delete, address, try #require(await observe().present[address]))
        let error = try await #require(throws: ExecutionError.self) { _ = try await executor.perform(step) }
        #expect(error.message.hasSuffix("ConfigMap app is held by example.com/hold"))
        #expect(error.message.contains("still being deleted after 20 s"))
        #expect(error.isResidue)
        #expect(
            error.hint?.contains(
                "`kubectl --namespace memo2-g1-test patch configmaps app --type=merge "
                    + "--patch '{\"metadata\":{\"finalizers\":null}}'`") == true)
        #expect(await observe().present[address]?.transition == .leaving("Terminating"))
    }

    @Test(arguments: ["kubectl-patch", "gitlab-deployer"])
    func `a finalizer that a deployer can have set goes with the namespace`(manager: String) async throws {
        _ = try await provision()
        await cluster.someone(
            "PATCH", "/api/v1/namespaces/memo2-g1-test/configmaps/app", manager: manager,
            content: "application/merge-patch+json", ["metadata": ["finalizers": ["example.com/hold"]]])
        let address = Address.namespace("memo2-g1-test")
        let step = Memo2.ending(.delete, address, try #require(await observe().present[address]))
        _ = try await executor.perform(step)
        #expect(await observe().present[address] == nil)
    }

    @Test func `an object whose mark somebody took or changed is ours still, in a namespace of ours`() async throws {
        _ = try await provision()
        let address = Address.kubernetes("ConfigMap", "memo2-g1-test", "app")
        for labels in [["aula.dev/id": JSON.null], ["aula.dev/id": "0thers00"], ["aula.dev/cohort": "other"]] {
            await cluster.someone(
                "PATCH", "/api/v1/namespaces/memo2-g1-test/configmaps/app", manager: "kubectl-label",
                content: "application/merge-patch+json",
                ["metadata": ["labels": .object(JSONObject(labels.map { ($0.key, $0.value) }))]])
            let observed = try #require(await observe().present[address])
            #expect(observed.mark == Memo2.mark, "\(labels)")
            #expect(observed.hasLostMark, "\(labels)")
            #expect(await observe(purpose: .destroy).foreign.isEmpty, "\(labels)")
        }
        await cluster.someone("DELETE", "/api/v1/namespaces/memo2-g1-test/configmaps/app")
        await cluster.someone(
            "POST", "/api/v1/namespaces/memo2-g1-test/configmaps", manager: "kubectl-create",
            ["metadata": ["name": "app"]])
        #expect(await observe().present[address]?.mark == nil, "what somebody else made is not")
    }

    @Test func `a replaced workload keeps the image and the replicas of its pipeline`() async throws {
        _ = try await provision()
        let path = "/apis/apps/v1/namespaces/memo2-g1-test/deployments/api"
        await cluster.someone(
            "PATCH", path, manager: "kubectl-set", content: "application/strategic-merge-patch+json",
            [
                "spec": [
                    "replicas": 2, "template": ["spec": ["containers": [["name": "api", "image": "team/api:7"]]]],
                ]
            ])
        var resource = Self.classroom[7]
        resource.body[["spec", "selector", "matchLabels"]] = ["app": "api2"]
        resource.body[["spec", "template", "metadata", "labels"]] = ["app": "api2"]
        let observed = await observe().present[resource.address]
        _ = try await executor.perform(Memo2.step(.replace, resource, observed: observed))
        let spec = try await live(path)["spec"]
        #expect(spec?["selector"] == ["matchLabels": ["app": "api2"]])
        #expect(spec?["replicas"] == 2)
        #expect(spec?["template"]?["spec"]?["containers"]?[0]?["image"] == "team/api:7")
    }
}
