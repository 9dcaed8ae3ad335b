import AulaModel
import Foundation

extension ClusterState {
    /// Gives a new object its identity.
    func stamp(_ object: inout JSON, _ kind: Kind) {
        object["apiVersion"] = .string(kind.apiVersion)
        object["kind"] = .string(kind.name)
        object[["metadata", "uid"]] = .string(UUID().uuidString.lowercased())
        object[["metadata", "creationTimestamp"]] = .string(timestamp)
        object[["metadata", "generation"]] = kind.hasGeneration ? 1 : nil
    }

    /// The status that an object has before any controller saw it; nil for kinds without one.
    func initialStatus(_ object: JSON, _ kind: Kind) -> JSON? {
        guard kind.subresources.contains(where: { $0.name == "status" }) else { return nil }
        switch kind.id {
        case "namespaces": return ["phase": "Active"]
        case "persistentvolumeclaims", "persistentvolumes": return ["phase": "Pending"]
        case "pods": return ["phase": "Pending", "qosClass": .string(Self.serviceClass(object))]
        default: return [:]
        }
    }

    /// The object as the server's types write it.
    func finished(_ object: JSON, _ kind: Kind) -> JSON {
        guard let type = kind.type else { return object }
        return Canonical.form(object, type)
    }

    private static func serviceClass(_ pod: JSON) -> String {
        let resources = pod.items("spec", "containers").map { $0["resources"] ?? [:] }
        if resources.allSatisfy({ $0.members("requests").isEmpty && $0.members("limits").isEmpty }) {
            return "BestEffort"
        }
        let isGuaranteed = resources.allSatisfy { resource in
            ["cpu", "memory"].allSatisfy { name in
                guard let limit = resource[["limits", name]]?.string.flatMap(Quantity.init) else { return false }
                return resource[["requests", name]]?.string.flatMap(Quantity.init) == limit
            }
        }
        return isGuaranteed ? "Guaranteed" : "Burstable"
    }

    /// What admission adds to a new object: addresses, finalizers, a storage class, limits and tolerations.
    mutating func admit(_ object: inout JSON, _ kind: Kind) {
        switch kind.id {
        case "services": allocate(&object)
        case "persistentvolumeclaims":
            if !object.finalizers.contains(Self.claimProtection) {
                object.setFinalizers(object.finalizers + [Self.claimProtection])
            }
            if let name = defaultStorageClass { object.setDefault(["spec", "storageClassName"], .string(name)) }
        case "pods":
            limitContainers(&object)
            tolerate(&object)
            object.setDefault(["spec", "priority"], 0)
            object.setDefault(["spec", "preemptionPolicy"], "PreemptLowerPriority")
        default: break
        }
    }

    static let claimProtection = "kubernetes.io/pvc-protection"

    var defaultStorageClass: String? {
        objects("storageclasses.storage.k8s.io").first {
            $0.annotation("storageclass.kubernetes.io/is-default-class") == "true"
        }?.name
    }

    /// Gives a service its addresses and node ports, keeping those that it has.
    mutating func allocate(_ service: inout JSON) {
        let type = service[["spec", "type"]]?.string
        guard type != "ExternalName" else { return }
        if service[["spec", "clusterIP"]]?.string?.isEmpty ?? true {
            service[["spec", "clusterIP"]] = .string(addresses.service())
        }
        if let address = service[["spec", "clusterIP"]] { service[["spec", "clusterIPs"]] = [address] }
        guard type == "NodePort" || type == "LoadBalancer" else { return }
        var pool = addresses
        service.editItems(["spec", "ports"]) { port in
            if port["nodePort"]?.int ?? 0 == 0 { port["nodePort"] = .int(pool.nodePort()) }
        }
        addresses = pool
    }

    private func tolerate(_ pod: inout JSON) {
        var tolerations = pod.items("spec", "tolerations")
        for name in ["not-ready", "unreachable"] {
            let key = "node.kubernetes.io/\(name)"
            guard !tolerations.contains(where: { $0["key"]?.string == key || $0["key"] == nil }) else { continue }
            tolerations.append([
                "key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300,
            ])
        }
        pod[["spec", "tolerations"]] = .array(tolerations)
    }

    /// A limit range's defaults for containers that say nothing.
    private func limitContainers(_ pod: inout JSON) {
        let limits = objects("limitranges", in: pod.namespace).flatMap { $0.items("spec", "limits") }
            .filter { $0["type"] == "Container" }
        guard !limits.isEmpty else { return }
        for list in ["containers", "initContainers"] {
            pod.editItems(["spec", list]) { container in
                for limit in limits {
                    for member in limit.members("default") {
                        container.setDefault(["resources", "limits", member.key], member.value)
                    }
                    for member in limit.members("defaultRequest") {
                        container.setDefault(["resources", "requests", member.key], member.value)
                    }
                }
            }
        }
    }

    /// A limit range's bounds that a pod breaks, in the words of the server.
    func limitViolations(_ pod: JSON) -> [String] {
        var found: [String] = []
        for limit in objects("limitranges", in: pod.namespace).flatMap({ $0.items("spec", "limits") })
        where limit["type"] == "Container" {
            for container in pod.items("spec", "containers") {
                for (bound, list, sign) in [("max", "limits", 1), ("min", "requests", -1)] {
                    for member in limit.members(bound) {
                        guard let border = member.value.string.flatMap(Quantity.init) else { continue }
                        guard let text = container[["resources", list, member.key]]?.string,
                            let value = Quantity(text)
                        else {
                            found.append(
                                "\(bound == "max" ? "maximum" : "minimum") \(member.key) usage per Container is "
                                    + "\(border.canonical).  No \(list == "limits" ? "limit" : "request") is specified")
                            continue
                        }
                        if sign > 0 ? value > border : value < border {
                            found.append(
                                "\(bound == "max" ? "maximum" : "minimum") \(member.key) usage per Container is "
                                    + "\(border.canonical), but \(list == "limits" ? "limit" : "request") is \(text)")
                        }
                    }
                }
            }
        }
        return found
    }
}
