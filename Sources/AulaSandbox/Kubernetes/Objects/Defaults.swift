import AulaModel
import Foundation

/// What the server fills in where a writer says nothing, kind by kind.
enum Defaults {
    static func fill(_ object: inout JSON, _ kind: Kind) {
        switch kind.id {
        case "namespaces":
            object[["metadata", "labels", "kubernetes.io/metadata.name"]] = .string(object.name)
        case "pods":
            PodDefaults.fill(&object, at: ["spec"])
            object.setDefault(["spec", "enableServiceLinks"], true)
        case "podtemplates": PodDefaults.fill(&object, at: ["template", "spec"])
        case "secrets": secret(&object)
        case "services": service(&object)
        case "persistentvolumeclaims": object.setDefault(["spec", "volumeMode"], "Filesystem")
        case "persistentvolumes":
            object.setDefault(["spec", "volumeMode"], "Filesystem")
            object.setDefault(["spec", "persistentVolumeReclaimPolicy"], "Retain")
        case "limitranges": object.editItems(["spec", "limits"], limitRangeItem)
        case "networkpolicies.networking.k8s.io": networkPolicy(&object)
        case "horizontalpodautoscalers.autoscaling": autoscaler(&object)
        case "storageclasses.storage.k8s.io":
            object.setDefault(["reclaimPolicy"], "Delete")
            object.setDefault(["volumeBindingMode"], "Immediate")
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
            object.setDefault(["roleRef", "apiGroup"], "rbac.authorization.k8s.io")
            object.editItems(["subjects"]) {
                if $0["kind"]?.string != "ServiceAccount" { $0.setDefault(["apiGroup"], "rbac.authorization.k8s.io") }
            }
        case Definition.kindID: Definition.fill(&object)
        case "priorityclasses.scheduling.k8s.io": object.setDefault(["preemptionPolicy"], "PreemptLowerPriority")
        default:
            if let schema = kind.schema { return StructuralSchema(schema).fill(&object) }
            WorkloadDefaults.fill(&object, kind)
        }
    }

    private static func secret(_ object: inout JSON) {
        object.setDefault(["type"], "Opaque")
        for member in object.members("stringData") {
            object[["data", member.key]] = member.value.string.map {
                .string(Data($0.utf8).base64EncodedString())
            }
        }
        object["stringData"] = nil
    }

    private static func service(_ object: inout JSON) {
        object.setDefault(["spec", "type"], "ClusterIP")
        object.setDefault(["spec", "sessionAffinity"], "None")
        let type = object[["spec", "type"]]?.string
        if object[["spec", "sessionAffinity"]] == "ClientIP" {
            object.setDefault(["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"], 10_800)
        }
        if type != "ExternalName" {
            object.setDefault(["spec", "ipFamilies"], ["IPv4"])
            object.setDefault(["spec", "ipFamilyPolicy"], "SingleStack")
            object.setDefault(["spec", "internalTrafficPolicy"], "Cluster")
        }
        if type == "LoadBalancer" || type == "NodePort" {
            object.setDefault(["spec", "externalTrafficPolicy"], "Cluster")
        }
        if type == "LoadBalancer" { object.setDefault(["spec", "allocateLoadBalancerNodePorts"], true) }
        object.editItems(["spec", "ports"]) { port in
            port.setDefault(["protocol"], "TCP")
            if let number = port["port"], port["targetPort"] == nil || port["targetPort"] == 0 {
                port["targetPort"] = number
            }
        }
    }

    private static func limitRangeItem(_ item: inout JSON) {
        guard item["type"]?.string == "Container" else { return }
        for (source, destination) in [("max", "default"), ("default", "defaultRequest"), ("min", "defaultRequest")] {
            for member in item.members(source) { item.setDefault([destination, member.key], member.value) }
        }
    }

    /// Without a metric an autoscaler aims at 80 % of the requested CPU; a behavior is completed where there is one.
    private static func autoscaler(_ object: inout JSON) {
        object.setDefault(["spec", "minReplicas"], 1)
        object.setDefault(
            ["spec", "metrics"],
            [
                [
                    "type": "Resource",
                    "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
                ]
            ])
        object.edit(["spec", "behavior"]) { behavior in
            behavior.setDefault(["scaleUp", "stabilizationWindowSeconds"], 0)
            for (name, policies) in [
                ("scaleUp", [("Pods", 4, 15), ("Percent", 100, 15)]), ("scaleDown", [("Percent", 100, 15)]),
            ] {
                behavior.setDefault([name, "selectPolicy"], "Max")
                behavior.setDefault(
                    [name, "policies"],
                    .array(
                        policies.map {
                            ["type": .string($0.0), "value": .int($0.1), "periodSeconds": .int($0.2)]
                        }))
            }
        }
    }

    private static func networkPolicy(_ object: inout JSON) {
        let types: JSON = object[["spec", "egress"]] == nil ? ["Ingress"] : ["Ingress", "Egress"]
        object.setDefault(["spec", "policyTypes"], types)
        for direction in ["ingress", "egress"] {
            object.editItems(["spec", direction]) { rule in
                rule.editItems(["ports"]) { $0.setDefault(["protocol"], "TCP") }
            }
        }
    }
}
