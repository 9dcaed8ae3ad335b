import AulaModel
import Foundation

extension ClusterState {
    /// Lets every controller look at what changed, until nothing changes any more.
    mutating func reconcile() {
        for _ in 0..<1000 {
            let keys = takeQueue()
            if keys.isEmpty { return }
            for key in keys { reconcile(key) }
        }
    }

    private mutating func reconcile(_ key: ObjectKey) {
        guard let object = object(key) else {
            waits[key] = nil
            if key.kind == Definition.kindID { serveDefinitions() }
            return
        }
        if collectsGarbage(object, key) { return }
        switch key.kind {
        case "namespaces": reconcileNamespace(object, key)
        case "secrets": reconcileToken(object, key)
        case "resourcequotas": reconcileQuota(object, key)
        case "persistentvolumeclaims": reconcileClaim(object, key)
        case "services": reconcileService(object, key)
        case "pods": reconcilePod(object, key)
        case "deployments.apps": reconcileDeployment(object, key)
        case "replicasets.apps", "replicationcontrollers": reconcileReplicaSet(object, key)
        case "statefulsets.apps": reconcileStatefulSet(object, key)
        case "daemonsets.apps": reconcileDaemonSet(object, key)
        case "jobs.batch": reconcileJob(object, key)
        case "poddisruptionbudgets.policy": reconcileBudget(object, key)
        case Definition.kindID: reconcileDefinition(object, key)
        default: break
        }
    }

    /// Objects whose controllers care about a change of `object`.
    mutating func enqueueRelated(to object: JSON, _ key: ObjectKey, isGone: Bool) {
        for owner in object.items("metadata", "ownerReferences") {
            guard let apiVersion = owner["apiVersion"]?.string, let name = owner["kind"]?.string,
                let kind = table.kind(apiVersion: apiVersion, name: name)
            else { continue }
            enqueue(ObjectKey(kind: kind.id, namespace: key.namespace, name: owner["name"]?.string ?? ""))
        }
        if isGone, !key.namespace.isEmpty {
            for (dependent, _) in dependents(of: object) { enqueue(dependent) }
            if let namespace = self.object("namespaces", "", key.namespace), namespace.isBeingDeleted {
                enqueue(ObjectKey(kind: "namespaces", namespace: "", name: key.namespace))
            }
        }
        guard !key.namespace.isEmpty else { return }
        if key.kind != "resourcequotas" { enqueueAll("resourcequotas", in: key.namespace) }
        switch key.kind {
        case "pods":
            enqueueAll("services", in: key.namespace)
            enqueueAll("poddisruptionbudgets.policy", in: key.namespace)
            if isGone { enqueueDeployments(above: object, key) }
            for volume in object.items("spec", "volumes") {
                guard let claim = volume[["persistentVolumeClaim", "claimName"]]?.string else { continue }
                enqueue(ObjectKey(kind: "persistentvolumeclaims", namespace: key.namespace, name: claim))
            }
        case "serviceaccounts": enqueueAll("secrets", in: key.namespace)
        default: break
        }
    }

    /// A deployment that recreates waits for the last old pod, of which its replica sets have long stopped to count.
    private mutating func enqueueDeployments(above pod: JSON, _ key: ObjectKey) {
        for owner in pod.items("metadata", "ownerReferences") where owner["kind"] == "ReplicaSet" {
            let set = object("replicasets.apps", key.namespace, owner["name"]?.string ?? "")
            for deployment in set?.items("metadata", "ownerReferences") ?? [] where deployment["kind"] == "Deployment" {
                enqueue(
                    ObjectKey(
                        kind: "deployments.apps", namespace: key.namespace, name: deployment["name"]?.string ?? ""))
            }
        }
    }

    private mutating func enqueueAll(_ kindID: String, in namespace: String) {
        for path in stores[kindID]?.paths(in: namespace) ?? [] {
            enqueue(ObjectKey(kind: kindID, namespace: namespace, name: String(path.dropFirst(namespace.count + 1))))
        }
    }

    /// True once `seconds` have passed since this was first asked; the object is looked at again then.
    mutating func hasWaited(_ seconds: TimeInterval, _ what: String, _ object: JSON, _ key: ObjectKey) -> Bool {
        let wait = Wait(uid: object.uid, what: what)
        if let due = waits[key]?[wait] { return due <= now }
        if seconds <= 0 { return true }
        waits[key, default: [:]][wait] = now.addingTimeInterval(seconds)
        enqueue(key, after: seconds)
        return false
    }

