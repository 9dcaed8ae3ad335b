import AulaModel

extension [TableColumn] {
    private static func text(_ name: String, _ path: [String], priority: Int = 0, empty: String = "") -> TableColumn {
        TableColumn(name: name, priority: priority) { object in
            switch object[path] {
            case .string(let text): .string(text)
            case .int(let number): .string(String(number))
            case .bool(let flag): .string(String(flag))
            default: .string(empty)
            }
        }
    }

    private static func number(_ name: String, _ path: [String]) -> TableColumn {
        TableColumn(name: name, type: "integer") { .int($0[path]?.int ?? 0) }
    }

    private static func column(
        _ name: String, type: String = "string", priority: Int = 0, _ cell: @escaping @Sendable (JSON) -> String
    ) -> TableColumn {
        TableColumn(name: name, type: type, priority: priority) { .string(cell($0)) }
    }

    private static func joined(_ values: [String], empty: String = "<none>") -> String {
        values.isEmpty ? empty : values.joined(separator: ",")
    }

    private static func selector(_ labels: JSON?) -> String {
        joined((labels?.object?.members ?? []).map { "\($0.key)=\($0.value.string ?? "")" })
    }

    private static var podTemplate: [TableColumn] {
        [
            column("Containers", priority: 1) { object in
                joined(object.items("spec", "template", "spec", "containers").compactMap { $0["name"]?.string })
            },
            column("Images", priority: 1) { object in
                joined(object.items("spec", "template", "spec", "containers").compactMap { $0["image"]?.string })
            },
            column("Selector", priority: 1) { selector($0[["spec", "selector", "matchLabels"]]) },
        ]
    }

    static let namespace = [
        TableColumn(name: "Status", description: "The status of the namespace") {
            $0[["status", "phase"]] ?? .null
        }
    ]
    static let configMap = [
        TableColumn(name: "Data", type: "string") { .int($0.members("data").count + $0.members("binaryData").count) }
    ]
    static let secret = [
        text("Type", ["type"]), TableColumn(name: "Data", type: "string") { .int($0.members("data").count) },
    ]
    static let serviceAccount = [TableColumn(name: "Secrets", type: "string") { .int($0.items("secrets").count) }]
    static let createdAt = [text("Created At", ["metadata", "creationTimestamp"])]
    static let lease = [text("Holder", ["spec", "holderIdentity"])]
    static let storageClass = [
        text("Provisioner", ["provisioner"]), text("ReclaimPolicy", ["reclaimPolicy"]),
        text("VolumeBindingMode", ["volumeBindingMode"]),
        text("AllowVolumeExpansion", ["allowVolumeExpansion"], empty: "false"),
    ]
    static let ingressClass = [
        text("Controller", ["spec", "controller"]), column("Parameters") { _ in "<none>" },
    ]
    static let binding = [
        column("Role") { object in
            "\(object[["roleRef", "kind"]]?.string ?? "")/\(object[["roleRef", "name"]]?.string ?? "")"
        }, subjects("Users", "User"), subjects("Groups", "Group"), subjects("ServiceAccounts", "ServiceAccount"),
    ]

    private static func subjects(_ name: String, _ kind: String) -> TableColumn {
        column(name, priority: 1) { object in
            object.items("subjects").filter { $0["kind"]?.string == kind }.map { subject in
                (subject["namespace"]?.string.map { $0 + "/" } ?? "") + (subject["name"]?.string ?? "")
            }.joined(separator: ", ")
        }
    }
    static let networkPolicy = [
        column("Pod-Selector") { selector($0[["spec", "podSelector", "matchLabels"]]) }
    ]
    static let quota = [
        column("Request") { use($0) { !$0.hasPrefix("limits.") } },
        column("Limit") { use($0) { $0.hasPrefix("limits.") } },
    ]

    private static func use(_ quota: JSON, _ isShown: (String) -> Bool) -> String {
        quota.members("status", "hard").filter { isShown($0.key) }.map { member in
            let used = quota[["status", "used", member.key]]?.string ?? "0"
            return "\(member.key): \(used)/\(member.value.string ?? "")"
        }.joined(separator: ", ")
    }

