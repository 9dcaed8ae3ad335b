import AulaModel

enum AzureKeys {
    enum Existing: String, CaseIterable { case resourceGroup, cluster }

    static let subscription = Key.text(
        "subscription", .subscription, .required, "The subscription that pays.",
        example: "00000000-0000-0000-0000-000000000000")
    static let location = Key.text("location", .region, .required, "The region of everything.", example: "westus")
    static let resourceGroup = Key.text(
        "resourceGroup", .resourceGroup, .derived("the cohort's name"), "What the cluster is made in.",
        example: "memo2")
    static let cluster = Key.parts(
        "cluster", .mapping(ClusterKeys.set), .derived("the defaults of its keys"), "The cluster and its nodes.",
        example: "{ nodeSize: Standard_B2s, nodes: 2 }")
    static let existing = Key.parts(
        "existing", .list(of: .choice(Existing.allCases.map(\.rawValue)), count: 0...2), .none,
        "What is there already: it is marked and used, and never deleted.", example: "[resourceGroup]")
    static let set = KeySet(
        subscription.declaration, location.declaration, resourceGroup.declaration, cluster.declaration,
        existing.declaration)
}

enum ClusterKeys {
    enum Tier: String, CaseIterable { case free, standard, premium }

    static let name = Key.text(
        "name", .clusterName, .derived("`cluster-NAME`"), "The cluster's name on Azure.", example: "cluster-memo2-prod")
    static let nodeSize = Key.text(
        "nodeSize", .nodeSize, .value("Standard_B2s"),
        "The size of each node. `aula cost` shows what others would cost.", example: "Standard_B4ms")
    static let nodes = Key.whole("nodes", 1...1_000, .value(2), "How many nodes there are.", example: "3")
    static let tier = Key<Tier>.choice(
        "tier", .value("free"), "The control plane's tier; those that are not free promise a share of time.",
        example: "standard")
    static let monitoring = Key.flag(
        "monitoring", .value(false), "Whether Azure's monitoring collects the nodes' logs and figures.", example: "true"
    )
    static let osDiskSize = Key.whole(
        "osDiskSize", 30...2_048, .derived("Azure's"), "The size of each node's own disk in GiB.", example: "64")
    static let version = Key.text(
        "version", .clusterVersion, .derived("Azure's"), "The version of Kubernetes.", example: "\"1.33\"")
    static let set = KeySet(
        name.declaration, nodeSize.declaration, nodes.declaration, tier.declaration, monitoring.declaration,
        osDiskSize.declaration, version.declaration)
}

enum KubernetesKeys {
    static let context = Key.text(
        "context", .derived("the current one"), "The context of your kubeconfig.", example: "my-cluster")
    static let set = KeySet(context.declaration)
}

/// One of several clusters.
enum NamedSiteKeys {
    static let name = Key.text(
        "name", .siteName, .required, "It stands in the addresses of what is there, and groups name it.",
        example: "east")
    static let set = KeySet(name.declaration, KubernetesKeys.context.declaration)
}

enum GitLabKeys {
    static let url = Key.text(
        "url", .url, .value("https://gitlab.com"),
        "Where GitLab is. `AULA_GITLAB_URL` wins over it, so that one file serves the sandbox and the real one.",
        example: "https://gitlab.example.org")
    static let group = Key.text(
        "group", .groupPath, .required,
        "The full path of the class's own group; what it is in must exist on gitlab.com.",
        example: "memo2-fiuba/2020-2c")
    static let registration = Key<GitLabHome.Registration>.choice(
        "registration", .value("variables"),
        "How pipelines learn of their namespace: `variables` (`KUBE_URL`, `KUBE_TOKEN`, … for each environment), or "
            + "`certificate` (a self-managed GitLab with the feature flag `certificate_based_clusters`).",
        example: "certificate")
    static let labels = Key.parts(
        "labels", .names(.labelTitle, of: .text(.color)), .none,
        "Labels of every project with their colours, by which teams sort their issues. One that is no longer listed "
            + "stays, because issues may bear it.", example: "{ bug: \"#d9534f\" }")
    static let flow = Key<GitLabHome.Flow>.choice(
        "flow", .derived("`push` for new projects; those that are there stay as they are"),
        "How work comes to a project's default branch, which is [protected](pipelines.md#the-default-branch): Developers "
            + "`push` and merge, or only merge requests bring it there (`mr`).",
        example: "mr")
    static let set = KeySet(
        url.declaration, group.declaration, registration.declaration, flow.declaration, labels.declaration)
}
