import AulaModel

extension LiveObject {
    /// What the planner has to know of the object.
    ///
    /// - Parameters:
    ///   - resource: what the blueprint knows of it.
    ///   - cluster: what objects of the cluster live inside, where that is ours.
    ///   - pool: equal parts of many objects are kept once.
    /// - Returns: the object without what only the server has to know.
    func observed(_ resource: Resource?, cluster: Address?, pool: inout SharedValues) -> Observed {
        var attributes = json
        attributes["kind"] = .string(kind.name)
        attributes["apiVersion"] = .string(kind.apiVersion)
        attributes[["metadata", "managedFields"]] = nil
        // Where it does not tell whether the object does its work, nobody asks for it.
        if kind.row?.doesWork != true { attributes["status"] = nil }
        let secrets = hideSecrets(in: &attributes)
        for part in ["spec", "rules", "subjects"] {
            if let value = attributes[part] { attributes[part] = pool.share(value) }
        }
        let managers = managers.map { manager in
            var manager = manager
            manager.fields = pool.share(manager.fields)
            return manager
        }
        return Observed(
            identity: uid, attributes: attributes, secrets: secrets, mark: mark,
            slot: resource?.slot ?? ObjectMark.slot(in: metadata),
            outputs: secretValues(resource), container: namespace.map { .namespace($0) } ?? cluster,
            holdsData: holdsData, managers: managers, transition: transition)
    }

    /// Of a Secret's values only the names stay; what `kubectl apply` noted of them goes as well.
    private func hideSecrets(in attributes: inout JSON) -> [[String]: Secret] {
        guard kind == .secret else { return [:] }
        attributes[["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]] = nil
        var secrets: [[String]: Secret] = [:]
        for member in attributes["data"]?.object?.members ?? [] {
            guard let text = member.value.string else { continue }
            secrets[["data", member.key]] = Secret(unlisted: text)
            attributes[["data", member.key]] = .null
        }
        return secrets
    }
}

/// Keeps equal values once: a thousand groups have the same specs, and the same trees of field managers.
struct SharedValues {
    private var known: Set<JSON> = []

    mutating func share(_ value: JSON) -> JSON {
        known.insert(value).memberAfterInsert
    }
}
