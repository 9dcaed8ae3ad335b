/// What the things of a cohort are called, in one site.
extension Cohort {
    /// The namespace of one group's environment.
    package func namespace(of group: Group, in environment: Environment) -> String {
        "\(name)-\(group.key)-\(environment.name)"
    }

    /// What tells this edition of the cohort from any other.
    package var mark: Mark { Mark(cohort: name, id: id ?? "") }

    /// The namespace of a server that the groups of an environment share.
    package func serverNamespace(of component: Component, in environment: Environment) -> String {
        "\(name)-\(component.name)-\(environment.name)"
    }

    package var ownNamespace: String { mark.ownNamespace }
    package var rootConfigMap: Address { mark.rootConfigMap }

    package var resourceGroupAddress: Address? {
        site.azure.map { .resourceGroup($0.resourceGroup) }
    }

    package var clusterAddress: Address? {
        site.azure.map { .azureCluster($0.cluster.name, in: $0.resourceGroup) }
    }

    package var rootGroupAddress: Address { .gitlabGroup(name) }

    /// The class's project of pipelines, which teams' own pipelines include.
    package var pipelinesProject: Address { .gitlabClassProject(name, Self.pipelinesPath) }

    /// The last part of its path in GitLab.
    package static let pipelinesPath = "pipelines"

    /// The things that record where this edition lives.
    package var roots: [Address] {
        [resourceGroupAddress, gitlab.map { _ in rootGroupAddress }].compactMap { $0 }
            + parts.map { rootConfigMap.inCluster($0.site) }
    }

    /// Where this edition lives, as its roots record it: without hosts, so that a sandbox that restarts on another
    /// port is still the same site.
    package var coordinates: [String: String] {
        var result: [String: String] = [:]
        if let azure = site.azure {
            result["azure"] = "\(azure.subscription)/\(azure.resourceGroup)/\(azure.cluster.name)"
        }
        if let gitlab { result["gitlab"] = gitlab.group }
        return result
    }
}

extension Mark {
    /// The namespace of aula's own things.
    package var ownNamespace: String { "\(cohort)-aula" }

    /// The ConfigMap that records the cohort's coordinates; it also hands out the cluster's address.
    package var rootConfigMap: Address { .kubernetes("ConfigMap", ownNamespace, "aula") }

    /// aula's own project in the class group.
    package var ownProject: Address { Address(.gitlabProject, "\(cohort)/\(ClassMemory.projectName)") }
}
