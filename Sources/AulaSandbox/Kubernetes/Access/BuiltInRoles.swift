import AulaModel

/// The cluster roles that every cluster has, as far as users and deployers meet them.
enum BuiltInRoles {
    static let roles: [(name: String, rules: [JSON])] = [
        ("cluster-admin", [rule(["*"], ["*"], ["*"]), ["verbs": ["*"], "nonResourceURLs": ["*"]]]),
        ("admin", [editing, viewing, managingAccess]),
        ("edit", [editing, viewing]),
        ("view", [viewing]),
        (
            "system:basic-user",
            [
                rule(
                    ["create"], ["authorization.k8s.io", "authentication.k8s.io"],
                    [
                        "selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews",
                    ])
            ]
        ),
        (
            "system:discovery",
            [
                [
                    "verbs": ["get"],
                    "nonResourceURLs": urls(
                        "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz",
                        "/version",
                        "/version/"),
                ]
            ]
        ),
        (
            "system:public-info-viewer",
            [
                [
                    "verbs": ["get"],
                    "nonResourceURLs": urls(
                        "/healthz", "/livez", "/readyz", "/version", "/version/"),
                ]
            ]
        ),
    ]

    /// Which groups hold which role everywhere.
    static let bindings = [
        (role: "cluster-admin", groups: ["system:masters"]),
        (role: "system:basic-user", groups: ["system:authenticated"]),
        (role: "system:discovery", groups: ["system:authenticated"]),
        (role: "system:public-info-viewer", groups: ["system:authenticated", "system:unauthenticated"]),
    ]

    private static let allGroups = [
        "", "apps", "batch", "autoscaling", "networking.k8s.io", "policy", "coordination.k8s.io",
    ]
    private static let contents = [
        "configmaps", "endpoints", "persistentvolumeclaims", "pods", "replicationcontrollers", "serviceaccounts",
        "services", "daemonsets", "deployments", "deployments/scale", "replicasets", "replicasets/scale",
        "statefulsets", "statefulsets/scale", "cronjobs", "jobs", "horizontalpodautoscalers", "ingresses",
        "networkpolicies", "poddisruptionbudgets", "pods/log", "pods/status", "services/status", "leases",
    ]

    private static let editing = rule(
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], allGroups,
        contents + ["secrets", "pods/eviction", "pods/exec", "pods/portforward", "events", "serviceaccounts/token"])
    private static let viewing = rule(
        ["get", "list", "watch"], allGroups + ["discovery.k8s.io"],
        contents + ["events", "limitranges", "namespaces", "resourcequotas", "endpointslices"])
    private static let managingAccess = rule(
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        ["rbac.authorization.k8s.io"], ["roles", "rolebindings"])

    private static func rule(_ verbs: [String], _ groups: [String], _ resources: [String]) -> JSON {
        func list(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
        return ["verbs": list(verbs), "apiGroups": list(groups), "resources": list(resources)]
    }

    private static func urls(_ urls: String...) -> JSON { .array(urls.map { .string($0) }) }
}
