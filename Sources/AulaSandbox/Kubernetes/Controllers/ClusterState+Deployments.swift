import AulaModel
import Foundation

extension ClusterState {
    private static let hashLabel = "pod-template-hash"
    private static let revisionAnnotation = "deployment.kubernetes.io/revision"

    /// Rolls a deployment's pods over to its template.
    mutating func reconcileDeployment(_ deployment: JSON, _ key: ObjectKey) {
        guard !deployment.isBeingDeleted else { return }
        let template = deployment[["spec", "template"]] ?? [:]
        let isPaused = deployment[["spec", "paused"]] == true
        if current(of: deployment, template) == nil, !isPaused { makeReplicaSet(deployment, key, template) }
        let sets = replicaSets(of: deployment)
        let newest = current(of: deployment, template)
        if let newest { raiseRevision(deployment, key, newest, sets) }
        let old = sets.filter { $0.uid != newest?.uid }
        if let newest {
            if deployment[["spec", "strategy", "type"]] == "Recreate" {
                recreate(deployment, newest, old)
            } else {
                roll(deployment, newest, old)
            }
            forget(old, deployment)
        }
        if let latest = object(key) { writeDeploymentStatus(latest, key) }
    }

    private func replicaSets(of deployment: JSON) -> [JSON] {
        objects("replicasets.apps", in: deployment.namespace).filter {
            $0.controllerUID == deployment.uid && !$0.isBeingDeleted
        }
    }

    private func current(of deployment: JSON, _ template: JSON) -> JSON? {
        replicaSets(of: deployment).first { set in
            var mine = set[["spec", "template"]] ?? [:]
            mine[["metadata", "labels", Self.hashLabel]] = nil
            return mine == template
        }
    }

    private static func revision(_ set: JSON) -> Int { set.annotation(revisionAnnotation).flatMap(Int.init) ?? 0 }

    private mutating func makeReplicaSet(_ deployment: JSON, _ key: ObjectKey, _ template: JSON) {
        let hash = Fingerprint.of(template)
        let name = "\(deployment.name)-\(hash)"
        var labelled = template
        labelled[["metadata", "labels", Self.hashLabel]] = .string(hash)
        var selector = deployment[["spec", "selector"]] ?? [:]
        selector[["matchLabels", Self.hashLabel]] = .string(hash)
        let revision = (replicaSets(of: deployment).map(Self.revision).max() ?? 0) + 1
        let refusal = make(
            [
                "metadata": [
                    "name": .string(name), "namespace": .string(key.namespace),
                    "labels": labelled[["metadata", "labels"]] ?? [:],
                    "annotations": [Self.revisionAnnotation: .string(String(revision))],
                    "ownerReferences": Self.owned(by: deployment),
                ],
                "spec": ["replicas": 0, "selector": selector, "template": labelled],
            ], "replicasets.apps", in: key.namespace)
        guard refusal == nil else {
            enqueue(key, after: 1)
            return
        }
        let first = deployment.items("status", "conditions").isEmpty
        var conditions = deployment.items("status", "conditions")
        setCondition(
            &conditions, "Progressing", true, "NewReplicaSetCreated", "Created new replica set \"\(name)\"",
            hasUpdateTime: true)
        control(key, subresource: "status") {
            $0[["metadata", "annotations", Self.revisionAnnotation]] = .string(String(revision))
            if first { $0[["status", "conditions"]] = .array(conditions) }
        }
    }

    /// A template that comes back is the newest revision again.
    private mutating func raiseRevision(_ deployment: JSON, _ key: ObjectKey, _ newest: JSON, _ sets: [JSON]) {
        let highest = sets.filter { $0.uid != newest.uid }.map(Self.revision).max() ?? 0
        guard Self.revision(newest) <= highest else { return }
        let revision = JSON.string(String(highest + 1))
        let setKey = ObjectKey(kind: "replicasets.apps", namespace: key.namespace, name: newest.name)
        control(setKey) { $0[["metadata", "annotations", Self.revisionAnnotation]] = revision }
        control(key, subresource: "status") { $0[["metadata", "annotations", Self.revisionAnnotation]] = revision }
    }

    private mutating func scale(_ set: JSON, to replicas: Int) {
        guard set[["spec", "replicas"]]?.int != replicas else { return }
        control(ObjectKey(kind: "replicasets.apps", namespace: set.namespace, name: set.name)) {
            $0[["spec", "replicas"]] = .int(replicas)
        }
    }

    /// All old pods end before the first new one begins.
    private mutating func recreate(_ deployment: JSON, _ newest: JSON, _ old: [JSON]) {
        for set in old { scale(set, to: 0) }
        let uids = Set(old.map(\.uid))
        let remain = objects("pods", in: deployment.namespace).contains { uids.contains($0.controllerUID ?? "") }
        if !remain { scale(newest, to: deployment[["spec", "replicas"]]?.int ?? 1) }
    }

