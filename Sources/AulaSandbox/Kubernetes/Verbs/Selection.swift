import AulaModel

/// Which objects of a kind a LIST, a watch or a deletecollection is about.
struct Selection: Sendable {
    let kindID: String
    let namespace: String
    let labels: LabelSelector?
    let fields: FieldSelector?

    /// - Throws: 400 for a selector that cannot be read.
    init(_ request: SandboxRequest, _ target: RequestTarget) throws(APIStatus) {
        kindID = target.kind.id
        namespace = target.namespace
        do {
            let labelText = request.parameter("labelSelector") ?? ""
            labels = labelText.isEmpty ? nil : try LabelSelector(parsing: labelText)
            let fieldText = request.parameter("fieldSelector") ?? ""
            fields = fieldText.isEmpty ? nil : try FieldSelector(parsing: fieldText)
        } catch {
            throw .badRequest(error.message)
        }
        let known = ["metadata.name", "metadata.namespace"] + target.kind.selectable
        for name in fields?.names ?? [] where !known.contains(name) {
            throw .badRequest(
                target.kind.selectable.isEmpty && !target.kind.isCustom
                    ? "\"\(name)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                    : "field label not supported: \(name)")
        }
    }

    var isEverything: Bool { labels == nil && fields == nil }

    func matches(_ object: JSON) -> Bool {
        (labels?.matches(object.labels) ?? true) && (fields?.matches(object) ?? true)
    }

    func covers(_ key: ObjectKey) -> Bool {
        key.kind == kindID && (namespace.isEmpty || key.namespace == namespace)
    }
}
