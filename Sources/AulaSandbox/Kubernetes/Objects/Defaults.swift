import AulaModel
import Foundation

/// What the server fills in where a writer says nothing, kind by kind.
enum Defaults {
    static func fill(_ object: inout JSON, _ kind: Kind) {
        switch kind.id {
        case "namespaces":
            object.setDefault(["spec", "finalizers"], ["kubernetes"])
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
        case "horizontalpodautoscalers.autoscaling": object.setDefault(["spec", "minReplicas"], 1)
        case "storageclasses.storage.k8s.io":
            object.setDefault(["reclaimPolicy"], "Delete")
            object.setDefault(["volumeBindingMode"], "Immediate")
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
            object.setDefault(["roleRef", "apiGroup"], "rbac.authorization.k8s.io")
            object.editItems(["subjects"]) {
                if $0["kind"]?.string != "ServiceAccount" { $0.setDefault(["apiGroup"], "rbac.authorization.k8s.io") }
            }
        default: WorkloadDefaults.fill(&object, kind)
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
        } else {
            object[["spec", "externalTrafficPolicy"]] = nil
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
