import AulaEngine
import AulaModel
import AulaPlanner
import AulaReadiness
import AulaSandbox
import Testing

@testable import AulaExecutors

/// What an observation tells of pods, against the sandbox's scheduler, kubelet and controllers.
@Suite struct PodSurveyTests {
    private static let namespace = Memo2.resource("Namespace", nil, "n")

    private static func workload(_ name: String, image: JSON, cpu: JSON = "10m", kind: String = "Deployment")
        -> Resource
    {
        var spec: JSON = [
            "replicas": 1, "selector": ["matchLabels": ["app": .string(name)]],
            "template": [
                "metadata": ["labels": ["app": .string(name), "aula.dev/cohort": "memo2"]],
                "spec": [
                    "containers": [["name": "main", "image": image, "resources": ["requests": ["cpu": cpu]]]]
                ],
            ],
        ]
        if kind == "DaemonSet" { spec["replicas"] = nil }
        if kind == "StatefulSet" { spec["serviceName"] = .string(name) }
        return Memo2.resource(of: "apps/v1", kind, "n", name, ["spec": spec])
    }

    /// Makes the objects, lets the controllers work, and looks with the pods.
    private func look(_ resources: [Resource], passing: Duration = .seconds(5)) async throws -> ClassStatus {
        let cluster = SandboxCluster()
        let executor = Memo2.executor(cluster, patience: cluster.patience)
        let all = [Self.namespace] + resources
        for resource in all { _ = try await executor.perform(Memo2.step(.create, resource)) }
        for _ in 0..<10 { await cluster.pass(passing / 10) }
        let blueprint = Memo2.blueprint(all)
        let plain = await executor.observe(ObservationRequest(blueprint: blueprint))
        #expect(plain.pods.isEmpty, "pods are read only where somebody asks")
        let observation = await executor.observe(ObservationRequest(blueprint: blueprint, includesPods: true))
        await executor.close()
        return ClassStatus(blueprint, observation, Planner.plan(blueprint, observation))
    }

    private func state(_ status: ClassStatus) throws -> Readiness {
        guard case .live(let readiness) = try #require(status.items.first).state else {
            throw ExecutionError("\(status.items)")
        }
        return readiness
    }

    @Test func `a workload that runs is well, and its fingerprint is no difference`() async throws {
        let status = try await look([Self.workload("api", image: "registry/api:1")])
        #expect(try state(status) == .ready())
        #expect(status.plan.isEmpty)
        #expect(status.isWell)
    }

    @Test func `one pod on each node is a daemon set's readiness`() async throws {
        let status = try await look([Self.workload("logs", image: "registry/logs:1", kind: "DaemonSet")])
        #expect(try state(status) == .ready())
        #expect(status.plan.isEmpty)
        let broken = try await look([Self.workload("logs", image: "nowhere.invalid/logs:1", kind: "DaemonSet")])
        #expect(try state(broken) == .failing("image cannot be pulled: nowhere.invalid/logs:1 (0 of 2 ready)"))
    }

    @Test func `an image of nowhere is named`() async throws {
        let status = try await look([Self.workload("api", image: "nowhere.invalid/api:1")])
        #expect(try state(status) == .failing("image cannot be pulled: nowhere.invalid/api:1"))
        #expect(!status.isWell)
    }

    @Test func `a crash loop comes with its exit code`() async throws {
        let status = try await look([Self.workload("api", image: "registry/api:crash")])
        #expect(try state(status) == .failing("crash loop, last exit code 1, 3 restarts"))
    }

    @Test func `a pod that no node has room for says what is scarce`() async throws {
        let status = try await look([Self.workload("api", image: "registry/api:1", cpu: "64")])
        #expect(try #require(state(status).text).hasPrefix("not enough CPU on the nodes: 0/2 nodes are available"))
    }

    @Test(arguments: ["Deployment", "StatefulSet"]) func `a quota that refuses pods is told for every kind`(
        kind: String
    ) async throws {
        let quota = Memo2.resource("ResourceQuota", "n", "environment", ["spec": ["hard": ["pods": "0"]]])
        let status = try await look([quota, Self.workload("api", image: "registry/api:1", kind: kind)])
        #expect(
            try #require(state(status).text).hasPrefix("quota exceeded: environment, requested: pods=1, used: pods=0"))
    }
}
