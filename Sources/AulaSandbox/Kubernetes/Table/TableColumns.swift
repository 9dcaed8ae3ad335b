import AulaModel

extension [TableColumn] {
    static func text(_ name: String, _ path: [String], priority: Int = 0, empty: String = "") -> TableColumn {
        TableColumn(name: name, priority: priority) { object in
            switch object[path] {
            case .string(let text): .string(text)
            case .int(let number): .string(String(number))
            case .bool(let flag): .string(String(flag))
            default: .string(empty)
            }
        }
    }

    static func number(_ name: String, _ path: [String]) -> TableColumn {
        TableColumn(name: name, type: "integer") { .int($0[path]?.int ?? 0) }
    }

    static func column(
        _ name: String, type: String = "string", priority: Int = 0, _ cell: @escaping @Sendable (JSON) -> String
    ) -> TableColumn {
        TableColumn(name: name, type: type, priority: priority) { .string(cell($0)) }
    }

    static func joined(_ values: [String], empty: String = "<none>") -> String {
        values.isEmpty ? empty : values.joined(separator: ",")
    }

    static func selector(_ labels: JSON?) -> String {
        joined((labels?.object?.members ?? []).map { "\($0.key)=\($0.value.string ?? "")" })
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
    static let priorityClass = [
        number("Value", ["value"]),
        TableColumn(name: "Global-Default", type: "boolean") { $0["globalDefault"] ?? false },
        text("PreemptionPolicy", ["preemptionPolicy"]),
    ]
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
