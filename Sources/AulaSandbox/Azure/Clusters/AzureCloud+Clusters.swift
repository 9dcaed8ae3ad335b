import AulaModel
import Foundation

/// The writes of clusters and pools: one operation at a time on each cluster, and its host follows.
extension AzureCloud {
    mutating func putCluster(_ new: AzureResource, _ old: AzureResource?, _ call: AzureCall) throws -> Answer {
        var new = new
        let wanted = new.properties["agentPoolProfiles"]?.array ?? []
        new.properties["agentPoolProfiles"] = nil
        let upgrades = old != nil && old?.properties["kubernetesVersion"] != new.properties["kubernetesVersion"]
        if let old {
            bill(old, now: call.now)
            new.life = store[old.key]?.life
            new.change(to: upgrades ? "Upgrading" : "Updating", at: call.now)
            let names = wanted.compactMap { $0["name"]?.string }
            let gone = pools(of: old).filter { !names.isEmpty && !names.contains($0.name) }
            for pool in gone { store[pool.key] = nil }
        } else {
            groups[new.nodeGroup.lowercased()] = ResourceGroup(
                name: new.nodeGroup, location: new.location ?? "",
                tags: ["aks-managed-cluster-name": new.name, "aks-managed-cluster-rg": new.group],
                managedBy: new.id.text, createdAt: call.now)
        }
        store[new.key] = new
        guard let poolKind = AzureKind.of(Self.poolType) else { return .json(200, render(new)) }
        for profile in wanted {
            let id = new.id.child("agentPools", profile["name"]?.string ?? "")
            let present = store[id.key]
            var pool = present ?? AzureResource(id, location: nil, at: call.now)
            if let present { try checkFixed(profile, present.properties, poolKind) }
            let given = poolKind.readOnly.reduce(into: profile) { $0[$1] = nil }
            let merged = JSON.filling(
                given["osDiskSizeGB"] == 0 ? given.without("osDiskSizeGB") : given, with: pool.properties)
            let scales = present.map { $0.properties["count"] != merged["count"] } ?? false
            pool.properties = AgentPool.filled(merged, in: new.properties)
            pool.change(to: present == nil ? "Creating" : scales ? "Scaling" : new.state, at: call.now)
            store[id.key] = pool
        }
        let isNew = old == nil
        let seconds = isNew ? settings.durations.createCluster : settings.durations.updateCluster
        let operation = begin(isNew ? .createCluster : .updateCluster, on: new, seconds: seconds, now: call.now)
        return .json(isNew ? 201 : 200, render(new), headers: headers(operation, call, withLocation: false))
    }

    /// Begins an update: the change shows at once, its state says that it is being made.
    mutating func changeCluster(
        _ cluster: AzureResource, _ call: AzureCall, removing keys: [String] = []
    ) throws -> Answer {
        let operation = try updateCluster(cluster, call, removing: keys)
        return .json(
            200, store[cluster.key].map(render) ?? .null, headers: headers(operation, call, withLocation: false))
    }

    mutating func updateCluster(
        _ cluster: AzureResource, _ call: AzureCall, removing keys: [String] = []
    ) throws -> AzureOperation {
        try requireIdle(cluster)
        bill(cluster, now: call.now)
        var cluster = cluster
        cluster.life = store[cluster.key]?.life
        cluster.change(to: "Updating", at: call.now)
        store[cluster.key] = cluster
        return begin(
            .updateCluster, on: cluster, removing: keys, seconds: settings.durations.updateCluster, now: call.now)
    }

    mutating func putPool(_ new: AzureResource, _ old: AzureResource?, _ call: AzureCall) throws -> Answer {
        guard let parent = new.id.parent, let cluster = store[parent.key] else { return .empty(404) }
        var new = new
        if let old { new.state = old.properties["count"] != new.properties["count"] ? "Scaling" : "Updating" }
        let operation = try updateCluster(cluster, call)
        store[new.key] = new
        return .json(
            old == nil ? 201 : 200, render(new), headers: headers(operation, call, withLocation: false))
    }

    mutating func deletePool(_ pool: AzureResource, _ call: AzureCall) throws -> Answer {
        guard let parent = pool.id.parent, let cluster = store[parent.key] else { return .empty(204) }
        let others = pools(of: cluster).filter { $0.key != pool.key }
        guard others.contains(where: { $0.properties["mode"] == "System" }) else { throw AgentPool.noSystemPool }
        let operation = try updateCluster(cluster, call, removing: [pool.key])
        store[pool.key]?.state = "Deleting"
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }

    mutating func deleteCluster(_ cluster: AzureResource, _ call: AzureCall) throws -> Answer {
        if cluster.state == "Deleting",
            let running = operations.values.first(where: { $0.target == cluster.key && $0.status == "InProgress" })
        {
            return .empty(202, headers: headers(running, call, withLocation: true))
        }
        guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
        store[cluster.key]?.state = "Deleting"
        let operation = begin(
            .deleteCluster, on: cluster, removing: [cluster.key], seconds: settings.durations.deleteCluster,
            now: call.now)
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }
}

extension JSON {
    func without(_ key: String) -> JSON {
        var copy = self
        copy[key] = nil
        return copy
    }
}
