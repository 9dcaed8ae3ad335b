extension ObjectKind {
    static let namespace = ObjectKind("", "v1", "Namespace", "namespaces", isNamespaced: false)
    static let secret = ObjectKind("", "v1", "Secret", "secrets")
    static let configMap = ObjectKind("", "v1", "ConfigMap", "configmaps")
    static let serviceAccount = ObjectKind("", "v1", "ServiceAccount", "serviceaccounts")
    static let lease = ObjectKind("coordination.k8s.io", "v1", "Lease", "leases")
    static let pod = ObjectKind("", "v1", "Pod", "pods")
    static let event = ObjectKind("", "v1", "Event", "events")
    static let claim = ObjectKind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")

    /// Every kind that the built-in templates can make.
    ///
    /// They are always read, so that what a file no longer asks for is found. A kind that only a teacher's own manifests use joins them while a file asks for it.
    static let managed: [ObjectKind] = [
        namespace, serviceAccount, secret, configMap, claim,
        ObjectKind("", "v1", "ResourceQuota", "resourcequotas"),
        ObjectKind("", "v1", "LimitRange", "limitranges"),
        ObjectKind("", "v1", "Service", "services"),
        ObjectKind("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        ObjectKind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
        ObjectKind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
        ObjectKind("networking.k8s.io", "v1", "Ingress", "ingresses"),
        ObjectKind("apps", "v1", "Deployment", "deployments"),
        ObjectKind("apps", "v1", "StatefulSet", "statefulsets"),
        ObjectKind("batch", "v1", "Job", "jobs"),
        ObjectKind("batch", "v1", "CronJob", "cronjobs"),
    ]

    /// Further kinds of every Kubernetes, known without asking the cluster.
    static let builtIn: [ObjectKind] =
        managed + [
            pod,
            ObjectKind("", "v1", "ReplicationController", "replicationcontrollers"),
            ObjectKind("", "v1", "PersistentVolume", "persistentvolumes", isNamespaced: false),
            ObjectKind("apps", "v1", "DaemonSet", "daemonsets"),
            ObjectKind("apps", "v1", "ReplicaSet", "replicasets"),
            ObjectKind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
            ObjectKind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
            lease,
            ObjectKind("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", isNamespaced: false),
            ObjectKind(
                "rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", isNamespaced: false),
            ObjectKind("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", isNamespaced: false),
            ObjectKind("storage.k8s.io", "v1", "StorageClass", "storageclasses", isNamespaced: false),
        ]
}
