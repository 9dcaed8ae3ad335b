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
            "networking.k8s.io/v1", "ingressclasses", "IngressClass", namespaced: false,
            immutable: [ImmutableField(path: ["spec", "controller"])], columns: .ingressClass,
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
            immutable: .storageClass, columns: .storageClass,
            summary: "StorageClass describes the parameters for a class of storage."),
        row("coordination.k8s.io/v1", "leases", "Lease", columns: .lease, summary: "Lease defines a lease concept."),
        row(
            "discovery.k8s.io/v1", "endpointslices", "EndpointSlice", columns: .endpointSlice,
            summary: "EndpointSlice represents a set of service endpoints."),
    ]

    /// Kinds that users' clients and add-ons bring, kept as they are written, and those that are only listed.
    static let further: [Kind] = [
        row("apiregistration.k8s.io/v1", "apiservices", "APIService", namespaced: false, isOpen: true, [.status]),
        row("events.k8s.io/v1", "events", "Event", short: ["ev"], isOpen: true),
        row(
            "certificates.k8s.io/v1", "certificatesigningrequests", "CertificateSigningRequest", short: ["csr"],
            namespaced: false, isOpen: true, [.listed("approval", ["get", "patch", "update"]), .status]),
        row("networking.k8s.io/v1", "ipaddresses", "IPAddress", short: ["ip"], namespaced: false, isOpen: true),
        row("networking.k8s.io/v1", "servicecidrs", "ServiceCIDR", namespaced: false, isOpen: true, [.status]),
        row("storage.k8s.io/v1", "csidrivers", "CSIDriver", namespaced: false, isOpen: true),
        row("storage.k8s.io/v1", "csinodes", "CSINode", namespaced: false, isOpen: true),
        row("storage.k8s.io/v1", "csistoragecapacities", "CSIStorageCapacity", isOpen: true),
        row("storage.k8s.io/v1", "volumeattachments", "VolumeAttachment", namespaced: false, isOpen: true, [.status]),
        row(
            "storage.k8s.io/v1", "volumeattributesclasses", "VolumeAttributesClass", short: ["vac"], namespaced: false,
            isOpen: true),
        row(
            "admissionregistration.k8s.io/v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration",
            namespaced: false, isOpen: true, hasGeneration: true),
        row(
            "admissionregistration.k8s.io/v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy",
            namespaced: false, isOpen: true, [.status], hasGeneration: true),
        row(
            "admissionregistration.k8s.io/v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding",
            namespaced: false, isOpen: true, hasGeneration: true),
        row(
            "admissionregistration.k8s.io/v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration",
            namespaced: false, isOpen: true, hasGeneration: true),
        row(
            "apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", short: ["crd", "crds"],
            namespaced: false, isOpen: true, [.status], columns: .createdAt, hasGeneration: true),
        row(
            "scheduling.k8s.io/v1", "priorityclasses", "PriorityClass", short: ["pc"], namespaced: false, isOpen: true,
            immutable: .priority, columns: .priorityClass, hasGeneration: true),
        row("node.k8s.io/v1", "runtimeclasses", "RuntimeClass", namespaced: false, isOpen: true),
        row("resource.k8s.io/v1", "deviceclasses", "DeviceClass", namespaced: false, isOpen: true),
        row("resource.k8s.io/v1", "resourceclaims", "ResourceClaim", isOpen: true, [.status]),
        row("resource.k8s.io/v1", "resourceclaimtemplates", "ResourceClaimTemplate", isOpen: true),
        row("resource.k8s.io/v1", "resourceslices", "ResourceSlice", namespaced: false, isOpen: true),
        row("flowcontrol.apiserver.k8s.io/v1", "flowschemas", "FlowSchema", namespaced: false, isOpen: true, [.status]),
        row(
            "flowcontrol.apiserver.k8s.io/v1", "prioritylevelconfigurations", "PriorityLevelConfiguration",
            namespaced: false, isOpen: true, [.status]),
    ]

    /// A kind that the real server has and the sandbox only lists: asking for it is answered with 501.
    static func unserved(
        _ apiVersion: String, _ plural: String, _ name: String, verbs: [String] = Kind.standardVerbs,
        short: [String] = [], namespaced: Bool = true, _ subresources: [Subresource] = [], all: Bool = false
    ) -> Kind {
        var kind = row(
            apiVersion, plural, name, short: short, all: all, namespaced: namespaced, isOpen: true, subresources)
        kind.verbs = verbs
        kind.isServed = false
        return kind
    }

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
