/// Which lists of Kubernetes objects merge by key, and which fields cannot be changed.
///
/// Source: the OpenAPI document of Kubernetes 1.36 (`x-kubernetes-list-map-keys`, `x-kubernetes-patch-merge-key`).
enum ListKeys {
    /// The keys of a list by the name of the list and of the object that holds it; nil for a list that is one value.
    ///
    /// `ports` means containers and Services alike: an item with `containerPort` is a container's.
    static func keys(of list: String, in parent: String) -> [String]? {
        switch list {
        case "containers", "initContainers", "ephemeralContainers", "volumes", "imagePullSecrets", "secrets": ["name"]
        case "env": ["name"]
        case "volumeMounts": ["mountPath"]
        case "volumeDevices": ["devicePath"]
        case "hostAliases": ["ip"]
        case "topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"]
        case "ports" where parent == "containers" || parent == "initContainers": ["containerPort", "protocol"]
        case "ports" where parent == "spec": ["port", "protocol"]
        default: nil
        }
    }

    /// What the server puts where a key of an item is left out.
    static let defaults = ["protocol": "TCP"]
}
