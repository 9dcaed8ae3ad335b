import AulaModel
import Foundation

extension ClusterState {
    /// Stores what a POST brings.
    mutating func create(_ body: JSON, _ write: inout WriteRequest) throws(APIStatus) -> JSON {
        let kind = write.target.kind
        try checkIdentity(body, write.target, mustBeNamed: false)
        try write.check(body)
        var object = body
        if object[["metadata", "resourceVersion"]]?.string?.isEmpty == false {
            throw .badRequest("resourceVersion should not be set on objects to be created")
        }
        if object.name.isEmpty, let prefix = object[["metadata", "generateName"]]?.string, !prefix.isEmpty {
            object[["metadata", "name"]] = .string(prefix + Self.suffix())
        }
        object[["metadata", "managedFields"]] = nil
        let writer = write.writer(isApply: false)
        let (now, type) = (timestamp, kind.type ?? .any)
        return try insert(object, write) { filled in
            ServerSideApply.update(
                from: ServerSideApply.blank(type), to: filled, type, managed: ManagedFields(), writer: writer, time: now
            )
        }
    }

    /// Five letters as the server's generated names end in: no vowels, so that no words come out.
    static func suffix(_ length: Int = 5) -> String {
        String((0..<length).map { _ in "bcdfghjklmnpqrstvwxz2456789".randomElement() ?? "x" })
    }

    /// Checks, fills in and stores a new object, however it came.
    mutating func insert(
        _ object: JSON, _ write: WriteRequest, ownership: (JSON) -> ManagedFields
    ) throws(APIStatus) -> JSON {
        let kind = write.target.kind
        var object = object
        if kind.isNamespaced { object[["metadata", "namespace"]] = .string(write.target.namespace) }
        for name in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
            object[["metadata", name]] = nil
        }
        try checkNamespace(write.target, object.name)
        stamp(&object, kind)
        object["status"] = nil
        Defaults.fill(&object, kind)
        var managedView = finished(object, kind)
        managedView["status"] = nil
        let managed = ownership(managedView)
        admit(&object, kind)
        object["status"] = initialStatus(object, kind)
        object = finished(object, kind)
        try checkEscalation(object, write)
        let problems = Validation(object, kind).problems
        guard problems.isEmpty else { throw .invalid(kind, object.name, problems) }
        let key = ObjectKey(kind: kind.id, namespace: write.target.namespace, name: object.name)
        if let holder = self.object(key) {
            throw .alreadyExists(kind, object.name, isBeingDeleted: holder.isBeingDeleted)
        }
        if kind.id == "pods" {
            let violations = limitViolations(object)
            if !violations.isEmpty {
                let list = violations.count == 1 ? violations[0] : "[" + violations.joined(separator: ", ") + "]"
                throw .forbidden(kind, object.name, list)
            }
        }
        try checkQuota(object, kind)
        object[["metadata", "managedFields"]] = managed.json
        return put(object, key)
    }

    /// - Throws: 404 where the namespace is absent, 403 where it is going.
    func checkNamespace(_ target: RequestTarget, _ name: String) throws(APIStatus) {
        guard target.kind.isNamespaced else { return }
        guard let namespaces = KindTable.shared.kind(id: "namespaces") else { return }
        guard let namespace = object("namespaces", "", target.namespace) else {
            throw .notFound(namespaces, target.namespace)
        }
        guard namespace.isBeingDeleted else { return }
        throw .forbidden(
            target.kind, name,
            "unable to create new content in namespace \(target.namespace) because it is being terminated",
            causes: [
                [
                    "reason": "NamespaceTerminating",
                    "message": .string("namespace \(target.namespace) is being terminated"),
                    "field": "metadata.namespace",
                ]
            ])
    }

    /// - Throws: 400 where the body speaks of another kind, name or namespace than the path.
    func checkIdentity(_ body: JSON, _ target: RequestTarget, mustBeNamed: Bool) throws(APIStatus) {
        let kind = target.kind
        guard body.object != nil else { throw .badRequest("the body of the request was not an object") }
        if let apiVersion = body["apiVersion"]?.string, let name = body["kind"]?.string,
            apiVersion != kind.apiVersion || name != kind.name
        {
            throw .badRequest(
                "the API version in the data (\(apiVersion)) does not match the expected API version (\(kind.apiVersion))"
            )
        }
        if !target.name.isEmpty, body.name != target.name, mustBeNamed || !body.name.isEmpty {
            throw .badRequest(
                "the name of the object (\(body.name)) does not match the name on the URL (\(target.name))")
        }
        if kind.isNamespaced, !body.namespace.isEmpty, body.namespace != target.namespace {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
    }
}