    static let claim = [
        text("Status", ["status", "phase"]), text("Volume", ["spec", "volumeName"]),
        text("Capacity", ["status", "capacity", "storage"]),
        column("Access Modes") { modes($0.strings("status", "accessModes")) },
        text("StorageClass", ["spec", "storageClassName"]),
        text("VolumeAttributesClass", ["spec", "volumeAttributesClassName"], empty: "<unset>"),
        text("VolumeMode", ["spec", "volumeMode"], priority: 1),
    ]
    static let volume = [
        text("Capacity", ["spec", "capacity", "storage"]),
        column("Access Modes") { modes($0.strings("spec", "accessModes")) },
        text("Reclaim Policy", ["spec", "persistentVolumeReclaimPolicy"]), text("Status", ["status", "phase"]),
        column("Claim") { object in
            let claim = object[["spec", "claimRef"]]
            return claim.map { "\($0["namespace"]?.string ?? "")/\($0["name"]?.string ?? "")" } ?? ""
        },
        text("StorageClass", ["spec", "storageClassName"]),
    ]

    private static func modes(_ modes: [String]) -> String {
        let short = ["ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"]
        return modes.map { short[$0] ?? $0 }.joined(separator: ",")
    }

    static let service = [
        text("Type", ["spec", "type"]), text("Cluster-IP", ["spec", "clusterIP"], empty: "<none>"),
        column("External-IP") { object in
            let addresses = object.items("status", "loadBalancer", "ingress").compactMap {
                $0["ip"]?.string ?? $0["hostname"]?.string
            }
            if object[["spec", "type"]] == "LoadBalancer" { return joined(addresses, empty: "<pending>") }
            return object[["spec", "externalName"]]?.string ?? "<none>"
        },
        column("Port(s)") { object in
            joined(
                object.items("spec", "ports").map { port in
                    let node = port["nodePort"]?.int.map { ":\($0)" } ?? ""
                    return "\(port["port"]?.int ?? 0)\(node)/\(port["protocol"]?.string ?? "TCP")"
                })
        },
        column("Selector", priority: 1) { selector($0[["spec", "selector"]]) },
    ]
    static let endpoints = [
        column("Endpoints") { object in
            joined(
                object.items("subsets").flatMap { subset in
                    subset.items("addresses").compactMap { $0["ip"]?.string }
                })
        }
    ]
    static let endpointSlice = [
        text("AddressType", ["addressType"]),
        column("Ports") { object in joined(object.items("ports").compactMap { $0["port"]?.int.map(String.init) }) },
        column("Endpoints") { object in joined(object.items("endpoints").flatMap { $0.strings("addresses") }) },
    ]
    static let deployment =
        [
            column("Ready") { object in
                "\(object[["status", "readyReplicas"]]?.int ?? 0)/\(object[["spec", "replicas"]]?.int ?? 0)"
            },
            number("Up-to-date", ["status", "updatedReplicas"]), number("Available", ["status", "availableReplicas"]),
        ] + podTemplate
    static let replicaSet =
        [
            number("Desired", ["spec", "replicas"]), number("Current", ["status", "replicas"]),
            number("Ready", ["status", "readyReplicas"]),
        ] + podTemplate
    static let statefulSetColumns =
        [
            column("Ready") { object in
                "\(object[["status", "readyReplicas"]]?.int ?? 0)/\(object[["spec", "replicas"]]?.int ?? 0)"
            }
        ] + podTemplate.filter { $0.name != "Selector" }
    static let daemonSet =
        [
            number("Desired", ["status", "desiredNumberScheduled"]),
            number("Current", ["status", "currentNumberScheduled"]), number("Ready", ["status", "numberReady"]),
            number("Up-to-date", ["status", "updatedNumberScheduled"]),
            number("Available", ["status", "numberAvailable"]),
            column("Node Selector") { selector($0[["spec", "template", "spec", "nodeSelector"]]) },
        ] + podTemplate
    static let pod = [
        column("Ready") { object in
            let statuses = object.items("status", "containerStatuses")
            return "\(statuses.filter { $0["ready"] == true }.count)/\(object.items("spec", "containers").count)"
        },
        column("Status", podStatus),
        column("Restarts") { object in
            String(object.items("status", "containerStatuses").reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) })
        },
        text("IP", ["status", "podIP"], priority: 1, empty: "<none>"),
        text("Node", ["spec", "nodeName"], priority: 1, empty: "<none>"),
        text("Nominated Node", ["status", "nominatedNodeName"], priority: 1, empty: "<none>"),
        column("Readiness Gates", priority: 1) { _ in "<none>" },
    ]

    /// As kubectl's users know it: the waiting or terminated container's reason before the phase.
    @Sendable private static func podStatus(_ object: JSON) -> String {
        if object.isBeingDeleted { return "Terminating" }
        for status in object.items("status", "containerStatuses") {
            if let reason = status[["state", "waiting", "reason"]]?.string { return reason }
            if let reason = status[["state", "terminated", "reason"]]?.string { return reason }
        }
        return object[["status", "reason"]]?.string ?? object[["status", "phase"]]?.string ?? ""
    }

    static let node = [
        column("Status") { object in
            let ready = object.items("status", "conditions").contains {
                $0["type"] == "Ready" && $0["status"] == "True"
            }
            return ready ? "Ready" : "NotReady"
        },
        column("Roles") { _ in "<none>" },
        text("Version", ["status", "nodeInfo", "kubeletVersion"]),
    ]
    static let jobColumns =
        [
            column("Status") { object in
                let held = object.items("status", "conditions").filter { $0["status"] == "True" }.compactMap {
                    $0["type"]?.string
                }
                return ["Complete", "Failed"].first(where: held.contains) ?? "Running"
            },
            column("Completions") { object in
                "\(object[["status", "succeeded"]]?.int ?? 0)/\(object[["spec", "completions"]]?.int ?? 1)"
            },
            column("Duration") { object in
                guard let start = KubernetesTime.date(object[["status", "startTime"]]?.string),
                    let end = KubernetesTime.date(object[["status", "completionTime"]]?.string)
                else { return "" }
                return KubernetesTime.age(start, end)
            },
        ] + podTemplate
    static let priorityClass = [
        number("Value", ["value"]),
        TableColumn(name: "Global-Default", type: "boolean") { $0["globalDefault"] ?? false },
        text("PreemptionPolicy", ["preemptionPolicy"]),
    ]
    static let cronJob =
        [
            text("Schedule", ["spec", "schedule"]), text("Timezone", ["spec", "timeZone"], empty: "<none>"),
            TableColumn(name: "Suspend", type: "boolean") { $0[["spec", "suspend"]] ?? false },
            TableColumn(name: "Active", type: "integer") { .int($0.items("status", "active").count) },
            column("Last Schedule") { _ in "<none>" },
        ] + podTemplate
    static let autoscaler = [
        column("Reference") { object in
            let target = object[["spec", "scaleTargetRef"]]
            return "\(target?["kind"]?.string ?? "")/\(target?["name"]?.string ?? "")"
        },
        column("Targets") { _ in "<unknown>" }, text("MinPods", ["spec", "minReplicas"]),
        text("MaxPods", ["spec", "maxReplicas"]), text("Replicas", ["status", "currentReplicas"], empty: "0"),
    ]
    static let disruptionBudget = [
        text("Min Available", ["spec", "minAvailable"], empty: "N/A"),
        text("Max Unavailable", ["spec", "maxUnavailable"], empty: "N/A"),
        number("Allowed Disruptions", ["status", "disruptionsAllowed"]),
    ]
    static let ingress = [
        text("Class", ["spec", "ingressClassName"], empty: "<none>"),
        column("Hosts") { object in
            joined(object.items("spec", "rules").compactMap { $0["host"]?.string }, empty: "*")
        },
        column("Address") { object in
            joined(object.items("status", "loadBalancer", "ingress").compactMap { $0["ip"]?.string }, empty: "")
        },
        column("Ports") { object in object.items("spec", "tls").isEmpty ? "80" : "80, 443" },
    ]
    static let event = [
        text("Last Seen", ["lastTimestamp"]), text("Type", ["type"]), text("Reason", ["reason"]),
        column("Object") { object in
            let about = object["involvedObject"]
            return "\(about?["kind"]?.string?.lowercased() ?? "")/\(about?["name"]?.string ?? "")"
        },
        text("Subobject", ["involvedObject", "fieldPath"], priority: 1),
        text("Source", ["source", "component"], priority: 1), text("Message", ["message"]),
        text("First Seen", ["firstTimestamp"], priority: 1), text("Count", ["count"], priority: 1),
        TableColumn(name: "Name", priority: 1, format: "name") { .string($0.name) },
    ]
}
