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
        case Definition.kindID: return Definition(object).firstStatus
        case "pods": return ["phase": "Pending", "qosClass": .string(Self.serviceClass(object))]
        default: return kind.isCustom ? nil : [:]
        }
    }

    /// The object as the server's types write it.
    func finished(_ object: JSON, _ kind: Kind) -> JSON {
        guard let type = kind.type else { return object }
        return Canonical.form(object, type)
    }

    static func serviceClass(_ pod: JSON) -> String {
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
    mutating func admit(_ object: inout JSON, _ kind: Kind) throws(APIStatus) {
        switch kind.id {
        case "namespaces": object.setDefault(["spec", "finalizers"], ["kubernetes"])
        case "services": try allocate(&object)
        case "persistentvolumeclaims":
            if !object.finalizers.contains(Self.claimProtection) {
                object.setFinalizers(object.finalizers + [Self.claimProtection])
            }
            if let name = defaultStorageClass { object.setDefault(["spec", "storageClassName"], .string(name)) }
        case "pods": try admitPod(&object, kind)
        case Definition.kindID: object.setFinalizers([Definition.finalizer])
        default: break
        }
    }

    static let claimProtection = "kubernetes.io/pvc-protection"

    var defaultStorageClass: String? {
        objects("storageclasses.storage.k8s.io").first {
            $0.annotation("storageclass.kubernetes.io/is-default-class") == "true"
        }?.name
    }
}
