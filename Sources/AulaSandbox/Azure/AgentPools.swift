import AulaModel

/// The agent pools of a cluster.
extension AzureCloud {
    private static let path = "resourcegroups/:group/providers/\(clusterType)/:cluster/agentPools"

    static let poolRoutes: [AzureRoute] = [
        .inSubscription("GET", path) { cloud, call in
            let cluster = try cloud.cluster(call)
            return .json(200, ["value": .array(cluster.pools.map { cloud.render(pool: $0, of: cluster) })])
        },
        .inSubscription("GET", "\(path)/:pool") { cloud, call in
            let cluster = try cloud.cluster(call)
            return .json(200, cloud.render(pool: try pool(call, of: cluster), of: cluster))
        },
        .inSubscription("PUT", "\(path)/:pool") { cloud, call in try cloud.putPool(call) },
        .inSubscription("DELETE", "\(path)/:pool") { cloud, call in
            let cluster = try cloud.cluster(call)
            let name = call.parameter("pool").lowercased()
            guard cluster.pools.contains(where: { $0["name"]?.string == name }) else { return .empty(204) }
            let others = cluster.pools.filter { $0["name"]?.string != name }
            guard others.contains(where: { $0["mode"]?.string == "System" }) else {
                throw AzureFailure.badRequest(
                    "InvalidParameter", "There has to be at least one system agent pool.")
            }
            let answer = try cloud.changeCluster(call, removing: name) { cluster in
                cluster.pools = cluster.pools.map { marked($0, $0["name"]?.string == name ? "Deleting" : nil) }
            }
            return cloud.poolAnswer(answer, call, status: 202, pool: nil)
        },
    ]

    private static func pool(_ call: AzureCall, of cluster: ManagedCluster) throws -> JSON {
        let name = call.parameter("pool").lowercased()
        guard let pool = cluster.pools.first(where: { $0["name"]?.string == name }) else {
            throw AzureFailure(404, "NotFound", "Could not find the agentpool: \(name).")
        }
        return pool
    }

    private static func marked(_ pool: JSON, _ state: String?) -> JSON {
        guard let state else { return pool }
        var pool = pool
        pool["provisioningState"] = .string(state)
        return pool
    }

    private mutating func putPool(_ call: AzureCall) throws -> Answer {
        let cluster = try cluster(call)
        let name = call.parameter("pool").lowercased()
        var wanted = call.body["properties"] ?? .object(JSONObject())
        wanted["name"] = .string(name)
        try checkPool(wanted, location: cluster.location)
        let old = cluster.pools.first { $0["name"]?.string == name }
        let others = cluster.pools.filter { $0["name"]?.string != name }
        try checkQuota(others + [wanted], location: cluster.location, replacing: cluster.key)
        if old != nil { try checkImmutable(["properties": ["agentPoolProfiles": [wanted]]], of: cluster) }
        let version = cluster.properties["kubernetesVersion"]?.string ?? ""
        let filled = ManagedClusterDefaults.pool(
            ManagedClusterDefaults.fill(wanted, old ?? .null), network: cluster.properties["networkProfile"],
            version: version)
        let pool = Self.marked(filled, old == nil ? "Creating" : "Scaling")
        let answer = try changeCluster(call) { cluster in
            if old == nil {
                cluster.pools.append(pool)
            } else {
                cluster.pools = cluster.pools.map { $0["name"]?.string == name ? pool : $0 }
            }
        }
        return poolAnswer(answer, call, status: old == nil ? 201 : 200, pool: pool)
    }

    /// The answer of the cluster's change, turned into the pool's: its status and body, the same operation.
    private func poolAnswer(_ answer: Answer, _ call: AzureCall, status: Int, pool: JSON?) -> Answer {
        guard case .response(var response) = answer, let cluster = try? cluster(call) else { return answer }
        response.headers.removeAll { $0.name == "Content-Type" }
        guard let pool else {
            let location = response.headers.first { $0.name == "Azure-AsyncOperation" }?.value
                .replacing("/operations/", with: "/operationresults/")
            return .empty(status, headers: response.headers + [("Location", location ?? "")])
        }
        return .json(status, render(pool: pool, of: cluster), headers: response.headers)
    }

    private func render(pool: JSON, of cluster: ManagedCluster) -> JSON {
        let name = pool["name"]?.string ?? ""
        var properties = pool
        properties["name"] = nil
        properties["powerState"] = ["code": cluster.isRunning ? "Running" : "Stopped"]
        return [
            "id": .string("\(id(cluster))/agentPools/\(name)"), "name": .string(name),
            "type": "Microsoft.ContainerService/managedClusters/agentPools", "properties": properties,
        ]
    }
}
