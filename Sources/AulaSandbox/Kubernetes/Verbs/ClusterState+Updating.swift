import AulaModel
import Foundation

extension ClusterState {
    /// Replaces an object by what a PUT brings.
    ///
    /// A uid in the body is a precondition of the storage and is looked at first, even where there is no object at
    /// all (`DefaultUpdatedObjectInfo` in k8s.io/apiserver/pkg/registry/rest/update.go, kubernetes issue 89985).
    mutating func replace(
        _ body: JSON, _ write: inout WriteRequest, text: Data = Data()
    ) throws(APIStatus) -> (JSON, Bool) {
        let old = object(write.target.key)
        try checkKind(body, write.target.kind)
        try write.check(body, text: text)
        try checkIdentity(body, write.target, mustBeNamed: true)
        if !body.uid.isEmpty, body.uid != old?.uid ?? "" {
            throw .storagePrecondition(write.target, wanted: body.uid, found: old?.uid ?? "")
        }
        guard let old else {
            guard write.target.kind.isCreatedByUpdate else { throw .notFound(write.target.kind, write.target.name) }
            try authorize(AccessRequest(verb: "create", on: write.target), write.user, write.target.kind)
            return (try create(body, &write), true)
        }
        if write.target.kind.demandsVersion, body[["metadata", "resourceVersion"]]?.string?.isEmpty ?? true {
            throw .invalid(
                kind: write.target.kind.plural, group: write.target.kind.group, name: write.target.name,
                [.invalid("metadata.resourceVersion", 0, "must be specified for an update")])
        }
        return (try update(old, to: body, &write, managed: nil), false)
    }

    /// Stores `new` in place of `old`, checked and with what a writer may not change put back.
    ///
    /// `managed` is who owns what after an apply; nil for other writes, whose ownership is worked out here.
    mutating func update(
        _ old: JSON, to new: JSON, _ write: inout WriteRequest, managed: ManagedFields?
    ) throws(APIStatus) -> JSON {
        let kind = write.target.kind
        let version = new[["metadata", "resourceVersion"]]?.string ?? ""
        if !version.isEmpty, version != old[["metadata", "resourceVersion"]]?.string {
            throw .modified(kind, old.name)
        }
        var object = new
        keepServerFields(&object, from: old, write.target)
        if kind.id == "services", write.target.subresource.isEmpty { carryAddresses(&object, from: old) }
        if write.target.subresource.isEmpty { Defaults.fill(&object, kind) }
        object = finished(object, kind)
        if write.target.subresource.isEmpty { try checkEscalation(object, replacing: old, write) }
        let problems =
            Immutability.identity(from: old, to: new) + MetadataRules.changes(from: old, to: object)
            + Immutability.problems(from: old, to: object, kind)
            + (write.target.subresource.isEmpty ? Validation(object, kind).problems : [])
        guard problems.isEmpty else { throw .invalid(kind, old.name, problems) }
        if write.target.subresource.isEmpty {
            if kind.id == "services" { try allocate(&object, replacing: old) }
            try checkPodSecurity(object, kind, &write)
            try checkExpansion(object, replacing: old, kind)
            try checkQuota(object, replacing: old, kind)
        }
        if kind.hasGeneration, Self.desired(old) != Self.desired(object) {
            let generation = old[["metadata", "generation"]]?.int ?? 0
            object[["metadata", "generation"]] = .int(generation + 1)
        }
        object[["metadata", "resourceVersion"]] = old[["metadata", "resourceVersion"]]
        // A writer may rewrite who owns what: kubectl does when it turns to server-side apply.
        let before = new[["metadata", "managedFields"]] ?? old[["metadata", "managedFields"]]
        object[["metadata", "managedFields"]] = old[["metadata", "managedFields"]]
        let owners =
            managed
            ?? ServerSideApply.update(
                from: old, to: object, kind.type ?? .any, managed: ManagedFields(json: before),
                writer: write.writer(isApply: false), time: timestamp)
        object[["metadata", "managedFields"]] = owners.json
        return store(object, over: old, write.target.key)
    }

    /// Stores what changed; what did not keeps its resourceVersion, and what waited for its last finalizer goes.
    mutating func store(_ object: JSON, over old: JSON, _ key: ObjectKey) -> JSON {
        if object == old { return old }
        if object.isBeingDeleted, object.finalizers.isEmpty, key.kind != "namespaces",
            key.kind != "pods" || !old.finalizers.isEmpty
        {
            remove(key)
            return object
        }
        return put(object, key)
    }

    private func keepServerFields(_ object: inout JSON, from old: JSON, _ target: RequestTarget) {
        if target.subresource == "status" {
            let status = object["status"]
            object = old
            object["status"] = status
            return
        }
        object["apiVersion"] = old["apiVersion"]
        object["kind"] = old["kind"]
        for name in [
            "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
            "generation", "generateName",
        ] {
            object[["metadata", name]] = old[["metadata", name]]
        }
        if target.kind.subresources.contains(where: { $0.name == "status" }) { object["status"] = old["status"] }
    }

    /// Everything of an object but its metadata and its status.
    private static func desired(_ object: JSON) -> JSON {
        var object = object
        object["metadata"] = nil
        object["status"] = nil
        return object
    }
}
