import AulaModel

extension ClusterState {
    /// Serves the kinds of a definition a moment after it came, and takes them away with all objects when it goes.
    mutating func reconcileDefinition(_ object: JSON, _ key: ObjectKey) {
        let definition = Definition(object)
        if object.isBeingDeleted {
            for custom in objects(definition.storeID) where !custom.isBeingDeleted {
                discard(
                    custom, ObjectKey(kind: definition.storeID, namespace: custom.namespace, name: custom.name))
            }
            if objects(definition.storeID).isEmpty {
                control(key) { $0.setFinalizers($0.finalizers.filter { $0 != Definition.finalizer }) }
            } else {
                enqueue(key, after: 0.2)
            }
            return
        }
        guard hasWaited(settings.definitionSeconds, "names", object, key) else { return }
        accept(definition, key)
        serveDefinitions()
    }

    private mutating func accept(_ definition: Definition, _ key: ObjectKey) {
        var conditions = definition.object.items("status", "conditions")
        let names = definition.names
        let taken = table.kinds.first { kind in
            kind.group == definition.group && kind.id != definition.storeID
                && (kind.name == names["kind"]?.string
                    || !Set(kind.shortNames).isDisjoint(with: names.strings("shortNames")))
        }
        if let taken {
            setCondition(
                &conditions, "NamesAccepted", false, "KindConflict", "\"\(taken.name)\" is already in use")
            setCondition(&conditions, "Established", false, "NotAccepted", "not all names are accepted")
        } else {
            setCondition(&conditions, "NamesAccepted", true, "NoConflicts", "no conflicts found")
            setCondition(
                &conditions, "Established", true, "InitialNamesAccepted", "the initial names have been accepted")
        }
        let stored = definition.object.items("status", "storedVersions")
        let new = definition.firstStatus.items("storedVersions").filter { !stored.contains($0) }
        control(key, subresource: "status", manager: "kube-apiserver") {
            $0[["status", "conditions"]] = .array(conditions)
            if taken == nil { $0[["status", "acceptedNames"]] = names }
            $0[["status", "storedVersions"]] = .array(stored + new)
        }
    }

    /// Makes the table of kinds that of the definitions that are there; one that did not change is not read again.
    mutating func serveDefinitions() {
        let live = objects(Definition.kindID).filter { Definition($0).isEstablished }
        let versions = Dictionary(
            live.map { ($0.name, "\($0.uid) \($0[["metadata", "generation"]]?.int ?? 0)") }, uniquingKeysWith: { $1 })
        guard versions != customVersions else { return }
        for object in live where versions[object.name] != customVersions[object.name] {
            customKinds[object.name] = Definition(object).kinds
        }
        customVersions = versions
        customKinds = customKinds.filter { versions[$0.key] != nil }
        table = KindTable(KindTable.shared.kinds + customKinds.sorted { $0.key < $1.key }.flatMap(\.value))
    }
}
