import AulaModel
import Foundation

extension ClusterState {
    /// What a new cluster holds before anybody writes to it.
    mutating func found() {
        for namespace in ["default", "kube-node-lease", "kube-public", "kube-system"] {
            plant("namespaces", "", namespace, ["spec": ["finalizers": ["kubernetes"]]])
        }
        for (name, rules) in BuiltInRoles.roles {
            plant(
                "clusterroles.rbac.authorization.k8s.io", "", name,
                ["metadata": Self.bootstrap, "rules": .array(rules)])
        }
        for (role, groups) in BuiltInRoles.bindings {
            plant(
                "clusterrolebindings.rbac.authorization.k8s.io", "", role,
                [
                    "metadata": Self.bootstrap,
                    "roleRef": [
                        "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role),
                    ],
                    "subjects": .array(
                        groups.map {
                            ["apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": .string($0)]
                        }),
                ])
        }
        for (index, name) in settings.storageClasses.enumerated() {
            var metadata: JSON = [:]
            if index == 0 { metadata["annotations"] = ["storageclass.kubernetes.io/is-default-class": "true"] }
            plant(
                "storageclasses.storage.k8s.io", "", name,
                [
                    "metadata": metadata, "provisioner": "disk.csi.azure.com", "allowVolumeExpansion": true,
                    "volumeBindingMode": "WaitForFirstConsumer",
                ])
        }
        for (name, value) in [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)] {
            plant("priorityclasses.scheduling.k8s.io", "", name, ["value": .int(value), "globalDefault": false])
        }
        syncNodes()
        plant(
            "services", "default", "kubernetes",
            [
                "metadata": ["labels": ["component": "apiserver", "provider": "kubernetes"]],
                "spec": [
                    "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"],
                    "ports": [["name": "https", "port": 443, "targetPort": 6443]],
                ],
            ])
    }

    private static let bootstrap: JSON = [
        "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"],
        "annotations": ["rbac.authorization.kubernetes.io/autoupdate": "true"],
    ]

    /// Makes the nodes those of the settings: a cluster that was scaled has other ones.
    mutating func syncNodes() {
        let pool = settings.nodes
        let names = (0..<pool.count).map { "\(identity.name)-nodepool1-\($0)" }
        for node in objects("nodes") where !names.contains(node.name) {
            remove(ObjectKey(kind: "nodes", namespace: "", name: node.name))
        }
        for (index, name) in names.enumerated() where object("nodes", "", name) == nil {
            let amounts: JSON = ["cpu": .string(pool.cpu), "memory": .string(pool.memory), "pods": "110"]
            plant(
                "nodes", "", name,
                [
                    "metadata": [
                        "labels": [
                            "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux",
                            "kubernetes.io/arch": "amd64", "agentpool": "nodepool1",
                            "node.kubernetes.io/instance-type": .string(pool.size),
                        ]
                    ],
                    "spec": ["podCIDR": .string("10.244.\(index).0/24")],
                    "status": [
                        "capacity": amounts, "allocatable": amounts,
                        "addresses": [
                            ["type": "InternalIP", "address": .string("10.224.0.\(index + 4)")],
                            ["type": "Hostname", "address": .string(name)],
                        ],
                        "conditions": [
                            [
                                "type": "Ready", "status": "True", "reason": "KubeletReady",
                                "message": "kubelet is posting ready status", "lastTransitionTime": .string(timestamp),
                                "lastHeartbeatTime": .string(timestamp),
                            ]
                        ],
                        "nodeInfo": [
                            "kubeletVersion": .string(Discovery.version), "osImage": "aula sandbox",
                            "containerRuntimeVersion": "sandbox://1", "kernelVersion": "sandbox",
                            "architecture": "amd64",
                            "operatingSystem": "linux",
                        ],
                    ],
                ])
        }
    }

    /// Stores an object that nobody wrote, with identity and defaults.
    @discardableResult
    mutating func plant(_ kindID: String, _ namespace: String, _ name: String, _ content: JSON) -> JSON? {
        guard let kind = table.kind(id: kindID) else { return nil }
        let key = ObjectKey(kind: kindID, namespace: namespace, name: name)
        var object = content
        object[["metadata", "name"]] = .string(name)
        if !namespace.isEmpty { object[["metadata", "namespace"]] = .string(namespace) }
        stamp(&object, kind)
        Defaults.fill(&object, kind)
        if object["status"] == nil { object["status"] = initialStatus(object, kind) }
        return put(finished(object, kind), key)
    }
}
