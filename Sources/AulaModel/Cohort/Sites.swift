/// Where the workloads run.
package enum KubernetesSite: Hashable, Sendable {
    /// A cluster on Azure that aula makes (or finds), reached with credentials that `az` hands out.
    case azure(AzureSite)
    /// Any other cluster: a context of the user's kubeconfig.
    case context(String?)

    /// How people are told of it: `cluster memo2-prod`, `context kind`.
    package var words: String {
        switch self {
        case .azure(let azure): "cluster \(azure.cluster.name)"
        case .context(let name): name.map { "context \($0)" } ?? "the current context"
        }
    }

    package var azure: AzureSite? { if case .azure(let site) = self { site } else { nil } }
}

/// One of several places where a cohort's workloads run.
package struct NamedSite: Hashable, Sendable {
    /// A DNS label; it stands in the addresses of what is there.
    package var name: String
    package var site: KubernetesSite

    package init(name: String, site: KubernetesSite) {
        self.name = name
        self.site = site
    }
}

/// The subscription, resource group and cluster of a cohort on Azure.
package struct AzureSite: Hashable, Sendable {
    package struct Cluster: Hashable, Sendable {
        package var name: String
        /// Such as `Standard_B2s`.
        package var nodeSize: String
        package var nodes: Int
        /// GiB; nil takes Azure's default for the size.
        package var osDiskSize: Int?
        /// `free`, `standard` or `premium`.
        package var tier: String
        package var monitoring: Bool
        package var version: String?

        package init(
            name: String, nodeSize: String, nodes: Int, osDiskSize: Int? = nil, tier: String = "free",
            monitoring: Bool = false, version: String? = nil
        ) {
            self.name = name
            self.nodeSize = nodeSize
            self.nodes = nodes
            self.osDiskSize = osDiskSize
            self.tier = tier
            self.monitoring = monitoring
            self.version = version
        }
    }

    package var subscription: String
    package var location: String
    package var resourceGroup: String
    package var cluster: Cluster
    /// Things that exist already and are only marked: `resourceGroup`, `cluster`.
    package var existing: Set<String>

    package init(
        subscription: String, location: String, resourceGroup: String, cluster: Cluster, existing: Set<String> = []
    ) {
        self.subscription = subscription
        self.location = location
        self.resourceGroup = resourceGroup
        self.cluster = cluster
        self.existing = existing
    }
}

extension AzureSite {
    /// Keys of the file whose values Azure does not change in a cluster: another value means another cluster.
    package static let fixedKeys: Set<String> = ["location", "nodeSize", "osDiskSize"]
}

/// Where the groups' projects are, and how they learn of their namespaces.
package struct GitLabHome: Hashable, Sendable {
    package enum Registration: String, Sendable, CaseIterable {
        case variables
        case certificate
    }

    /// What a team sorts its issues by.
    package struct Label: Hashable, Sendable {
        package var name: String
        /// `#rrggbb`, in small letters.
        package var color: String

        package init(name: String, color: String) {
            self.name = name
            self.color = color
        }
    }

    /// How a team's work comes to its default branch.
    package enum Flow: String, Sendable, CaseIterable {
        /// Developers push and merge.
        case push
        /// Developers merge; nobody pushes.
        case mr
    }

    /// Without a trailing slash: `https://gitlab.com`.
    package var url: String
    /// The full path of the cohort's own group; its parent exists already (or it is top level on a self-managed one).
    package var group: String
    package var registration: Registration
    /// Nil where the file does not say: `push` for new projects, and those that are there stay as they are.
    package var flow: Flow?
    /// In every project.
    package var labels: [Label]

    package init(
        url: String, group: String, registration: Registration = .variables, flow: Flow? = nil, labels: [Label] = []
    ) {
        self.url = url
        self.group = group
        self.registration = registration
        self.flow = flow
        self.labels = labels
    }
}
