import AulaModel

extension LiveObject {
    /// Kinds whose `status` tells whether they are ready; that of the others is dropped.
    private static let reporting: Set<String> = [
        "Deployment", "StatefulSet", "DaemonSet", "Job", "PersistentVolumeClaim", "Service",
    ]

    /// What the planner has to know of the object.
    ///
    /// - Parameters:
    ///   - cluster: what objects of the cluster live inside, where that is ours.
    ///   - pool: equal parts of many objects are kept once.
    /// - Returns: the object without what only the server has to know.
    func observed(cluster: Address?, pool: inout SharedValues) -> Observed {
        var attributes = json
        attributes["kind"] = .string(kind.name)
        attributes["apiVersion"] = .string(kind.apiVersion)
        attributes[["metadata", "managedFields"]] = nil
        if !Self.reporting.contains(kind.name) { attributes["status"] = nil }
        for part in ["spec", "rules", "subjects"] {
            if let value = attributes[part] { attributes[part] = pool.share(value) }
        }
        let managers = managers.map { manager in
            var manager = manager
            manager.fields = pool.share(manager.fields)
            return manager
        }
        return Observed(
            identity: uid, attributes: attributes, mark: mark, slot: ObjectMark.slot(in: metadata),
            outputs: secretValues, container: namespace.map { .kubernetes("Namespace", nil, $0) } ?? cluster,
            holdsData: holdsData, managers: managers, transition: transition)
    }
}

/// Keeps equal values once: a thousand groups have the same specs, and the same trees of field managers.
struct SharedValues {
    private var known: Set<JSON> = []

    mutating func share(_ value: JSON) -> JSON {
        known.insert(value).memberAfterInsert
    }
}
