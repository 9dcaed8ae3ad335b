import AulaModel

/// vCPUs: what is in use, what is allowed, what a request asks for.
extension AzureCloud {
    /// vCPUs in use of each family in a region; stopped clusters use none.
    func cores(in location: String, except key: String? = nil) -> [String: Int] {
        var used: [String: Int] = [:]
        for cluster in clusters
        where cluster.location == location && cluster.life?.isRunning == true && cluster.key != key {
            for (family, cores) in cores(of: pools(of: cluster).map(\.properties)) { used[family, default: 0] += cores }
        }
        return used
    }

    private func cores(of pools: [JSON]) -> [String: Int] {
        pools.reduce(into: [:]) { cores, pool in
            let name = pool["vmSize"]?.string ?? ""
            guard let size = AzureCatalogue.size(name.isEmpty ? AgentPool.usualSize : name) else { return }
            cores[size.family, default: 0] += size.cores * (pool["count"]?.int ?? 3)
        }
    }

    func limit(_ family: String) -> Int { settings.quotas[family] ?? settings.quota }

    /// - Throws: `ErrCode_InsufficientVCPUQuota` where the pools ask for more than is left.
    func checkQuota(_ pools: [JSON], location: String, replacing key: String?) throws {
        let wanted = cores(of: pools)
        let used = cores(in: location, except: key)
        let (all, left) = (wanted.values.reduce(0, +), limit("cores") - used.values.reduce(0, +))
        guard all <= left else {
            throw AzureFailure.flat(
                400, "ErrCode_InsufficientVCPUQuota",
                "Insufficient regional vcpu quota left for location \(location). left regional vcpu quota \(max(left, 0)), "
                    + "requested quota \(all)")
        }
        for (family, cores) in wanted.sorted(by: { $0.key < $1.key }) {
            let left = limit(family) - used[family, default: 0]
            guard cores > left else { continue }
            throw AzureFailure.flat(
                400, "ErrCode_InsufficientVCPUQuota",
                "Insufficient vcpu quota requested \(cores), remaining \(max(left, 0)) for family \(family) for region "
                    + "\(location).")
        }
    }
}
