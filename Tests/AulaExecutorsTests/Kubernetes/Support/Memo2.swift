import AulaEngine
import AulaModel
import AulaTestSupport
import Synchronization

@testable import AulaExecutors

/// The cohort of these tests.
enum Memo2 {
    static let mark = Mark.sample
    static let azure = AzureSite.sample(subscription: "sub", cluster: "c1")

    static func cohort(_ site: KubernetesSite = .context("kind")) -> Cohort {
        .sample(site: site, gitlab: GitLabHome(url: "https://gitlab.com", group: "edu/memo2"))
    }

    static func blueprint(_ resources: [Resource] = [], site: KubernetesSite = .context("kind")) -> Blueprint {
        Blueprint(cohort: cohort(site), resources: resources)
    }

    /// Waits without waiting.
    static var patience: Patience {
        var reading = RetryPolicy(attempts: 3)
        reading.sleep = { _ in }
        return Patience(reading: reading, sleep: { _ in })
    }

    static func executor(
        _ transport: any HTTPTransport, tools: ScriptedKubectl = ScriptedKubectl(),
        site: KubernetesSite = .context("kind"), folder: RecordedFolder = RecordedFolder(),
        patience: Patience = Memo2.patience
    ) -> KubernetesExecutor {
        KubernetesExecutor(
            connection: ClusterConnection(site.access(with: tools), tools: tools, transport: transport, folder: folder),
            patience: patience)
    }

    static var labels: JSON {
        ["app.kubernetes.io/managed-by": "aula", "aula.dev/id": "m2k7q9xd", "aula.dev/cohort": "memo2"]
    }

    /// A desired object.
    static func resource(
        of apiVersion: String = "v1", _ kind: String, _ namespace: String?, _ name: String, _ rest: JSON = [:],
        lifecycle: Lifecycle = Lifecycle()
    ) -> Resource {
        var body: JSON = [
            "apiVersion": .string(apiVersion), "kind": .string(kind),
            "metadata": ["name": .string(name), "labels": labels],
        ]
        if let namespace { body[["metadata", "namespace"]] = .string(namespace) }
        return Resource(
            address: .kubernetes(kind, namespace, name), body: body.merging(rest),
            container: namespace.map { .namespace($0) }, lifecycle: lifecycle)
    }

    static func step(
        _ action: Change.Action, _ resource: Resource, observed: Observed? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) -> Step {
        Step(
            change: Change(
                address: resource.address, action: action, slot: resource.slot, desired: resource,
                observed: observed),
            body: resource.body, mark: mark, progress: progress)
    }

    static func ending(_ action: Change.Action, _ address: Address, _ observed: Observed) -> Step {
        Step(
            change: Change(address: address, action: action, slot: Slot(), observed: observed),
            body: [:], mark: mark)
    }

    /// A live object as a server would tell it.
    static func live(
        _ namespace: String?, _ name: String, uid: String = "u1", ours: Bool = true, manager: String = "aula",
        _ rest: JSON = [:]
    ) -> JSON {
        var object: JSON = [
            "metadata": [
                "name": .string(name), "uid": .string(uid), "creationTimestamp": "2026-11-21T02:36:36Z",
                "managedFields": [
                    [
                        "manager": .string(manager), "operation": "Apply", "time": "2026-11-21T02:36:36Z",
                        "fieldsV1": ["f:data": ["f:a": [:]]],
                    ]
                ],
            ]
        ]
        if let namespace { object[["metadata", "namespace"]] = .string(namespace) }
        if ours { object[["metadata", "labels"]] = labels }
        return object.merging(rest)
    }
}
