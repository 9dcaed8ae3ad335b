import AulaModel
import Foundation

extension ClusterState {
    /// Stores what a POST brings.
    mutating func create(
        _ body: JSON, _ write: inout WriteRequest, text: Data = Data()
    ) throws(APIStatus) -> JSON {
        let kind = write.target.kind
        try checkKind(body, kind)
        try write.check(body, text: text)
        try checkIdentity(body, write.target, mustBeNamed: false)
        var object = body
        if object[["metadata", "resourceVersion"]]?.string?.isEmpty == false {
            throw APIStatus(code: 500, message: "resourceVersion should not be set on objects to be created")
        }
        if object.name.isEmpty, let prefix = object[["metadata", "generateName"]]?.string, !prefix.isEmpty {
            object[["metadata", "name"]] = .string(prefix + Self.suffix())
        }
        object[["metadata", "managedFields"]] = nil
        let writer = write.writer(isApply: false)
        let (now, type) = (timestamp, kind.type ?? .any)
        return try insert(object, &write) { filled in
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
        _ object: JSON, _ write: inout WriteRequest, ownership: (JSON) -> ManagedFields
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
        try admit(&object, kind)
        object["status"] = initialStatus(object, kind)
        object = finished(object, kind)
        try checkEscalation(object, write)
        let problems = Validation(object, kind).problems
        guard problems.isEmpty else { throw .invalid(kind, object.name, problems) }
        let key = ObjectKey(kind: kind.id, namespace: write.target.namespace, name: object.name)
        if let holder = self.object(key) {
            throw .alreadyExists(kind, object.name, isBeingDeleted: holder.isBeingDeleted)
        }
        try checkPodSecurity(object, kind, &write)
        try checkLimits(object, kind)
        try checkQuota(object, kind)
        object[["metadata", "managedFields"]] = managed.json
        return put(object, key)
    }

    /// - Throws: 404 where the namespace is absent, 403 where it is going.
    func checkNamespace(_ target: RequestTarget, _ name: String) throws(APIStatus) {
        guard target.kind.isNamespaced else { return }
        guard let namespaces = table.kind(id: "namespaces") else { return }
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

    /// - Throws: 400 where the body is of another kind or version than the path's.
    func checkKind(_ body: JSON, _ kind: Kind) throws(APIStatus) {
        guard body.object != nil else { throw .badRequest("the body of the request was not an object") }
        guard let apiVersion = body["apiVersion"]?.string, let name = body["kind"]?.string,
            apiVersion != kind.apiVersion || name != kind.name
        else { return }
        let version = apiVersion.split(separator: "/").last.map(String.init) ?? apiVersion
        let inner = kind.group.split(separator: ".").first.map(String.init) ?? "core"
        let why =
            table.kind(apiVersion: apiVersion, name: name) != nil
            ? "converting (\(version).\(name)) to (\(inner).\(kind.name)): unknown conversion"
            : "no kind \"\(name)\" is registered for version \"\(apiVersion)\" in scheme "
                + "\"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""
        throw .badRequest(
            "\(name) in version \"\(version)\" cannot be handled as a \(kind.name): \(why)")
    }

    /// - Throws: 400 where the body speaks of another name or namespace than the path.
    func checkIdentity(_ body: JSON, _ target: RequestTarget, mustBeNamed: Bool) throws(APIStatus) {
        let kind = target.kind
        if !target.name.isEmpty, body.name != target.name, mustBeNamed || !body.name.isEmpty {
            throw .badRequest(
                "the name of the object (\(body.name)) does not match the name on the URL (\(target.name))")
        }
        if kind.isNamespaced, !body.namespace.isEmpty, body.namespace != target.namespace {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
    }
}
