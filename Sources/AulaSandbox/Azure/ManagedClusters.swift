import AulaModel
import Foundation

/// Managed clusters: read, list, PUT for create and update, DELETE.
extension AzureCloud {
    private static let path = "resourcegroups/:group/providers/\(clusterType)"

    static let clusterRoutes: [AzureRoute] = [
        .inSubscription("GET", "providers/\(clusterType)") { cloud, _ in
            let all = cloud.clusters.values.sorted { $0.key < $1.key }
            return .json(200, ["value": .array(all.map(cloud.render))])
        },
        .inSubscription("GET", path) { cloud, call in
            let found = cloud.clusters(inGroup: try cloud.group(call).name.lowercased())
            return .json(200, ["value": .array(found.map(cloud.render))])
        },
        .inSubscription("GET", "\(path)/:cluster") { cloud, call in .json(200, cloud.render(try cloud.cluster(call))) },
        .inSubscription("PUT", "\(path)/:cluster") { cloud, call in
            let group = try cloud.group(call)
            let present = cloud.clusters["\(group.name)/\(call.parameter("cluster"))".lowercased()]
            return try present.map { try cloud.updateCluster($0, call) } ?? cloud.createCluster(call, in: group)
        },
        .inSubscription("PATCH", "\(path)/:cluster") { cloud, call in
            let tags = try call.body["tags"].map(AzureTags.read)
            return try cloud.changeCluster(call) { if let tags { $0.tags = tags } }
        },
        .inSubscription("DELETE", "\(path)/:cluster") { cloud, call in try cloud.deleteCluster(call) },
        .inSubscription("GET", "\(path)/:cluster/upgradeProfiles/default") { cloud, call in
            let cluster = try cloud.cluster(call)
            return .json(200, cloud.upgradeProfile(cluster))
        },
    ]

    private mutating func createCluster(_ call: AzureCall, in group: ResourceGroup) throws -> Answer {
        guard group.state != "Deleting" else { throw AzureFailure.groupDeleting(group.name) }
        let name = call.parameter("cluster")
        try checkName(name)
        let location = try checkLocation(call.body["location"]?.string ?? "")
        try checkVersion(call.body[["properties", "kubernetesVersion"]]?.string ?? "", location: location)
        let pools = call.body[["properties", "agentPoolProfiles"]]?.array ?? []
        guard !pools.isEmpty else {
            throw AzureFailure.badRequest(
                "InvalidParameter", "Required parameter agentPoolProfiles is missing (null).")
        }
        for pool in pools { try checkPool(pool, location: location) }
        try checkQuota(pools, location: location, replacing: nil)
        var properties = ManagedClusterDefaults.properties(call.body, name: name, group: group, location: location)
        let version = properties["kubernetesVersion"]?.string ?? ""
        properties["agentPoolProfiles"] = .array(
            pools.map { pool in
                var pool = ManagedClusterDefaults.pool(pool, network: properties["networkProfile"], version: version)
                pool["provisioningState"] = "Creating"
                return pool
            })
        let cluster = ManagedCluster(
            group: group.name, name: name, location: location, tags: try call.body["tags"].flatMap(AzureTags.optional),
            sku: ManagedClusterDefaults.fill(call.body["sku"], ["name": "Base", "tier": "Free"]),
            identity: [
                "type": "SystemAssigned", "principalId": .string(UUID().uuidString.lowercased()),
                "tenantId": .string(settings.tenant),
            ], properties: properties, eTag: UUID().uuidString.lowercased(), state: "Creating", createdAt: call.now,
            runningSince: call.now)
        clusters[cluster.key] = cluster
        groups[cluster.nodeGroup.lowercased()] = ResourceGroup(
            name: cluster.nodeGroup, location: location,
            tags: ["aks-managed-cluster-name": name, "aks-managed-cluster-rg": group.name], managedBy: id(cluster),
            createdAt: call.now)
        let operation = begin(
            .createCluster, target: cluster.key, location: location, seconds: settings.durations.createCluster,
            now: call.now)
        return .json(201, render(cluster), headers: headers(operation, call, withLocation: false))
    }

