extension KindTable {
    static let workloads: [Kind] = [
        row(
            "apps/v1", "controllerrevisions", "ControllerRevision",
            summary: "ControllerRevision implements an immutable snapshot of state data."),
        row(
            "apps/v1", "daemonsets", "DaemonSet", short: ["ds"], all: true, [.status], immutable: .selector,
            columns: .daemonSet, hasGeneration: true,
            summary: "DaemonSet represents the configuration of a daemon set."),
        row(
            "apps/v1", "deployments", "Deployment", short: ["deploy"], all: true, [.scale, .status],
            immutable: .selector, columns: .deployment, hasGeneration: true,
            summary: "Deployment enables declarative updates for Pods and ReplicaSets."),
        row(
            "apps/v1", "replicasets", "ReplicaSet", short: ["rs"], all: true, [.scale, .status], immutable: .selector,
            columns: .replicaSet, hasGeneration: true,
            summary: "ReplicaSet ensures that a specified number of pod replicas are running at any given time."),
        row(
            "apps/v1", "statefulsets", "StatefulSet", short: ["sts"], all: true, [.scale, .status],
            immutable: .statefulSet, columns: .statefulSetColumns, hasGeneration: true,
            summary: "StatefulSet represents a set of pods with consistent identities."),
        row(
            "autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", short: ["hpa"], all: true,
            [.status], columns: .autoscaler,
            summary: "HorizontalPodAutoscaler is the configuration for a horizontal pod autoscaler."),
        row(
            "batch/v1", "cronjobs", "CronJob", short: ["cj"], all: true, [.status], columns: .cronJob,
            hasGeneration: true, summary: "CronJob represents the configuration of a single cron job."),
        row(
            "batch/v1", "jobs", "Job", all: true, [.status], immutable: .job, columns: .jobColumns, hasGeneration: true,
            summary: "Job represents the configuration of a single job."),
    ]

    static let clusterWide: [Kind] = [
        row(
            "networking.k8s.io/v1", "ingressclasses", "IngressClass", namespaced: false, columns: .ingressClass,
            hasGeneration: true, summary: "IngressClass represents the class of the Ingress."),
        row(
            "networking.k8s.io/v1", "ingresses", "Ingress", short: ["ing"], [.status], columns: .ingress,
            hasGeneration: true,
            summary:
                "Ingress is a collection of rules that allow inbound connections to reach the endpoints of a backend."),
        row(
            "networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", short: ["netpol"], columns: .networkPolicy,
            hasGeneration: true,
            summary: "NetworkPolicy describes what network traffic is allowed for a set of Pods"),
        row(
            "policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", short: ["pdb"], [.status],
            columns: .disruptionBudget, hasGeneration: true,
            summary: "PodDisruptionBudget defines the max disruption that can be caused to a collection of pods"),
        row(
            "rbac.authorization.k8s.io/v1", "clusterrolebindings", "ClusterRoleBinding", namespaced: false,
            immutable: .roleRef, columns: .binding,
            summary: "ClusterRoleBinding references a ClusterRole, but not contain it."),
        row(
            "rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", namespaced: false, columns: .createdAt,
            summary: "ClusterRole is a cluster level, logical grouping of PolicyRules."),
        row(
            "rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding", immutable: .roleRef, columns: .binding,
            summary: "RoleBinding references a role, but does not contain it."),
        row(
            "rbac.authorization.k8s.io/v1", "roles", "Role", columns: .createdAt,
            summary: "Role is a namespaced, logical grouping of PolicyRules."),
        row(
            "storage.k8s.io/v1", "storageclasses", "StorageClass", short: ["sc"], namespaced: false,
            columns: .storageClass,
            summary: "StorageClass describes the parameters for a class of storage."),
        row("coordination.k8s.io/v1", "leases", "Lease", columns: .lease, summary: "Lease defines a lease concept."),
        row(
            "discovery.k8s.io/v1", "endpointslices", "EndpointSlice", columns: .endpointSlice,
            summary: "EndpointSlice represents a set of service endpoints."),
    ]

    /// Kinds that are only asked, never stored.
    static let reviews: [Kind] = [
        review("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview"),
        review("authentication.k8s.io/v1", "tokenreviews", "TokenReview"),
        review("authorization.k8s.io/v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", namespaced: true),
        review("authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
        review("authorization.k8s.io/v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
        review("authorization.k8s.io/v1", "subjectaccessreviews", "SubjectAccessReview"),
    ]

    private static func review(
        _ apiVersion: String, _ plural: String, _ name: String, namespaced: Bool = false
    ) -> Kind {
        var kind = row(apiVersion, plural, name, namespaced: namespaced)
        kind.verbs = ["create"]
        return kind
    }
}
