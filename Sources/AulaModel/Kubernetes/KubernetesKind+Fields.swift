/// How the items of a list are told apart when somebody else may have added some.
///
/// Source: `x-kubernetes-list-type` and `x-kubernetes-list-map-keys` in the OpenAPI document of Kubernetes 1.36; a list
/// that says nothing there is one value.
package enum ListType: Hashable, Sendable {
    /// One value as a whole.
    case atomic
    /// Every item is itself.
    case set
    /// By these members.
    case map(keys: [String])

    /// What the server puts where a key of an item is left out.
    package static let standards = ["protocol": JSON.string("TCP")]
}

extension KubernetesKind {
    /// What a list at a path of member names is; items have no part in the path.
    package func listType(at path: [String]) -> ListType {
        switch path.suffix(2) {
        case ["metadata", "finalizers"]: return .set
        case ["metadata", "ownerReferences"]: return .map(keys: ["uid"])
        default: break
        }
        if let template = podTemplate, path.starts(with: template + ["spec"]) {
            return Self.inPods[path.dropFirst(template.count + 1).joined(separator: ".")].map(ListType.map) ?? .atomic
        }
        return mergeKeys[path.joined(separator: ".")].map(ListType.map) ?? .atomic
    }

    /// The lists of a pod's spec.
    private static let inPods: [String: [String]] = {
        var keys = [
            "hostAliases": ["ip"], "imagePullSecrets": ["name"], "resources.claims": ["name"],
            "resourceClaims": ["name"], "schedulingGates": ["name"],
            "topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"], "volumes": ["name"],
        ]
        for list in ["containers", "initContainers", "ephemeralContainers"] {
            keys[list] = ["name"]
            keys["\(list).env"] = ["name"]
            keys["\(list).ports"] = ["containerPort", "protocol"]
            keys["\(list).resources.claims"] = ["name"]
            keys["\(list).volumeDevices"] = ["devicePath"]
            keys["\(list).volumeMounts"] = ["mountPath"]
        }
        return keys
    }()

    /// Whether a field that a plan names, such as `spec.template.spec.containers[api].image`, can never change.
    package func isImmutable(_ path: String) -> Bool {
        guard !immutable.paths.isEmpty else { return false }
        var path = path
        while let start = path.firstIndex(of: "["), let end = path[start...].firstIndex(of: "]") {
            path.removeSubrange(start...end)
        }
        func isUnder(_ root: String) -> Bool { path == root || path.hasPrefix(root + ".") }
        return immutable.paths.contains(where: isUnder) && !immutable.except.contains(where: isUnder)
    }
}
