/// A kind of Kubernetes object, as far as templates have to know it.
struct Kind: Sendable {
    var name: String
    /// Such as `apps/v1`.
    var apiVersions: [String]
    var isNamespaced = true
    /// The longest name, in bytes: controllers put a kind's name into labels or append to it.
    var nameLimit = 253
    /// Where its pods are described; nil for kinds that start none.
    var podTemplate: [String]?

    /// Kinds that aula writes; others must be declared under `customKinds`.
    ///
    /// Source: the API reference of Kubernetes 1.36. Limits: a Service's name is a DNS label; a CronJob appends 11
    /// characters, a StatefulSet its revision's hash.
    static let known: [String: Kind] = {
        let template = ["spec", "template"]
        let kinds = [
            Kind(name: "ConfigMap", apiVersions: ["v1"]),
            Kind(
                name: "CronJob", apiVersions: ["batch/v1"], nameLimit: 52,
                podTemplate: ["spec", "jobTemplate", "spec", "template"]),
            Kind(name: "DaemonSet", apiVersions: ["apps/v1"], nameLimit: 63, podTemplate: template),
            Kind(name: "Deployment", apiVersions: ["apps/v1"], nameLimit: 63, podTemplate: template),
            Kind(name: "Endpoints", apiVersions: ["v1"]),
            Kind(name: "HorizontalPodAutoscaler", apiVersions: ["autoscaling/v1", "autoscaling/v2"]),
            Kind(name: "Ingress", apiVersions: ["networking.k8s.io/v1"]),
            Kind(name: "Job", apiVersions: ["batch/v1"], nameLimit: 63, podTemplate: template),
            Kind(name: "LimitRange", apiVersions: ["v1"]),
            Kind(name: "NetworkPolicy", apiVersions: ["networking.k8s.io/v1"]),
            Kind(name: "PersistentVolumeClaim", apiVersions: ["v1"]),
            Kind(name: "Pod", apiVersions: ["v1"], podTemplate: []),
            Kind(name: "PodDisruptionBudget", apiVersions: ["policy/v1"]),
            Kind(name: "ReplicaSet", apiVersions: ["apps/v1"], nameLimit: 63, podTemplate: template),
            Kind(name: "ResourceQuota", apiVersions: ["v1"]),
            Kind(name: "Role", apiVersions: ["rbac.authorization.k8s.io/v1"]),
            Kind(name: "RoleBinding", apiVersions: ["rbac.authorization.k8s.io/v1"]),
            Kind(name: "Secret", apiVersions: ["v1"]),
            Kind(name: "Service", apiVersions: ["v1"], nameLimit: 63),
            Kind(name: "ServiceAccount", apiVersions: ["v1"]),
            Kind(name: "StatefulSet", apiVersions: ["apps/v1"], nameLimit: 52, podTemplate: template),
            Kind(name: "ClusterRole", apiVersions: ["rbac.authorization.k8s.io/v1"], isNamespaced: false),
            Kind(name: "ClusterRoleBinding", apiVersions: ["rbac.authorization.k8s.io/v1"], isNamespaced: false),
            Kind(name: "IngressClass", apiVersions: ["networking.k8s.io/v1"], isNamespaced: false),
            Kind(name: "Namespace", apiVersions: ["v1"], isNamespaced: false, nameLimit: 63),
            Kind(name: "PersistentVolume", apiVersions: ["v1"], isNamespaced: false),
            Kind(name: "PriorityClass", apiVersions: ["scheduling.k8s.io/v1"], isNamespaced: false),
            Kind(name: "StorageClass", apiVersions: ["storage.k8s.io/v1"], isNamespaced: false),
        ]
        return Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0) })
    }()
}
