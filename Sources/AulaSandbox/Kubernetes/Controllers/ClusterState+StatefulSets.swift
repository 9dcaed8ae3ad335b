import AulaModel
import Foundation

extension ClusterState {
    private static let hashLabel = "controller-revision-hash"

    /// Keeps a stateful set's claims and pods, one after the other.
    mutating func reconcileStatefulSet(_ set: JSON, _ key: ObjectKey) {
        guard !set.isBeingDeleted else { return }
        let wanted = set[["spec", "replicas"]]?.int ?? 1
        let revision = "\(set.name)-\(Fingerprint.of(set[["spec", "template"]] ?? [:]))"
        let isParallel = set[["spec", "podManagementPolicy"]] == "Parallel"
        for ordinal in 0..<max(0, wanted) {
            let name = "\(set.name)-\(ordinal)"
            guard let live = object("pods", key.namespace, name) else {
                makeClaims(set, name)
                let labels = [
                    Self.hashLabel: revision, "statefulset.kubernetes.io/pod-name": name,
                    "apps.kubernetes.io/pod-index": String(ordinal),
                ]
                if let refusal = make(statefulPod(set, name, labels), "pods", in: key.namespace) {
                    report(
                        set, "Warning", "FailedCreate", "create Pod \(name) failed error: \(refusal.message)",
                        from: "statefulset-controller")
                    enqueue(key, after: 1)
                    break
                }
                guard isParallel else { break }
                continue
            }
            if !isParallel, !Self.isReady(live) { break }
        }
        if set[["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"]] == "Delete" {
            for ordinal in 0..<max(0, wanted) { ownClaims(of: "\(set.name)-\(ordinal)", set, by: set) }
        }
        shrink(set, key, to: wanted)
        update(set, key, revision)
        let live = pods(of: set)
        let ready = live.filter(Self.isReady).count
        let updated = live.filter { $0.labels?[Self.hashLabel]?.string == revision }.count
        var status = set["status"] ?? [:]
        status["replicas"] = .int(live.count)
        status["readyReplicas"] = .int(ready)
        status["availableReplicas"] = .int(ready)
        status["updatedReplicas"] = .int(updated)
        status["currentReplicas"] = .int(updated)
        status["updateRevision"] = .string(revision)
        if updated == live.count { status["currentRevision"] = .string(revision) }
        status["observedGeneration"] = set[["metadata", "generation"]]
        status["collisionCount"] = 0
        writeStatus(status, set, key)
    }

    private func statefulPod(_ set: JSON, _ name: String, _ labels: [String: String]) -> JSON {
        var pod = pod(from: set, name: name, labels: labels)
        pod[["spec", "hostname"]] = .string(name)
        pod[["spec", "subdomain"]] = set[["spec", "serviceName"]]
        let claims = set.items("spec", "volumeClaimTemplates").map { template -> JSON in
            [
                "name": .string(template.name),
                "persistentVolumeClaim": ["claimName": .string("\(template.name)-\(name)")],
            ]
        }
        let names = claims.map { $0["name"] }
        let others = pod.items("spec", "volumes").filter { !names.contains($0["name"]) }
        if !claims.isEmpty { pod[["spec", "volumes"]] = .array(claims + others) }
        return pod
    }

    /// A pod's claims outlive it and its set: nobody owns them, unless the retention policy says so.
    private mutating func makeClaims(_ set: JSON, _ name: String) {
        for template in set.items("spec", "volumeClaimTemplates") {
            let claim = "\(template.name)-\(name)"
            guard object("persistentvolumeclaims", set.namespace, claim) == nil else { continue }
            var metadata = template.metadata
            metadata["name"] = .string(claim)
            metadata["namespace"] = .string(set.namespace)
            for member in set.members("spec", "selector", "matchLabels") {
                metadata[["labels", member.key]] = member.value
            }
            _ = make(
                ["metadata": metadata, "spec": template["spec"] ?? [:]], "persistentvolumeclaims", in: set.namespace)
        }
    }

    private mutating func shrink(_ set: JSON, _ key: ObjectKey, to wanted: Int) {
        let surplus = pods(of: set).filter { (Int($0.name.split(separator: "-").last ?? "") ?? 0) >= wanted }
        for pod in surplus {
            if set[["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"]] == "Delete" {
                ownClaims(of: pod.name, set, by: pod)
            }
            discard(pod, ObjectKey(kind: "pods", namespace: key.namespace, name: pod.name))
        }
    }

    /// Makes the claims of a pod go with `owner`.
    private mutating func ownClaims(of pod: String, _ set: JSON, by owner: JSON) {
        for template in set.items("spec", "volumeClaimTemplates") {
            let key = ObjectKey(
                kind: "persistentvolumeclaims", namespace: set.namespace, name: "\(template.name)-\(pod)")
            control(key) { $0[["metadata", "ownerReferences"]] = Self.owned(by: owner) }
        }
    }

    /// Replaces outdated pods from the last to the first, each when the others are ready.
    private mutating func update(_ set: JSON, _ key: ObjectKey, _ revision: String) {
        guard set[["spec", "updateStrategy", "type"]] == "RollingUpdate" else { return }
        let live = pods(of: set).sorted { $0.name > $1.name }
        guard live.count == set[["spec", "replicas"]]?.int ?? 1,
            let outdated = live.first(where: { $0.labels?[Self.hashLabel]?.string != revision }),
            live.allSatisfy({ $0.uid == outdated.uid || Self.isReady($0) })
        else { return }
        discard(outdated, ObjectKey(kind: "pods", namespace: key.namespace, name: outdated.name))
    }
}