    mutating func endWait(_ what: String, _ object: JSON, _ key: ObjectKey) {
        waits[key]?[Wait(uid: object.uid, what: what)] = nil
    }

    /// A controller's change of an object, owned by it.
    mutating func control(
        _ key: ObjectKey, subresource: String = "", manager: String = "kube-controller-manager",
        _ change: (inout JSON) -> Void
    ) {
        guard let old = object(key), let kind = table.kind(id: key.kind) else { return }
        var new = old
        change(&new)
        new = finished(new, kind)
        if new == old { return }
        if kind.hasGeneration, new["spec"] != old["spec"] {
            new[["metadata", "generation"]] = .int((old[["metadata", "generation"]]?.int ?? 0) + 1)
        }
        let writer = ManagedFields.Writer(
            manager: manager, isApply: false, apiVersion: kind.apiVersion, subresource: subresource)
        let managed = ServerSideApply.update(
            from: old, to: new, kind.type ?? .any, managed: ManagedFields(json: old[["metadata", "managedFields"]]),
            writer: writer, time: timestamp)
        new[["metadata", "managedFields"]] = managed.json
        _ = store(new, over: old, key)
    }

    /// Stores a controller's new object and returns the refusal where there is one.
    mutating func make(_ object: JSON, _ kindID: String, in namespace: String) -> APIStatus? {
        guard let kind = table.kind(id: kindID) else { return nil }
        let key = ObjectKey(kind: kindID, namespace: namespace, name: "")
        var write = WriteRequest(RequestTarget(kind, key), manager: "kube-controller-manager")
        do {
            _ = try create(object, &write)
            return nil
        } catch {
            return error
        }
    }

    /// The owner reference by which a controller's objects are its own.
    static func owned(by owner: JSON, isController: Bool = true) -> JSON {
        [
            [
                "apiVersion": owner["apiVersion"] ?? .null, "kind": owner["kind"] ?? .null, "name": .string(owner.name),
                "uid": .string(owner.uid), "controller": .bool(isController), "blockOwnerDeletion": true,
            ]
        ]
    }

    /// Sets the condition of a type; its transition time moves only when its status does.
    func setCondition(
        _ conditions: inout [JSON], _ type: String, _ status: Bool, _ reason: String, _ message: String,
        hasUpdateTime: Bool = false
    ) {
        var condition: JSON = [
            "type": .string(type), "status": status ? "True" : "False", "reason": .string(reason),
            "message": .string(message), "lastTransitionTime": .string(timestamp),
        ]
        if hasUpdateTime { condition["lastUpdateTime"] = .string(timestamp) }
        guard let index = conditions.firstIndex(where: { $0["type"]?.string == type }) else {
            conditions.append(condition)
            return
        }
        let old = conditions[index]
        if old["status"] == condition["status"] {
            condition["lastTransitionTime"] = old["lastTransitionTime"]
            if old["reason"] == condition["reason"], old["message"] == condition["message"] {
                condition["lastUpdateTime"] = old["lastUpdateTime"]
            }
        }
        conditions[index] = condition
    }

    /// Reports something that happened to an object; the same report again only counts up.
    mutating func report(_ object: JSON, _ type: String, _ reason: String, _ message: String, from source: String) {
        let name = "\(object.name).\(Fingerprint.text(reason + message, length: 16))"
        let key = ObjectKey(kind: "events", namespace: object.namespace, name: name)
        if var event = self.object(key) {
            if event["lastTimestamp"]?.string == timestamp { return }
            event["count"] = .int((event["count"]?.int ?? 1) + 1)
            event["lastTimestamp"] = .string(timestamp)
            put(event, key)
            return
        }
        if self.object("namespaces", "", object.namespace)?.isBeingDeleted ?? true { return }
        plant(
            "events", object.namespace, name,
            [
                "involvedObject": [
                    "apiVersion": object["apiVersion"] ?? .null, "kind": object["kind"] ?? .null,
                    "name": .string(object.name), "namespace": .string(object.namespace), "uid": .string(object.uid),
                ],
                "type": .string(type), "reason": .string(reason), "message": .string(message), "count": 1,
                "firstTimestamp": .string(timestamp), "lastTimestamp": .string(timestamp),
                "source": ["component": .string(source)],
            ])
    }
}
