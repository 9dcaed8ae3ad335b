extension KubernetesKind {
    /// The table.
    ///
    /// Sources: the API reference of Kubernetes 1.36 and the recorded answers of such a server ("field is immutable").
    /// Limits of names: a Service's name is a DNS label; a CronJob appends 11 characters, a StatefulSet its revision's
    /// hash.
    package static let all: [KubernetesKind] = workloads + core + policies + ofTheCluster

    private static let spec = ["spec"]
    private static let template = ["spec", "template"]
    private static let internalBalancer = [
        "metadata", "annotations", "service.beta.kubernetes.io/azure-load-balancer-internal",
    ]

    private static let workloads = [
        KubernetesKind(
            name: "Deployment", group: "apps", versions: ["v1"], plural: "deployments", nameLimit: 63,
            isAlwaysRead: true, rank: 4,
            pods: Pods(
                template: template, count: .replicas, surge: Surge(strategy: ["spec", "strategy"], standard: 25)),
            immutable: Immutable(paths: ["spec.selector"]), doesWork: true, isDeployed: true),
        KubernetesKind(
            name: "StatefulSet", group: "apps", versions: ["v1"], plural: "statefulsets", nameLimit: 52,
            isAlwaysRead: true, rank: 4, pods: Pods(template: template, count: .replicas),
            claims: .templates(["spec", "volumeClaimTemplates"]),
            immutable: Immutable(
                paths: ["spec"],
                except: [
                    "spec.replicas", "spec.template", "spec.updateStrategy", "spec.minReadySeconds",
                    "spec.persistentVolumeClaimRetentionPolicy", "spec.revisionHistoryLimit", "spec.ordinals",
                ]),
            doesWork: true, isDeployed: true),
        KubernetesKind(
            name: "DaemonSet", group: "apps", versions: ["v1"], plural: "daemonsets", nameLimit: 63, isAlwaysRead: true,
            rank: 4,
            pods: Pods(
                template: template, count: .perNode, surge: Surge(strategy: ["spec", "updateStrategy"], standard: 0)),
            immutable: Immutable(paths: ["spec.selector"]), doesWork: true),
        KubernetesKind(
            name: "Job", group: "batch", versions: ["v1"], plural: "jobs", nameLimit: 63, isAlwaysRead: true, rank: 4,
            pods: Pods(template: template, count: .untilDone(job: spec)),
            immutable: Immutable(paths: [
                "spec.template", "spec.selector", "spec.completions", "spec.completionMode", "spec.podFailurePolicy",
                "spec.successPolicy", "spec.backoffLimitPerIndex", "spec.managedBy",
            ]),
            doesWork: true, isDeployed: true),
        KubernetesKind(
            name: "CronJob", group: "batch", versions: ["v1"], plural: "cronjobs", nameLimit: 52, isAlwaysRead: true,
            rank: 4,
            pods: Pods(
                template: ["spec", "jobTemplate", "spec", "template"],
                count: .untilDone(job: ["spec", "jobTemplate", "spec"])), isDeployed: true),
        KubernetesKind(
            name: "ReplicaSet", group: "apps", versions: ["v1"], plural: "replicasets", nameLimit: 63, rank: 4,
            pods: Pods(template: template, count: .replicas), immutable: Immutable(paths: ["spec.selector"]),
            madeBy: "Deployment"),
        KubernetesKind(
            name: "ReplicationController", versions: ["v1"], plural: "replicationcontrollers", nameLimit: 63, rank: 4,
            pods: Pods(template: template, count: .replicas)),
        KubernetesKind(
            name: "Pod", versions: ["v1"], plural: "pods", rank: 4, pods: Pods(template: [], count: .one),
            immutable: Immutable(
                paths: ["spec"],
                except: [
                    "spec.containers.image", "spec.initContainers.image", "spec.activeDeadlineSeconds",
                    "spec.tolerations", "spec.terminationGracePeriodSeconds",
                ])),
    ]

    private static let core = [
        KubernetesKind(
            name: "ConfigMap", versions: ["v1"], plural: "configmaps", isAlwaysRead: true, rank: 2, isDeployed: true),
        KubernetesKind(name: "Endpoints", versions: ["v1"], plural: "endpoints"),
        KubernetesKind(name: "Event", versions: ["v1"], plural: "events"),
        KubernetesKind(name: "LimitRange", versions: ["v1"], plural: "limitranges", isAlwaysRead: true),
        KubernetesKind(
            name: "PersistentVolumeClaim", versions: ["v1"], plural: "persistentvolumeclaims", isAlwaysRead: true,
            claims: .itself,
            immutable: Immutable(paths: ["spec"], except: ["spec.resources", "spec.volumeAttributesClassName"]),
            doesWork: true),
        KubernetesKind(
            name: "ResourceQuota", versions: ["v1"], plural: "resourcequotas", isAlwaysRead: true,
            immutable: Immutable(paths: ["spec.scopes", "spec.scopeSelector"])),
        KubernetesKind(
            name: "Secret", versions: ["v1"], plural: "secrets", isAlwaysRead: true, rank: 2,
            immutable: Immutable(paths: ["type", "metadata.annotations.kubernetes.io/service-account.name"])),
        KubernetesKind(
            name: "Service", versions: ["v1"], plural: "services", nameLimit: 63, isAlwaysRead: true,
            immutable: Immutable(paths: ["spec.clusterIP"]), mergeKeys: ["spec.ports": ["port", "protocol"]],
            doesWork: true, condition: Condition(path: ["spec", "type"], value: "LoadBalancer"),
            bills: [
                Bill(item: Charge.address, unless: Condition(path: internalBalancer, value: "true")),
                Bill(item: Charge.rule, count: .items(["spec", "ports"])),
            ],
            quota: "services.loadbalancers", isDeployed: true),
        KubernetesKind(
            name: "ServiceAccount", versions: ["v1"], plural: "serviceaccounts", isAlwaysRead: true, rank: 1,
            mergeKeys: ["secrets": ["name"]]),
    ]

    private static let policies = [
        KubernetesKind(
            name: "HorizontalPodAutoscaler", group: "autoscaling", versions: ["v2", "v1"],
            plural: "horizontalpodautoscalers", isDeployed: true),
        KubernetesKind(
            name: "Ingress", group: "networking.k8s.io", versions: ["v1"], plural: "ingresses", isAlwaysRead: true,
            bills: [
                Bill(item: Charge.address, sharedAs: "ingress"),
                Bill(item: Charge.rule, count: .times(2), sharedAs: "ingress"),
            ], isDeployed: true),
        KubernetesKind(name: "Lease", group: "coordination.k8s.io", versions: ["v1"], plural: "leases"),
        KubernetesKind(
            name: "NetworkPolicy", group: "networking.k8s.io", versions: ["v1"], plural: "networkpolicies",
            isAlwaysRead: true),
        KubernetesKind(
            name: "PodDisruptionBudget", group: "policy", versions: ["v1"], plural: "poddisruptionbudgets"),
        KubernetesKind(
            name: "Role", group: "rbac.authorization.k8s.io", versions: ["v1"], plural: "roles", isAlwaysRead: true,
            rank: 2),
        KubernetesKind(
            name: "RoleBinding", group: "rbac.authorization.k8s.io", versions: ["v1"], plural: "rolebindings",
            isAlwaysRead: true, immutable: Immutable(paths: ["roleRef"])),
    ]

    private static let ofTheCluster = [
        KubernetesKind(
            name: "Namespace", versions: ["v1"], plural: "namespaces", isNamespaced: false, nameLimit: 63,
            isAlwaysRead: true, rank: 0),
        KubernetesKind(
            name: "ClusterRole", group: "rbac.authorization.k8s.io", versions: ["v1"], plural: "clusterroles",
            isNamespaced: false),
        KubernetesKind(
            name: "ClusterRoleBinding", group: "rbac.authorization.k8s.io", versions: ["v1"],
            plural: "clusterrolebindings", isNamespaced: false, immutable: Immutable(paths: ["roleRef"])),
        KubernetesKind(
            name: "IngressClass", group: "networking.k8s.io", versions: ["v1"], plural: "ingressclasses",
            isNamespaced: false, immutable: Immutable(paths: ["spec.controller"])),
        KubernetesKind(name: "PersistentVolume", versions: ["v1"], plural: "persistentvolumes", isNamespaced: false),
        KubernetesKind(
            name: "PriorityClass", group: "scheduling.k8s.io", versions: ["v1"], plural: "priorityclasses",
            isNamespaced: false, immutable: Immutable(paths: ["value", "preemptionPolicy"])),
        KubernetesKind(
            name: "StorageClass", group: "storage.k8s.io", versions: ["v1"], plural: "storageclasses",
            isNamespaced: false,
            immutable: Immutable(paths: ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"])),
    ]
}
