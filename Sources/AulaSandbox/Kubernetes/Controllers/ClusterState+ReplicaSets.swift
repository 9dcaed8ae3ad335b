import AulaModel
import Foundation

extension ClusterState {
    /// The pods that `owner` controls and that are not over.
    func pods(of owner: JSON) -> [JSON] {
        objects("pods", in: owner.namespace).filter { pod in
            let phase = pod[["status", "phase"]]?.string
            return pod.controllerUID == owner.uid && !pod.isBeingDeleted && phase != "Succeeded" && phase != "Failed"
        }
    }

    /// A pod from the template of its owner.
    func pod(from owner: JSON, name: String? = nil, labels: [String: String] = [:]) -> JSON {
        let template = owner[["spec", "template"]] ?? [:]
        var metadata = template.metadata
        metadata["namespace"] = .string(owner.namespace)
        if let name { metadata["name"] = .string(name) } else { metadata["generateName"] = .string(owner.name + "-") }
        for (label, value) in labels { metadata[["labels", label]] = .string(value) }
        metadata["ownerReferences"] = Self.owned(by: owner)
        return ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"] ?? [:]]
    }

    /// Keeps as many pods as a replica set wants.
    mutating func reconcileReplicaSet(_ set: JSON, _ key: ObjectKey) {
        guard !set.isBeingDeleted else { return }
        let wanted = set[["spec", "replicas"]]?.int ?? 1
        let live = pods(of: set)
        var refusal: APIStatus?
        if live.count < wanted {
            for _ in live.count..<wanted where refusal == nil {
                refusal = make(pod(from: set), "pods", in: key.namespace)
            }
        } else if live.count > wanted {
            let victims = live.sorted { !Self.isReady($0) && Self.isReady($1) }.prefix(live.count - wanted)
            for pod in victims { discard(pod, ObjectKey(kind: "pods", namespace: key.namespace, name: pod.name)) }
        }
        if let refusal {
            report(set, "Warning", "FailedCreate", "Error creating: \(refusal.message)", from: "replicaset-controller")
            enqueue(key, after: 1)
        }
        count(set, key, refusal)
    }

    private mutating func count(_ set: JSON, _ key: ObjectKey, _ refusal: APIStatus?) {
        let live = pods(of: set)
        let ready = live.filter(Self.isReady).count
        var status = set["status"] ?? [:]
        status["replicas"] = .int(live.count)
        status["fullyLabeledReplicas"] = .int(live.count)
        status["readyReplicas"] = .int(ready)
        status["availableReplicas"] = .int(ready)
        status["observedGeneration"] = set[["metadata", "generation"]]
        var conditions = status.items("conditions").filter { $0["type"] != "ReplicaFailure" || refusal != nil }
        if let refusal { setCondition(&conditions, "ReplicaFailure", true, "FailedCreate", refusal.message) }
        status["conditions"] = .array(conditions)
        writeStatus(status, set, key)
    }

    /// Writes a workload's status a moment after it changed, as a controller that watches does.
    mutating func writeStatus(_ status: JSON, _ object: JSON, _ key: ObjectKey) {
        guard let kind = table.kind(id: key.kind) else { return }
        var new = object
        new["status"] = status
        guard finished(new, kind)["status"] != object["status"] else { return endWait("status", object, key) }
        guard hasWaited(0.05, "status", object, key) else { return }
        endWait("status", object, key)
        control(key, subresource: "status") { $0["status"] = status }
    }
}
