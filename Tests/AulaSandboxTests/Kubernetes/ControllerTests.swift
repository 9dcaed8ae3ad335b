import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct ControllerTests {
    private let deployments = "/apis/apps/v1/namespaces/n/deployments"

    @Test func `a deployment becomes available, rolls over to another image and goes with its pods`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(deployments)/web", Cluster.deployment("web", replicas: 3))
        await cluster.wait(2)
        #expect(await cluster.get("\(deployments)/web")[["status", "availableReplicas"]] == 3)
        await cluster.apply(
            "\(deployments)/web", Cluster.deployment("web", image: "registry.example/app:2", replicas: 3))
        await cluster.wait(4)
        let pods = await cluster.get("/api/v1/namespaces/n/pods")["items"]?.array ?? []
        #expect(
            pods.map { $0[["spec", "containers"]]?[0]?["image"]?.string }
                == Array(repeating: "registry.example/app:2", count: 3))
        #expect(await cluster.get("/apis/apps/v1/namespaces/n/replicasets")["items"]?.array?.count == 2)
        await cluster.send("DELETE", "\(deployments)/web")
        await cluster.wait(1)
        #expect(await cluster.get("/api/v1/namespaces/n/pods")["items"] == [])
    }

    @Test(
        "a pod says why it does not run",
        arguments: [
            ("registry.example/app:broken", "100m", "ImagePullBackOff"),
            ("x.invalid/app:1", "100m", "ImagePullBackOff"),
            ("registry.example/app:crash", "100m", "CrashLoopBackOff"),
            ("registry.example/app:1", "9", "Unschedulable"),
        ])
    func troubles(image: String, cpu: String, reason: String) async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(deployments)/web", Cluster.deployment("web", image: image, cpu: cpu))
        await cluster.wait(2)
        let pod = await cluster.get("/api/v1/namespaces/n/pods")["items"]?[0]
        let waiting = pod?[["status", "containerStatuses"]]?[0]?[["state", "waiting", "reason"]]
        let unplaced = pod?[["status", "conditions"]]?[0]?["reason"]
        #expect((waiting ?? unplaced)?.string == reason)
        #expect(await cluster.get("\(deployments)/web")[["status", "unavailableReplicas"]] == 1)
    }

    @Test func `a stateful set's claim is bound, outlives it and is kept while a pod uses it`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        var set = Cluster.deployment("db")
        set["kind"] = "StatefulSet"
        set[["spec", "serviceName"]] = "db"
        set[["spec", "template", "spec", "containers"]] = [
            ["name": "db", "image": "db:1", "volumeMounts": [["name": "data", "mountPath": "/data"]]]
        ]
        set[["spec", "volumeClaimTemplates"]] = [
            [
                "metadata": ["name": "data"],
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
            ]
        ]
        let path = "/apis/apps/v1/namespaces/n/statefulsets/db"
        #expect(await cluster.apply(path, set).status == 201)
        await cluster.wait(2)
        #expect(await cluster.get(path)[["status", "readyReplicas"]] == 1)
        let claim = "/api/v1/namespaces/n/persistentvolumeclaims/data-db-0"
        #expect(await cluster.get(claim)[["status", "phase"]] == "Bound")
        await cluster.send("DELETE", claim)
        await cluster.wait(1)
        #expect(await cluster.send("GET", claim).status == 200)
        await cluster.send("DELETE", path)
        await cluster.wait(2)
        #expect(await cluster.send("GET", claim).status == 404)
        #expect(await cluster.get("/api/v1/persistentvolumes")["items"] == [])
    }

    @Test func `a job completes, and one that fails too often says so`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        for (name, image, type) in [("good", "app:1", "Complete"), ("bad", "app:crash", "Failed")] {
            await cluster.send(
                "POST", "/apis/batch/v1/namespaces/n/jobs",
                [
                    "metadata": ["name": .string(name)],
                    "spec": [
                        "backoffLimit": 1,
                        "template": [
                            "spec": [
                                "restartPolicy": "Never", "containers": [["name": "c", "image": .string(image)]],
                            ]
                        ],
                    ],
                ])
            await cluster.wait(5)
            let conditions = await cluster.get("/apis/batch/v1/namespaces/n/jobs/\(name)")[["status", "conditions"]]?
                .array
            #expect(conditions?.contains { $0["type"]?.string == type } == true, "\(name)")
        }
    }

    @Test func `a quota is counted, enforced and reported by the deployment that it stops`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply(
            "/api/v1/namespaces/n/resourcequotas/q",
            ["apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "q"], "spec": ["hard": ["pods": "1"]]])
        await cluster.apply("\(deployments)/web", Cluster.deployment("web", replicas: 2))
        await cluster.wait(2)
        #expect(await cluster.get("/api/v1/namespaces/n/resourcequotas/q")[["status", "used", "pods"]] == "1")
        let conditions = await cluster.get("\(deployments)/web")[["status", "conditions"]]?.array ?? []
        let failure = conditions.first { $0["type"] == "ReplicaFailure" }
        #expect(
            failure?["message"]?.string?.contains("exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1")
                == true)
    }

    @Test(
        "a quota counts sidecars beside the containers and of what runs before them the largest",
        arguments: [
            ([], "100m"), ([("Always", "50m")], "150m"), ([(nil, "300m"), (nil, "200m")], "300m"),
            ([("Always", "50m"), (nil, "300m")], "350m"), ([(nil, "300m"), ("Always", "50m")], "300m"),
        ] as [([(policy: String?, cpu: String)], String)])
    func initContainers(before: [(policy: String?, cpu: String)], total: String) async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send(
            "POST", "/api/v1/namespaces/n/resourcequotas",
            ["metadata": ["name": "q"], "spec": ["hard": ["requests.cpu": "1"]]])
        var web = Cluster.deployment("web")
        web[["spec", "template", "spec", "initContainers"]] = .array(
            before.enumerated().map { index, container in
                var json: JSON = [
                    "name": .string("init-\(index)"), "image": "init:1",
                    "resources": ["requests": ["cpu": .string(container.cpu)]],
                ]
                if let policy = container.policy { json["restartPolicy"] = .string(policy) }
                return json
            })
        await cluster.apply("\(deployments)/web", web)
        await cluster.wait(2)
        let quota = await cluster.get("/api/v1/namespaces/n/resourcequotas/q")
        #expect(quota[["status", "used", "requests.cpu"]]?.string == total)
    }

    @Test func `a namespace that is going is emptied and then gone`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(deployments)/web", Cluster.deployment("web"))
        await cluster.wait(1)
        #expect(await cluster.send("DELETE", "/api/v1/namespaces/n").body[["status", "phase"]] == "Terminating")
        await cluster.wait(2)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n").status == 404)
    }

    @Test func `a cluster comes back from its snapshot and goes on`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(deployments)/web", Cluster.deployment("web"))
        let restored = Cluster(snapshot: await cluster.machine.snapshot())
        await restored.wait(2)
        #expect(await restored.get("\(deployments)/web")[["status", "availableReplicas"]] == 1)
        #expect(await restored.send("GET", "/api/v1/namespaces/n/configmaps/kube-root-ca.crt").status == 200)
    }

    @Test func `a load balancer gets an address, and a service lists its ready pods`() async {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.apply("\(deployments)/web", Cluster.deployment("web"))
        await cluster.send(
            "POST", "/api/v1/namespaces/n/services",
            [
                "metadata": ["name": "web"],
                "spec": ["type": "LoadBalancer", "selector": ["app": "web"], "ports": [["port": 80]]],
            ])
        await cluster.wait(2)
        let service = await cluster.get("/api/v1/namespaces/n/services/web")
        #expect(service[["status", "loadBalancer", "ingress"]]?[0]?["ip"] != nil)
        let endpoints = await cluster.get("/api/v1/namespaces/n/endpoints/web")
        #expect(endpoints["subsets"]?[0]?["addresses"]?.array?.count == 1)
    }
}
