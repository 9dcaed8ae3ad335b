import AulaModel
import AulaSandbox
import Foundation

/// A cluster under test, with a clock of its own.
final class Cluster {
    let machine: KubernetesMachine
    private(set) var now = Date(timeIntervalSince1970: 1_800_000_000)

    init(_ settings: ClusterSettings = ClusterSettings(), snapshot: JSON? = nil) {
        machine = KubernetesMachine(
            identity: ClusterIdentity(name: "test", adminToken: "admin", caPEM: "CA"), settings: settings,
            snapshot: snapshot, now: now)
    }

    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: JSON? = nil, type: String = "application/json",
        token: String = "admin",
        headers extra: [String: String] = [:]
    ) async -> MachineAnswer {
        let headers = ["content-type": type, "authorization": "Bearer \(token)", "user-agent": "test/1"]
        return await machine.answer(method, path, body?.data, headers: headers.merging(extra) { $1 }, at: now)
    }

    @discardableResult
    func apply(_ path: String, _ object: JSON, manager: String = "aula", force: Bool = true) async -> MachineAnswer {
        await send(
            "PATCH", "\(path)?fieldManager=\(manager)&force=\(force)", object, type: "application/apply-patch+yaml")
    }

    func get(_ path: String) async -> JSON { await send("GET", path).body }

    @discardableResult
    func namespace(_ name: String) async -> MachineAnswer {
        await send("POST", "/api/v1/namespaces", ["metadata": ["name": .string(name)]])
    }

    /// Lets time pass in small steps, as a server that runs the controllers several times a second does.
    func wait(_ seconds: Double) async {
        let end = now + seconds
        while now < end {
            now += 0.1
            await machine.advance(to: now)
        }
    }

    static func deployment(
        _ name: String, image: String = "registry.example/app:1", replicas: Int = 1, cpu: String = "100m"
    )
        -> JSON
    {
        [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
            "spec": [
                "replicas": .int(replicas), "selector": ["matchLabels": ["app": .string(name)]],
                "template": [
                    "metadata": ["labels": ["app": .string(name)]],
                    "spec": [
                        "containers": [
                            [
                                "name": "app", "image": .string(image),
                                "resources": ["requests": ["cpu": .string(cpu)]],
                            ]
                        ]
                    ],
                ],
            ],
        ]
    }
}
