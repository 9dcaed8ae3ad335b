/// Fields that the systems refuse to change: a difference there means delete and create.
///
/// Sources: the recorded answers of a Kubernetes 1.36 server ("field is immutable"); the documentation of AKS and
/// of GitLab's API.
enum ImmutableFields {
    static func covers(kind: String, path: String) -> Bool {
        switch kind {
        case "Deployment", "DaemonSet", "ReplicaSet": isUnder(path, "spec.selector")
        case "StatefulSet":
            isUnder(path, "spec")
                && ![
                    "spec.replicas", "spec.template", "spec.updateStrategy", "spec.minReadySeconds",
                    "spec.persistentVolumeClaimRetentionPolicy", "spec.revisionHistoryLimit", "spec.ordinals",
                ].contains { isUnder(path, $0) }
        case "Job": ["spec.template", "spec.selector", "spec.completions"].contains { isUnder(path, $0) }
        case "RoleBinding", "ClusterRoleBinding": isUnder(path, "roleRef")
        case "Secret": path == "type" || path == "metadata.annotations.kubernetes.io/service-account.name"
        case "PersistentVolumeClaim": isUnder(path, "spec") && !isUnder(path, "spec.resources")
        case "StorageClass": ["provisioner", "parameters", "reclaimPolicy"].contains { isUnder(path, $0) }
        // Azure
        case "resourceGroup": path == "location"
        case "cluster":
            ["location", "nodeSize", "osDiskSize", "networkDataplane", "networkPlugin", "networkPluginMode"]
                .contains(path)
        // GitLab
        case "deployToken": true
        default: false
        }
    }

    private static func isUnder(_ path: String, _ root: String) -> Bool {
        path == root
            || (path.hasPrefix(root) && path.dropFirst(root.count).first.map { $0 == "." || $0 == "[" } == true)
    }
}
