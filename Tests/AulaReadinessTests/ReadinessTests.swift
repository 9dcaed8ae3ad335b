import AulaModel
import AulaPlanner
import AulaReadiness
import Foundation
import Testing

@Suite struct ReadinessTests {
    private static let address = Address.kubernetes("Deployment", "n", "api")

    private func deployment(replicas: Int = 1, status: JSON, image: JSON = "registry/api:7") -> Observed {
        Observed(
            identity: "u",
            attributes: [
                "metadata": ["generation": 2],
                "spec": [
                    "replicas": .int(replicas),
                    "template": ["spec": ["containers": [["name": "api", "image": image]]]],
                ],
                "status": status,
            ], mark: Mark(cohort: "memo2", id: "m2k7q9xd"))
    }

    private static let done: JSON = [
        "observedGeneration": 2, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1,
    ]

    private func pod(
        phase: String = "Pending", waiting: String? = nil, message: String? = nil, code: Int? = nil, restarts: Int = 0
    ) -> PodCondition {
        PodCondition(
            workload: Self.address, name: "api-1", phase: phase, isReady: false, waiting: waiting, message: message,
            lastExitCode: code, restarts: restarts, image: "registry/api:7")
    }

    private func readiness(
        _ status: JSON, replicas: Int = 1, pods: [PodCondition] = [], refusal: String? = nil
    ) -> Readiness? {
        Readiness.of(
            nil, kind: "Deployment", deployment(replicas: replicas, status: status), pods: pods, refusal: refusal)
    }

    @Test func `a deployment is ready once every replica is new and available`() {
        #expect(readiness(Self.done) == .ready())
        #expect(readiness(Self.done, replicas: 2) == .progressing("1 of 2 ready"))
    }

    @Test func `what the controller has not seen yet is not ready, whatever its old status says`() {
        #expect(readiness(Self.done.merging(["observedGeneration": 1]))?.isReady == false)
    }

    @Test func `old pods that still run keep a rollout from being done`() {
        #expect(readiness(Self.done.merging(["replicas": 2]))?.isReady == false)
    }

    @Test(arguments: [
        ("ErrImagePull", "image cannot be pulled: registry/api:7"),
        ("ImagePullBackOff", "image cannot be pulled: registry/api:7"),
        ("InvalidImageName", "image name is not valid: registry/api:7"),
        ("CreateContainerConfigError", "container cannot start: secret \"x\" not found"),
    ]) func `a pod that waits says why in plain words`(reason: String, words: String) {
        let state = readiness(
            ["observedGeneration": 2], pods: [pod(waiting: reason, message: "secret \"x\" not found")])
        #expect(state == .failing(words))
    }

    @Test func `a crash loop tells the last exit code`() {
        let state = readiness(
            ["observedGeneration": 2],
            pods: [pod(phase: "Running", waiting: "CrashLoopBackOff", code: 137, restarts: 4)])
        #expect(state == .failing("crash loop, last exit code 137, 4 restarts"))
    }

    @Test(arguments: [
        ("0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available", "not enough CPU on the"),
        ("0/2 nodes are available: 2 Insufficient memory.", "not enough memory on the"),
        ("pod has unbound immediate PersistentVolumeClaims", "claim pending: "),
        ("0/1 nodes are available: 1 node(s) had untolerated taint", "no node takes it: "),
    ]) func `a pod without a place says what it lacks`(message: String, words: String) throws {
        let text = try #require(readiness(["observedGeneration": 2], pods: [pod(message: message)])?.text)
        #expect(text.hasPrefix(words), "\(text)")
        #expect(!text.contains("preemption"))
    }

    @Test func `a quota that is used up is named with its numbers`() {
        let message =
            "pods \"api-1\" is forbidden: exceeded quota: environment, requested: pods=1, used: pods=4, limited: pods=4"
        let condition: JSON = [
            "observedGeneration": 2,
            "conditions": [["type": "ReplicaFailure", "status": "True", "message": .string(message)]],
        ]
        let words = "quota exceeded: environment, requested: pods=1, used: pods=4, limited: pods=4"
        #expect(readiness(condition) == .failing(words))
        #expect(readiness(["observedGeneration": 2], refusal: "Error creating: " + message) == .failing(words))
    }

    @Test func `an image that no pipeline has delivered counts as ready with its placeholder, and says so`() throws {
        let resource = Resource(
            address: Self.address, body: [:],
            lifecycle: Lifecycle(initial: [
                "spec": ["template": ["spec": ["containers": [["name": "api", "image": "placeholder:1"]]]]]
            ]))
        let waiting = Readiness.of(
            resource, kind: "Deployment", deployment(status: Self.done, image: "placeholder:1"))
        #expect(waiting?.isReady == true)
        #expect(try #require(waiting?.text).contains("no pipeline has delivered an image yet"))
        #expect(Readiness.of(resource, kind: "Deployment", deployment(status: Self.done)) == .ready())
    }

    @Test func `a job is ready when it is done, and tells the exit code of one that failed`() {
        func job(_ type: String, pods: [PodCondition] = []) -> Readiness? {
            let status: JSON = ["conditions": [["type": .string(type), "status": "True", "message": "too often"]]]
            return Readiness.of(
                nil, kind: "Job", Observed(identity: "u", attributes: ["status": status], mark: nil), pods: pods)
        }
        #expect(job("Complete") == .ready(note: "done"))
        #expect(
            job("Failed", pods: [pod(phase: "Failed", code: 3)])
                == .failing("the job failed: too often, last exit code 3"))
    }

    @Test func `claims and public addresses take their time`() {
        func of(_ kind: String, _ object: JSON) -> Readiness? {
            Readiness.of(nil, kind: kind, Observed(identity: "u", attributes: object, mark: nil))
        }
        #expect(of("PersistentVolumeClaim", ["status": ["phase": "Bound"]]) == .ready())
        #expect(
            of("PersistentVolumeClaim", ["spec": ["storageClassName": "fast"], "status": ["phase": "Pending"]])
                == .progressing("claim pending: no volume yet of storage class fast"))
        #expect(of("Service", ["spec": ["type": "LoadBalancer"]]) == .progressing("waits for a public address"))
        #expect(of("Service", ["spec": ["type": "ClusterIP"]]) == nil)
        #expect(of("ConfigMap", [:]) == nil)
    }

    @Test func `every replica of a stateful set and every node of a daemon set counts`() {
        func of(_ kind: String, _ spec: JSON, _ status: JSON) -> Bool? {
            let object: JSON = ["metadata": ["generation": 1], "spec": spec, "status": status]
            return Readiness.of(nil, kind: kind, Observed(identity: "u", attributes: object, mark: nil))?.isReady
        }
        let set: JSON = [
            "observedGeneration": 1, "readyReplicas": 1, "updateRevision": "b", "currentRevision": "b",
        ]
        #expect(of("StatefulSet", ["replicas": 1], set) == true)
        #expect(of("StatefulSet", ["replicas": 2], set) == false)
        #expect(of("StatefulSet", ["replicas": 1], set.merging(["currentRevision": "a"])) == false)
        let daemons: JSON = [
            "observedGeneration": 1, "desiredNumberScheduled": 2, "numberAvailable": 2, "updatedNumberScheduled": 2,
        ]
        #expect(of("DaemonSet", [:], daemons) == true)
        #expect(of("DaemonSet", [:], daemons.merging(["numberAvailable": 1])) == false)
    }
}

@Suite struct TokenExpiryTests {
}
