import AulaModel

/// Stop, start, abort and the credentials of a cluster.
extension AzureCloud {
    private static let path = "resourcegroups/:group/providers/\(clusterType)/:cluster"

    static let powerRoutes: [AzureRoute] = [
        .inSubscription("POST", "\(path)/stop") { cloud, call in
            let cluster = try cloud.cluster(call)
            try cloud.requireIdle(cluster)
            return cloud.switchPower(
                cluster, .stopCluster, state: "Stopping", seconds: cloud.settings.durations.stopCluster, call)
        },
        .inSubscription("POST", "\(path)/start") { cloud, call in
            let cluster = try cloud.cluster(call)
            guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
            try cloud.checkQuota(cluster.pools, location: cluster.location, replacing: cluster.key)
            return cloud.switchPower(
                cluster, .startCluster, state: "Starting", seconds: cloud.settings.durations.startCluster, call)
        },
        .inSubscription("POST", "\(path)/abort") { cloud, call in
            let cluster = try cloud.cluster(call)
            let running = cloud.operations.values.first { $0.target == cluster.key && $0.status == "InProgress" }
            guard let running, cluster.isBusy else {
                throw AzureFailure(400, "OperationNotFound", "There is no operation in progress to abort.")
            }
            cloud.operations[running.id]?.status = "Canceled"
            cloud.operations[running.id]?.end = call.now
            cloud.clusters[cluster.key]?.settle(state: "Canceled", without: nil)
            return .empty(202, headers: cloud.headers(running, call, withLocation: true))
        },
        .inSubscription("POST", "\(path)/listClusterUserCredential") { cloud, call in
            .credentials(id: cloud.id(try cloud.reachable(call)), admin: false)
        },
        .inSubscription("POST", "\(path)/listClusterAdminCredential") { cloud, call in
            let cluster = try cloud.reachable(call)
            guard cluster.properties["disableLocalAccounts"]?.bool != true else {
                throw AzureFailure.badRequest(
                    "BadRequest",
                    "Getting static credential is not allowed because this cluster is set to disable local accounts.")
            }
            return .credentials(id: cloud.id(cluster), admin: true)
        },
    ]

    /// A cluster whose API has been made.
    private func reachable(_ call: AzureCall) throws -> ManagedCluster {
        let cluster = try cluster(call)
        guard cluster.isHosted else { throw AzureFailure.busy(cluster.state) }
        return cluster
    }

    private mutating func switchPower(
        _ cluster: ManagedCluster, _ kind: AzureOperation.Kind, state: String, seconds: Double, _ call: AzureCall
    ) -> Answer {
        clusters[cluster.key]?.state = state
        let operation = begin(
            kind, target: cluster.key, location: cluster.location, seconds: seconds, now: call.now)
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }
}
