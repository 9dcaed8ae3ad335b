import AulaModel
import Foundation

extension ClusterState {
    /// Binds a claim, and lets one go that is being deleted and used by no pod.
    mutating func reconcileClaim(_ claim: JSON, _ key: ObjectKey) {
        if claim.isBeingDeleted {
            guard !settings.disabledControllers.contains(.claimProtection), !isUsed(claim) else { return }
            let volume = claim[["spec", "volumeName"]]?.string
            control(key) { $0.setFinalizers($0.finalizers.filter { $0 != Self.claimProtection }) }
            if object(key) == nil, let volume { reclaim(volume) }
            return
        }
        let volumeClass = claim[["spec", "storageClassName"]]?.string ?? ""
        if claim[["status", "phase"]] == "Bound" { return grow(claim, key) }
        guard let storage = object("storageclasses.storage.k8s.io", "", volumeClass) else { return }
        let waits = storage["volumeBindingMode"] == "WaitForFirstConsumer"
        guard !waits || isPlaced(claim) else { return }
        bind(claim, key, storage)
    }

    private func users(of claim: JSON) -> [JSON] {
        objects("pods", in: claim.namespace).filter { pod in
            pod.items("spec", "volumes").contains {
                $0[["persistentVolumeClaim", "claimName"]]?.string == claim.name
            }
        }
    }

    private func isUsed(_ claim: JSON) -> Bool { !users(of: claim).isEmpty }

    private func isPlaced(_ claim: JSON) -> Bool {
        users(of: claim).contains { $0[["spec", "nodeName"]] != nil }
    }

    private mutating func bind(_ claim: JSON, _ key: ObjectKey, _ storage: JSON) {
        let name = "pvc-\(claim.uid)"
        let size = claim[["spec", "resources", "requests", "storage"]] ?? "1Gi"
        let modes = claim[["spec", "accessModes"]] ?? []
        plant(
            "persistentvolumes", "", name,
            [
                "metadata": [
                    "annotations": ["pv.kubernetes.io/provisioned-by": storage["provisioner"] ?? ""],
                    "finalizers": ["kubernetes.io/pv-protection"],
                ],
                "spec": [
                    "capacity": ["storage": size], "accessModes": modes,
                    "persistentVolumeReclaimPolicy": storage["reclaimPolicy"] ?? "Delete",
                    "storageClassName": .string(storage.name),
                    "claimRef": [
                        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": .string(claim.name),
                        "namespace": .string(claim.namespace), "uid": .string(claim.uid),
                    ],
                    "csi": ["driver": storage["provisioner"] ?? "", "volumeHandle": .string(name)],
                ],
                "status": ["phase": "Bound"],
            ])
        control(key) {
            $0[["spec", "volumeName"]] = .string(name)
            $0[["metadata", "annotations", "pv.kubernetes.io/bind-completed"]] = "yes"
        }
        control(key, subresource: "status") {
            $0["status"] = ["phase": "Bound", "accessModes": modes, "capacity": ["storage": size]]
        }
    }

    /// - Throws: 403 for a claim that wants to grow and whose class does not let it (the server's admission plugin
    ///   PersistentVolumeClaimResize).
    func checkExpansion(_ claim: JSON, replacing old: JSON, _ kind: Kind) throws(APIStatus) {
        guard kind.id == "persistentvolumeclaims", let before = Immutability.storage(old),
            let after = Immutability.storage(claim), after > before
        else { return }
        let storage = object("storageclasses.storage.k8s.io", "", claim[["spec", "storageClassName"]]?.string ?? "")
        guard storage?["allowVolumeExpansion"] != true else { return }
        throw .forbidden(
            kind, claim.name,
            "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support "
                + "resize")
    }

    private mutating func grow(_ claim: JSON, _ key: ObjectKey) {
        guard let wanted = claim[["spec", "resources", "requests", "storage"]],
            claim[["status", "capacity", "storage"]] != wanted
        else { return }
        control(key, subresource: "status") { $0[["status", "capacity", "storage"]] = wanted }
        let volume = claim[["spec", "volumeName"]]?.string ?? ""
        control(ObjectKey(kind: "persistentvolumes", namespace: "", name: volume)) {
            $0[["spec", "capacity", "storage"]] = wanted
        }
    }

    private mutating func reclaim(_ name: String) {
        let key = ObjectKey(kind: "persistentvolumes", namespace: "", name: name)
        guard let volume = object(key) else { return }
        if volume[["spec", "persistentVolumeReclaimPolicy"]] == "Delete" {
            remove(key)
        } else {
            control(key, subresource: "status") { $0[["status", "phase"]] = "Released" }
        }
    }
}