    private mutating func roll(_ deployment: JSON, _ newest: JSON, _ old: [JSON]) {
        let wanted = deployment[["spec", "replicas"]]?.int ?? 1
        func bound(_ name: String, roundsUp: Bool) -> Int {
            let value = deployment[["spec", "strategy", "rollingUpdate", name]]
            if let number = value?.int { return number }
            let percent = Double(value?.string?.dropLast() ?? "25") ?? 25
            let share = percent * Double(wanted) / 100
            return Int(roundsUp ? share.rounded(.up) : share.rounded(.down))
        }
        let surge = bound("maxSurge", roundsUp: true)
        var unavailable = bound("maxUnavailable", roundsUp: false)
        if surge == 0, unavailable == 0 { unavailable = 1 }
        func size(_ set: JSON) -> Int { set[["spec", "replicas"]]?.int ?? 0 }
        let oldTotal = old.reduce(0) { $0 + size($1) }
        if size(newest) > wanted {
            scale(newest, to: wanted)
        } else {
            scale(newest, to: max(size(newest), min(wanted, max(0, wanted + surge - oldTotal))))
        }
        let readyNew = pods(of: newest).filter(Self.isReady).count
        var spare = readyNew
        let readyOld = old.map { set in pods(of: set).filter(Self.isReady).count }
        spare += readyOld.reduce(0, +)
        spare -= wanted - unavailable
        for (set, ready) in zip(old, readyOld) where size(set) > 0 {
            // Pods that never became ready go first: nobody misses them.
            let idle = size(set) - ready
            let gone = min(ready, max(0, spare))
            spare -= gone
            let canDropIdle = size(newest) > 0 || wanted == 0
            scale(set, to: size(set) - gone - (canDropIdle ? idle : 0))
        }
    }

    private mutating func forget(_ old: [JSON], _ deployment: JSON) {
        let limit = deployment[["spec", "revisionHistoryLimit"]]?.int ?? 10
        let idle = old.filter { $0[["spec", "replicas"]]?.int == 0 && pods(of: $0).isEmpty }
            .sorted { Self.revision($0) < Self.revision($1) }
        for set in idle.prefix(max(0, idle.count - limit)) {
            discard(set, ObjectKey(kind: "replicasets.apps", namespace: set.namespace, name: set.name))
        }
    }

    private mutating func writeDeploymentStatus(_ deployment: JSON, _ key: ObjectKey) {
        let wanted = deployment[["spec", "replicas"]]?.int ?? 1
        let sets = replicaSets(of: deployment)
        let newest = current(of: deployment, deployment[["spec", "template"]] ?? [:])
        func total(_ name: String) -> Int { sets.reduce(0) { $0 + ($1[["status", name]]?.int ?? 0) } }
        let replicas = total("replicas")
        let available = total("availableReplicas")
        let updated = newest?[["status", "replicas"]]?.int ?? 0
        var status = deployment["status"] ?? [:]
        status["observedGeneration"] = deployment[["metadata", "generation"]]
        status["replicas"] = .int(replicas)
        status["updatedReplicas"] = .int(updated)
        status["readyReplicas"] = .int(total("readyReplicas"))
        status["availableReplicas"] = .int(available)
        status["unavailableReplicas"] = .int(max(0, wanted - available))
        var conditions = status.items("conditions")
        let isAvailable = available >= wanted - Int((Double(wanted) * 0.25).rounded(.down))
        setCondition(
            &conditions, "Available", isAvailable,
            isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            hasUpdateTime: true)
        let name = newest?.name ?? ""
        let isDone = updated == wanted && replicas == wanted && available == wanted
        progress(&conditions, deployment, key, name, isDone)
        let failure = sets.flatMap { $0.items("status", "conditions") }.first { $0["type"] == "ReplicaFailure" }
        conditions.removeAll { $0["type"] == "ReplicaFailure" }
        if let failure { conditions.append(failure) }
        status["conditions"] = .array(conditions)
        writeStatus(status, deployment, key)
    }

    private mutating func progress(
        _ conditions: inout [JSON], _ deployment: JSON, _ key: ObjectKey, _ name: String, _ isDone: Bool
    ) {
        let deadline = TimeInterval(deployment[["spec", "progressDeadlineSeconds"]]?.int ?? 600)
        let what = "progress of \(name) \(deployment[["metadata", "generation"]]?.int ?? 0)"
        if isDone {
            setCondition(
                &conditions, "Progressing", true, "NewReplicaSetAvailable",
                "ReplicaSet \"\(name)\" has successfully progressed.", hasUpdateTime: true)
        } else if hasWaited(deadline, what, deployment, key) {
            setCondition(
                &conditions, "Progressing", false, "ProgressDeadlineExceeded",
                "ReplicaSet \"\(name)\" has timed out progressing.", hasUpdateTime: true)
        } else {
            setCondition(
                &conditions, "Progressing", true, "ReplicaSetUpdated", "ReplicaSet \"\(name)\" is progressing.",
                hasUpdateTime: true)
        }
    }
}
