import AulaModel
import Foundation

extension ClusterState {
    /// Gives a new namespace what every namespace has; empties one that is going, and says what holds it.
    mutating func reconcileNamespace(_ namespace: JSON, _ key: ObjectKey) {
        guard namespace.isBeingDeleted else {
            if object("serviceaccounts", key.name, "default") == nil {
                plant("serviceaccounts", key.name, "default", [:])
            }
            if object("configmaps", key.name, "kube-root-ca.crt") == nil {
                plant(
                    "configmaps", key.name, "kube-root-ca.crt",
                    [
                        "metadata": [
                            "annotations": [
                                "kubernetes.io/description":
                                    "Contains a CA bundle that can be used to verify the kube-apiserver."
                            ]
                        ], "data": ["ca.crt": .string(identity.caPEM)],
                    ])
            }
            return
        }
        empty(namespace, key)
    }

    /// Deletes what a namespace holds, pods first and the rest in turns, and then lets the namespace go.
    ///
    /// A real cluster takes its time too; until its turn comes, everything looks alive.
    private mutating func empty(_ namespace: JSON, _ key: ObjectKey) {
        let kinds = table.kinds.filter { $0.isNamespaced && $0.isStored }
        let turns = 3
        let due = (0..<turns).filter { turn in
            let seconds = settings.namespaceSeconds * Double(turn + 1) / Double(turns)
            return hasWaited(seconds, "turn \(turn)", namespace, key)
        }
        guard !due.isEmpty else { return }
        for (index, kind) in kinds.enumerated() where due.contains(kind.id == "pods" ? 0 : 1 + index % (turns - 1)) {
            for object in objects(kind.id, in: key.name) where !object.isBeingDeleted {
                discard(object, ObjectKey(kind: kind.id, namespace: key.name, name: object.name))
            }
        }
        let remaining = kinds.map { ($0, objects($0.id, in: key.name)) }.filter { !$0.1.isEmpty }
        guard remaining.isEmpty else { return explain(remaining, key) }
        guard due.count == turns else { return }
        control(key) {
            $0[["spec", "finalizers"]] = .array($0.items("spec", "finalizers").filter { $0 != "kubernetes" })
        }
        if let rest = object(key), rest.finalizers.isEmpty, rest.items("spec", "finalizers").isEmpty { remove(key) }
    }

    private mutating func explain(_ remaining: [(Kind, [JSON])], _ key: ObjectKey) {
        let contents = remaining.map { kind, objects in
            "\(kind.plural).\(kind.group) has \(objects.count) resource instances"
        }.sorted().joined(separator: ", ")
        var holders: [String: Int] = [:]
        for finalizer in remaining.flatMap({ $0.1.flatMap(\.finalizers) }) { holders[finalizer, default: 0] += 1 }
        let finalizers = holders.sorted { $0.key < $1.key }.map { "\($0.key) in \($0.value) resource instances" }
            .joined(separator: ", ")
        var conditions = object(key)?.items("status", "conditions") ?? []
        setCondition(
            &conditions, "NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered",
            "All resources successfully discovered")
        setCondition(
            &conditions, "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
            "All legacy kube types successfully parsed")
        setCondition(
            &conditions, "NamespaceDeletionContentFailure", false, "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization")
        setCondition(
            &conditions, "NamespaceContentRemaining", true, "SomeResourcesRemain",
            "Some resources are remaining: \(contents)")
        if finalizers.isEmpty {
            setCondition(
                &conditions, "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers",
                "All content-preserving finalizers finished")
        } else {
            setCondition(
                &conditions, "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: \(finalizers)")
        }
        control(key, subresource: "status") { $0[["status", "conditions"]] = .array(conditions) }
    }

    /// Deletes what its owners left behind, and lets go of an owner whose dependents are gone.
    mutating func collectsGarbage(_ object: JSON, _ key: ObjectKey) -> Bool {
        if object.isBeingDeleted, object.finalizers.contains("foregroundDeletion") {
            let dependents = dependents(of: object)
            for (dependent, value) in dependents where !value.isBeingDeleted { discard(value, dependent) }
            if dependents.isEmpty {
                control(key) { $0.setFinalizers($0.finalizers.filter { $0 != "foregroundDeletion" }) }
            }
            return dependents.isEmpty
        }
        let owners = object.items("metadata", "ownerReferences")
        guard !owners.isEmpty, !object.isBeingDeleted else { return false }
        let isOwned = owners.contains { owner in
            guard let apiVersion = owner["apiVersion"]?.string, let name = owner["kind"]?.string,
                let kind = table.kind(apiVersion: apiVersion, name: name)
            else { return true }
            let namespace = kind.isNamespaced ? key.namespace : ""
            return self.object(kind.id, namespace, owner["name"]?.string ?? "")?.uid == owner["uid"]?.string
        }
        if !isOwned { discard(object, key) }
        return !isOwned
    }
}
