import AulaModel

extension ClusterState {
    /// Replaces an object by what a PUT brings.
    ///
    /// A uid in the body is a precondition of the storage and is looked at first, even where there is no object at
    /// all (`DefaultUpdatedObjectInfo` in k8s.io/apiserver/pkg/registry/rest/update.go, kubernetes issue 89985).
    mutating func replace(_ body: JSON, _ write: inout WriteRequest) throws(APIStatus) -> JSON {
        let old = object(write.target.key)
        try checkIdentity(body, write.target, mustBeNamed: true)
        try write.check(body)
        if !body.uid.isEmpty, body.uid != old?.uid ?? "" {
            throw .storagePrecondition(write.target, wanted: body.uid, found: old?.uid ?? "")
        }
        guard let old else { throw .notFound(write.target.kind, write.target.name) }
        return try update(old, to: body, write, managed: nil)
    }

    /// Stores `new` in place of `old`, checked and with what a writer may not change put back.
    ///
    /// `managed` is who owns what after an apply; nil for other writes, whose ownership is worked out here.
    mutating func update(
        _ old: JSON, to new: JSON, _ write: WriteRequest, managed: ManagedFields?
    ) throws(APIStatus) -> JSON {
        let kind = write.target.kind
        let version = new[["metadata", "resourceVersion"]]?.string ?? ""
        if !version.isEmpty, version != old[["metadata", "resourceVersion"]]?.string {
            throw .modified(kind, old.name)
        }
        var object = new
        keepServerFields(&object, from: old, write.target)
        if write.target.subresource.isEmpty { Defaults.fill(&object, kind) }
        if kind.id == "services", write.target.subresource.isEmpty {
            carryAddresses(&object, from: old)
            allocate(&object)
        }
        object = finished(object, kind)
        if write.target.subresource.isEmpty { try checkEscalation(object, replacing: old, write) }
        let problems =
            Immutability.identity(from: old, to: new)
            + Immutability.problems(from: old, to: object, kind)
            + (write.target.subresource.isEmpty ? Validation(object, kind).problems : [])
        guard problems.isEmpty else { throw .invalid(kind, old.name, problems) }
        if write.target.subresource.isEmpty {
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
            let last = put(object, key)
            remove(key)
            return last
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

    private func carryAddresses(_ object: inout JSON, from old: JSON) {
        guard object[["spec", "type"]] != "ExternalName" else { return }
        for name in ["clusterIP", "clusterIPs"] where object[["spec", name]] == nil {
            object[["spec", name]] = old[["spec", name]]
        }
        let before = Dictionary(
            old.items("spec", "ports").map { ($0["port"] ?? .null, $0["nodePort"]) }, uniquingKeysWith: { $1 })
        guard ["NodePort", "LoadBalancer"].contains(object[["spec", "type"]]?.string ?? "") else { return }
        object.editItems(["spec", "ports"]) { port in
            if port["nodePort"] == nil, let number = before[port["port"] ?? .null] { port["nodePort"] = number }
        }
    }

    /// Everything of an object but its metadata and its status.
    private static func desired(_ object: JSON) -> JSON {
        var object = object
        object["metadata"] = nil
        object["status"] = nil
        return object
    }
}
