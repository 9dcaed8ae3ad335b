extension KindTable {
    static let core: [Kind] = [
        unserved("v1", "bindings", "Binding", verbs: ["create"]),
        componentStatuses,
        row(
            "v1", "configmaps", "ConfigMap", short: ["cm"], columns: .configMap,
            summary: "ConfigMap holds configuration data for pods to consume."),
        row(
            "v1", "endpoints", "Endpoints", short: ["ep"], columns: .endpoints,
            summary: "Endpoints is a collection of endpoints that implement the actual service."),
        row(
            "v1", "events", "Event", short: ["ev"], columns: .event,
            summary: "Event is a report of an event somewhere in the cluster."),
        row(
            "v1", "limitranges", "LimitRange", short: ["limits"], columns: .createdAt,
            summary: "LimitRange sets resource usage limits for each kind of resource in a Namespace."),
        namespaces,
        row(
            "v1", "nodes", "Node", short: ["no"], namespaced: false, [.proxy("NodeProxyOptions"), .status],
            columns: .node,
            summary: "Node is a worker node in Kubernetes."),
        row(
            "v1", "persistentvolumeclaims", "PersistentVolumeClaim", short: ["pvc"], [.status], immutable: .claim,
            columns: .claim, summary: "PersistentVolumeClaim is a user's request for and claim to a persistent volume"),
        row(
            "v1", "persistentvolumes", "PersistentVolume", short: ["pv"], namespaced: false, [.status],
            columns: .volume, summary: "PersistentVolume (PV) is a storage resource provisioned by an administrator."),
        row(
            "v1", "pods", "Pod", short: ["po"], all: true,
            [
                .listed("attach", ["create", "get"], kind: "PodAttachOptions"),
                .listed("binding", ["create"], kind: "Binding"),
                .listed("ephemeralcontainers", ["get", "patch", "update"]), .eviction,
                .listed("exec", ["create", "get"], kind: "PodExecOptions"), .log,
                .listed("portforward", ["create", "get"], kind: "PodPortForwardOptions"), .proxy("PodProxyOptions"),
                .listed("resize", ["get", "patch", "update"]), .status,
            ], columns: .pod,
            hasGeneration: true,
            summary: "Pod is a collection of containers that can run on a host."),
        row(
            "v1", "podtemplates", "PodTemplate",
            summary: "PodTemplate describes a template for creating copies of a pod."),
        row(
            "v1", "replicationcontrollers", "ReplicationController", short: ["rc"], all: true, [.scale, .status],
            columns: .replicaSet, hasGeneration: true,
            summary: "ReplicationController represents the configuration of a replication controller."),
        row(
            "v1", "resourcequotas", "ResourceQuota", short: ["quota"], [.status],
            immutable: [ImmutableField(path: ["spec", "scopes"]), ImmutableField(path: ["spec", "scopeSelector"])],
            columns: .quota,
            summary: "ResourceQuota sets aggregate quota restrictions enforced per namespace"),
        row(
            "v1", "secrets", "Secret", immutable: [ImmutableField(path: ["type"])], columns: .secret,
            summary: "Secret holds secret data of a certain type."),
        row(
            "v1", "serviceaccounts", "ServiceAccount", short: ["sa"], [.token], columns: .serviceAccount,
            summary: "ServiceAccount binds together a name and what runs in its name."),
        row(
            "v1", "services", "Service", short: ["svc"], all: true, [.proxy("ServiceProxyOptions"), .status],
            columns: .service,
            summary: "Service is a named abstraction of software service consisting of local port and a selector."),
    ]

    private static var componentStatuses: Kind {
        var kind = row("v1", "componentstatuses", "ComponentStatus", short: ["cs"], namespaced: false, isOpen: true)
        kind.verbs = ["get", "list"]
        return kind
    }

    private static var namespaces: Kind {
        var kind = row(
            "v1", "namespaces", "Namespace", short: ["ns"], namespaced: false, [.finalize, .status],
            columns: .namespace,
            summary: "Namespace provides a scope for Names.")
        kind.verbs.removeAll { $0 == "deletecollection" }
        return kind
    }
}

extension ImmutableField {
    static let claimMessage =
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"
}

extension [ImmutableField] {
    /// A claim's spec but for its size and attributes class.
    static var claim: [ImmutableField] {
        ["accessModes", "selector", "storageClassName", "volumeMode", "volumeName", "dataSource"].map {
            ImmutableField(
                path: ["spec", $0], message: ImmutableField.claimMessage, isForbidden: true,
                maySetOnce: $0 == "volumeName" || $0 == "storageClassName")
        }
    }

    static let selector = [ImmutableField(path: ["spec", "selector"])]
    static let roleRef = [ImmutableField(path: ["roleRef"], message: "cannot change roleRef", showsGoNames: true)]

    /// A stateful set takes changes of a few fields only.
    static var statefulSet: [ImmutableField] {
        let message =
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
            + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
        return ["selector", "serviceName", "volumeClaimTemplates", "podManagementPolicy"].map {
            ImmutableField(path: ["spec", $0], message: message, isForbidden: true)
        }
    }

    static let storageClass =
        ["provisioner", "parameters", "reclaimPolicy"].map {
            ImmutableField(path: [$0], message: "updates to \($0) are forbidden.", isForbidden: true)
        } + [ImmutableField(path: ["volumeBindingMode"])]
    static let priority = ["value", "preemptionPolicy"].map {
        ImmutableField(path: [$0], message: "may not be changed in an update.", isForbidden: true)
    }

    static let job = [
        "selector", "template", "completionMode", "completions", "podFailurePolicy", "backoffLimitPerIndex",
        "managedBy", "successPolicy",
    ].map {
        ImmutableField(path: ["spec", $0])
    }
}
