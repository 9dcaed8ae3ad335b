import AulaModel

/// The actions on clusters and pools: stop, start, abort, credentials, upgrades, and what became of operations.
extension AzureCloud {
    private static let path = "resourcegroups/:group/providers/\(clusterType)/:cluster"

    static let actionRoutes: [AzureRoute] = [
        .inSubscription("POST", "\(path)/stop") { cloud, call in
            let cluster = try cloud.cluster(call)
            try cloud.requireIdle(cluster)
            return try cloud.switchPower(
                cluster, .stopCluster, state: "Stopping", seconds: cloud.settings.durations.stopCluster, call)
        },
        .inSubscription("POST", "\(path)/start") { cloud, call in
            let cluster = try cloud.cluster(call)
            guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
            try cloud.checkQuota(
                cloud.pools(of: cluster).map(\.properties), location: cluster.location ?? "", replacing: cluster.key)
            return try cloud.switchPower(
                cluster, .startCluster, state: "Starting", seconds: cloud.settings.durations.startCluster, call)
        },
        .inSubscription("POST", "\(path)/abort") { cloud, call in
            let cluster = try cloud.cluster(call)
            let running = cloud.operations.values.first { $0.target == cluster.key && $0.status == "InProgress" }
            guard let running, cluster.isBusy else {
                throw AzureFailure.flat(400, "OperationNotFound", "There is no operation in progress to abort.")
            }
            cloud.operations[running.id]?.status = "Canceled"
            cloud.operations[running.id]?.end = call.now
            let answer = cloud.render(cluster)
            cloud.settle(cluster.key, state: "Canceled", now: call.now)
            // The abort is an operation of its own, and it succeeds.
            let abort = cloud.begin(.abortOperation, on: cluster, seconds: 0, now: call.now)
            return .json(202, answer, headers: cloud.headers(abort, call, withLocation: true))
        },
        .inSubscription("POST", "\(path)/listClusterUserCredential") { cloud, call in
            .credentials(id: try cloud.reachable(call).id.text, admin: false)
        },
        .inSubscription("POST", "\(path)/listClusterAdminCredential") { cloud, call in
            let cluster = try cloud.reachable(call)
            guard cluster.properties["disableLocalAccounts"]?.bool != true else {
                throw AzureFailure.flat(
                    400, "BadRequest",
                    "Getting static credential is not allowed because this cluster is set to disable local accounts.")
            }
            return .credentials(id: cluster.id.text, admin: true)
        },
        .inSubscription("GET", "\(path)/upgradeProfiles/default") { cloud, call in
            cloud.upgradeProfile(try cloud.cluster(call))
        },
        .inSubscription("GET", "\(path)/agentPools/:pool/upgradeProfiles/default") { cloud, call in
            try cloud.upgradeProfile(ofPool: cloud.pool(call))
        },
        .inSubscription("POST", "\(path)/agentPools/:pool/upgradeNodeImageVersion") { cloud, call in
            var pool = try cloud.pool(call)
            let operation = try cloud.updateCluster(try cloud.cluster(call), call)
            pool.properties["nodeImageVersion"] = .string(AzureCatalogue.nodeImage)
            pool.change(to: "UpgradingNodeImageVersion", at: call.now)
            cloud.store[pool.key] = pool
            return .json(202, cloud.render(pool), headers: cloud.headers(operation, call, withLocation: true))
        },
        .inSubscription("GET", "\(path)/operations/:operation") { cloud, call in
            let cluster = try cloud.cluster(call)
            let wanted = call.parameter("operation").lowercased()
            let own = cloud.operations.values.filter { $0.target == cluster.key }.sorted { $0.start < $1.start }
            guard let found = wanted == "latest" ? own.last : own.first(where: { $0.id == wanted }) else {
                throw AzureFailure.flat(404, "NotFound", "The operation '\(wanted)' of the cluster was not found.")
            }
            var json = found.json
            json["id"] = .string("\(AzureKind.of(cluster.id)?.shown(cluster.id) ?? "")/operations/\(found.id)")
            return .json(200, json)
        },
    ]

    /// A cluster whose API has been made.
    private func reachable(_ call: AzureCall) throws -> AzureResource {
        let cluster = try cluster(call)
        guard cluster.life?.isHosted == true else { throw AzureFailure.busy(cluster.state) }
        return cluster
    }

    private func pool(_ call: AzureCall) throws -> AzureResource {
        let id = try cluster(call).id.child("agentPools", call.parameter("pool"))
        guard let pool = store[id.key] else {
            throw AzureFailure.flat(404, "NotFound", "Could not find the agentpool: \(id.name).")
        }
        return pool
    }

    private mutating func switchPower(
        _ cluster: AzureResource, _ kind: AzureOperation.Kind, state: String, seconds: Double, _ call: AzureCall
    ) throws -> Answer {
        try checkLocks(cluster.id.text, deletes: false)
        store[cluster.key]?.change(to: state, at: call.now)
        let operation = begin(kind, on: cluster, seconds: seconds, now: call.now)
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }

    private func upgradeProfile(_ cluster: AzureResource) -> Answer {
        let profile = { (pool: AzureResource?) -> JSON in
            let version = AzureCatalogue.patch(
                (pool ?? cluster).properties[pool == nil ? "kubernetesVersion" : "orchestratorVersion"]?.string ?? "")
            let upgrades = version.map(AzureCatalogue.upgrades) ?? []
            return [
                "kubernetesVersion": version.map(JSON.string) ?? .null, "osType": "Linux",
                "upgrades": .array(upgrades.map { ["kubernetesVersion": .string($0)] }),
            ]
        }
        let pools = pools(of: cluster).map { pool -> JSON in
            var json = profile(pool)
            json["name"] = .string(pool.name)
            return json
        }
        return .json(
            200,
            [
                "id": .string("\(cluster.id.text)/upgradeprofiles/default"), "name": "default",
                "type": "Microsoft.ContainerService/managedClusters/upgradeprofiles",
                "properties": ["controlPlaneProfile": profile(nil), "agentPoolProfiles": .array(pools)],
            ])
    }

    private func upgradeProfile(ofPool pool: AzureResource) -> Answer {
        let version = pool.properties["currentOrchestratorVersion"]?.string ?? ""
        let newer = AzureCatalogue.upgrades(of: version)
        var properties: JSON = [
            "kubernetesVersion": .string(version), "osType": "Linux",
            "latestNodeImageVersion": .string(AzureCatalogue.nodeImage),
        ]
        if !newer.isEmpty { properties["upgrades"] = .array(newer.map { ["kubernetesVersion": .string($0)] }) }
        return .json(
            200,
            [
                "id": .string("\(AzureKind.of(pool.id)?.shown(pool.id) ?? "")/upgradeProfiles/default"),
                "name": "default",
                "type": "Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles",
                "properties": properties,
            ])
    }
}