    private mutating func updateCluster(_ present: ManagedCluster, _ call: AzureCall) throws -> Answer {
        try requireIdle(present)
        if let location = call.body["location"]?.string, AzureCatalogue.location(location) != present.location {
            throw AzureFailure(
                409, "InvalidResourceLocation",
                "The resource '\(present.name)' already exists in location '\(present.location)' in resource group "
                    + "'\(present.group)'. A resource with the same name cannot be created in location '\(location)'. "
                    + "Please select a new resource name.")
        }
        try checkImmutable(call.body, of: present)
        let wanted = call.body["properties"] ?? .object(JSONObject())
        let version = wanted["kubernetesVersion"]?.string ?? ""
        if !version.isEmpty { try checkVersion(version, location: present.location) }
        let pools = wanted["agentPoolProfiles"]?.array ?? present.pools
        for pool in pools { try checkPool(pool, location: present.location) }
        try checkQuota(pools, location: present.location, replacing: present.key)
        let upgrades = !version.isEmpty && version != present.properties["kubernetesVersion"]?.string
        return try changeCluster(call, state: upgrades ? "Upgrading" : "Updating") { cluster in
            // The service keeps its own fields: a PUT without them does not take them away.
            for member in wanted.object?.members ?? [] where !member.value.isNull && member.value != "" {
                let old = cluster.properties[member.key] ?? .null
                let isObject = member.value.object != nil
                cluster.properties[member.key] =
                    isObject ? ManagedClusterDefaults.fill(member.value, old) : member.value
            }
            cluster.pools = pools.map { pool in
                let old = present.pools.first { $0["name"] == pool["name"] }
                var merged = ManagedClusterDefaults.fill(pool, old ?? .null)
                if old == nil {
                    merged = ManagedClusterDefaults.pool(
                        pool, network: cluster.properties["networkProfile"], version: version)
                }
                let scales = old?["count"] != merged["count"]
                merged["provisioningState"] = old == nil ? "Creating" : scales ? "Scaling" : "Updating"
                return merged
            }
            cluster.tags = try call.body["tags"].flatMap(AzureTags.optional)
            cluster.sku = ManagedClusterDefaults.fill(call.body["sku"], cluster.sku)
        }
    }

    /// Begins an update: the change shows at once, its state says that it is being made.
    mutating func changeCluster(
        _ call: AzureCall, state: String = "Updating", removing pool: String? = nil,
        change: (inout ManagedCluster) throws -> Void
    ) throws -> Answer {
        var cluster = try cluster(call)
        try requireIdle(cluster)
        try change(&cluster)
        cluster.state = state
        cluster.eTag = UUID().uuidString.lowercased()
        clusters[cluster.key] = cluster
        var operation = begin(
            .updateCluster, target: cluster.key, location: cluster.location, seconds: settings.durations.updateCluster,
            now: call.now)
        operation.removedPool = pool
        operations[operation.id] = operation
        return .json(200, render(cluster), headers: headers(operation, call, withLocation: false))
    }

    private mutating func deleteCluster(_ call: AzureCall) throws -> Answer {
        let group = try group(call)
        guard let cluster = clusters["\(group.name)/\(call.parameter("cluster"))".lowercased()] else {
            return .empty(204)
        }
        if cluster.state == "Deleting",
            let running = operations.values.first(where: { $0.target == cluster.key && $0.status == "InProgress" })
        {
            return .empty(202, headers: headers(running, call, withLocation: true))
        }
        guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
        clusters[cluster.key]?.state = "Deleting"
        let operation = begin(
            .deleteCluster, target: cluster.key, location: cluster.location, seconds: settings.durations.deleteCluster,
            now: call.now)
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }

    private func upgradeProfile(_ cluster: ManagedCluster) -> JSON {
        let current = cluster.properties["currentKubernetesVersion"] ?? .null
        return [
            "id": .string("\(id(cluster))/upgradeprofiles/default"), "name": "default",
            "type": "Microsoft.ContainerService/managedClusters/upgradeprofiles",
            "properties": [
                "controlPlaneProfile": ["kubernetesVersion": current, "osType": "Linux", "upgrades": []],
                "agentPoolProfiles": .array(
                    cluster.pools.map {
                        ["name": $0["name"] ?? .null, "kubernetesVersion": current, "osType": "Linux", "upgrades": []]
                    }),
            ],
        ]
    }
}
