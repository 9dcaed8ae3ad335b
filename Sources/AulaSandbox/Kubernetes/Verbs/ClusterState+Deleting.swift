import AulaModel
import Foundation

/// How dependents fare when their owner is deleted.
enum Propagation: String, Sendable {
    case orphan = "Orphan"
    case background = "Background"
    case foreground = "Foreground"
}

extension ClusterState {
    /// Deletes one object: at once, or by marking it where finalizers or a grace period hold it.
    mutating func delete(_ target: RequestTarget, options: JSON, query: Propagation?) throws(APIStatus) -> JSON {
        let kind = target.kind
        guard let object = object(target.key) else { throw .notFound(kind, target.name) }
        try checkPreconditions(options, object, kind)
        if kind.id == "namespaces", Self.immortalNamespaces.contains(target.name) {
            throw .forbidden(kind, target.name, "this namespace may not be deleted")
        }
        let propagation = options["propagationPolicy"]?.string.flatMap(Propagation.init) ?? query ?? .background
        let grace = options["gracePeriodSeconds"]?.int
        if let marked = discard(object, target.key, propagation: propagation, grace: grace) { return marked }
        var details: JSON = ["name": .string(target.name), "kind": .string(kind.plural), "uid": .string(object.uid)]
        if !kind.group.isEmpty { details["group"] = .string(kind.group) }
        return ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details]
    }

    private static let immortalNamespaces = ["default", "kube-public", "kube-system"]

    private func checkPreconditions(_ options: JSON, _ object: JSON, _ kind: Kind) throws(APIStatus) {
        if let uid = options[["preconditions", "uid"]]?.string, uid != object.uid {
            throw .precondition(
                kind, object.name,
                "the UID in the precondition (\(uid)) does not match the UID in record (\(object.uid)). The object "
                    + "might have been deleted and then recreated")
        }
        let version = object[["metadata", "resourceVersion"]]?.string ?? ""
        if let wanted = options[["preconditions", "resourceVersion"]]?.string, wanted != version {
            throw .precondition(
                kind, object.name,
                "the ResourceVersion in the precondition (\(wanted)) does not match the ResourceVersion in record "
                    + "(\(version)). The object might have been modified")
        }
    }

    /// Removes an object, or marks it as being deleted and returns it marked.
    @discardableResult
    mutating func discard(
        _ object: JSON, _ key: ObjectKey, propagation: Propagation = .background, grace: Int? = nil
    ) -> JSON? {
        var marked = object
        switch propagation {
        case .orphan: orphanDependents(of: object)
        case .foreground where !object.finalizers.contains("foregroundDeletion"):
            marked.setFinalizers(object.finalizers + ["foregroundDeletion"])
        default: break
        }
        let seconds = graceSeconds(object, key, grace)
        guard key.kind == "namespaces" || !marked.finalizers.isEmpty || seconds > 0 else {
            remove(key)
            return nil
        }
        if !object.isBeingDeleted {
            marked[["metadata", "deletionTimestamp"]] = .string(
                KubernetesTime.text(now.addingTimeInterval(TimeInterval(seconds))))
            if let generation = object[["metadata", "generation"]]?.int {
                marked[["metadata", "generation"]] = .int(generation + 1)
            }
            if key.kind == "namespaces" {
                marked[["status", "phase"]] = "Terminating"
            } else {
                marked[["metadata", "deletionGracePeriodSeconds"]] = .int(seconds)
            }
        }
        return marked == object ? object : put(marked, key)
    }

    /// A pod on a node is given time to end; anything else goes at once.
    private func graceSeconds(_ object: JSON, _ key: ObjectKey, _ asked: Int?) -> Int {
        guard key.kind == "pods", object[["spec", "nodeName"]] != nil, !object.isBeingDeleted else { return 0 }
        let phase = object[["status", "phase"]]?.string
        if phase == "Succeeded" || phase == "Failed" { return 0 }
        return asked ?? object[["spec", "terminationGracePeriodSeconds"]]?.int ?? 30
    }

    /// Objects of the same namespace that name `owner` in their owner references.
    func dependents(of owner: JSON) -> [(ObjectKey, JSON)] {
        guard !owner.uid.isEmpty else { return [] }
        return stores.keys.sorted().flatMap { kindID in
            objects(kindID, in: owner.namespace).compactMap { object in
                guard object.items("metadata", "ownerReferences").contains(where: { $0["uid"]?.string == owner.uid })
                else {
                    return nil
                }
                return (ObjectKey(kind: kindID, namespace: object.namespace, name: object.name), object)
            }
        }
    }

    private mutating func orphanDependents(of owner: JSON) {
        for (key, object) in dependents(of: owner) {
            var freed = object
            let rest = object.items("metadata", "ownerReferences").filter { $0["uid"]?.string != owner.uid }
            freed[["metadata", "ownerReferences"]] = rest.isEmpty ? nil : .array(rest)
            put(freed, key)
        }
    }

    /// Deletes every object that a LIST of the same path and selectors would return.
    mutating func deleteCollection(_ request: SandboxRequest, _ target: RequestTarget, options: JSON) throws(APIStatus)
        -> JSON
    {
        let selection = try Selection(request, target)
        let found = objects(target.kind.id, in: target.namespace).filter(selection.matches)
        let propagation = options["propagationPolicy"]?.string.flatMap(Propagation.init) ?? .background
        for object in found {
            let key = ObjectKey(kind: target.kind.id, namespace: object.namespace, name: object.name)
            discard(object, key, propagation: propagation, grace: options["gracePeriodSeconds"]?.int)
        }
        return [
            "kind": .string(target.kind.listKind), "apiVersion": .string(target.kind.apiVersion),
            "metadata": ["resourceVersion": .string(String(revision))], "items": .array(found),
        ]
    }
}
