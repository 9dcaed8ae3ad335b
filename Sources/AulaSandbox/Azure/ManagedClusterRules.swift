import AulaModel

/// What the service refuses before it begins: places, sizes, versions, names, quotas.
extension AzureCloud {
    func checkLocation(_ wanted: String) throws -> String {
        guard let location = AzureCatalogue.location(wanted) else {
            let list = AzureCatalogue.locations.map(\.name).joined(separator: ",")
            throw AzureFailure.badRequest(
                "LocationNotAvailableForResourceType",
                "The provided location '\(wanted)' is not available for resource type '\(Self.clusterType)'. List of available "
                    + "regions for the resource type is '\(list)'.")
        }
        return location
    }

    func checkName(_ name: String) throws {
        guard name.wholeMatch(of: /[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?/) != nil else {
            throw AzureFailure.badRequest(
                "InvalidParameter",
                "The value of parameter resourceName is invalid. Error details: the length must be between 1 and 63, it must "
                    + "start and end with alphanumeric, and may contain hyphens and underscores.")
        }
    }

    func checkVersion(_ version: String, location: String) throws {
        guard AzureCatalogue.patch(version) != nil else {
            throw AzureFailure.badRequest(
                "K8sVersionNotSupported",
                "Managed cluster is on version \(version), which is not supported in this region. Please use "
                    + "[az aks get-versions -l \(location)] command to get the supported version list.")
        }
    }

    func checkPool(_ pool: JSON, location: String) throws {
        let name = pool["name"]?.string ?? ""
        guard name.wholeMatch(of: /[a-z][a-z0-9]{0,11}/) != nil else {
            throw AzureFailure.badRequest(
                "InvalidParameter",
                "The value of parameter agentPoolProfile.name is invalid. Error details: agent pool name '\(name)' must start "
                    + "with a lowercase letter, have max length of 12, and only have characters a-z0-9.")
        }
        let count = pool["count"]?.int ?? 3
        guard (pool["mode"]?.string == "System" ? 1 : 0)...1_000 ~= count else {
            throw AzureFailure.badRequest(
                "InvalidParameter",
                "The value of parameter agentPoolProfile.count is invalid. Error details: count \(count) of pool '\(name)' is "
                    + "not between 1 and 1000.")
        }
        let size = pool["vmSize"]?.string ?? ""
        guard size.isEmpty || AzureCatalogue.size(size) != nil else {
            let list = AzureCatalogue.sizes.map { $0.name.lowercased() }.joined(separator: ",")
            throw AzureFailure.badRequest(
                "BadRequest",
                "The VM size of \(size) is not allowed in your subscription in location '\(location)'. The available VM sizes "
                    + "are '\(list)'. For more details, please visit https://aka.ms/aks/quotas-skus-regions")
        }
        if let disk = pool["osDiskSizeGB"]?.int, disk != 0, !(30...2_048).contains(disk) {
            throw AzureFailure.badRequest(
                "InvalidParameter", "The value of parameter agentPoolProfile.osDiskSizeGB is invalid: \(disk).")
        }
    }

    /// vCPUs in use of each family in a region; stopped clusters use none.
    func cores(in location: String, except key: String? = nil) -> [String: Int] {
        var used: [String: Int] = [:]
        for cluster in clusters.values where cluster.location == location && cluster.isRunning && cluster.key != key {
            for pool in cluster.pools {
                guard let size = AzureCatalogue.size(pool["vmSize"]?.string ?? "") else { continue }
                used[size.family, default: 0] += size.cores * (pool["count"]?.int ?? 0)
            }
        }
        return used
    }

    func limit(_ family: String) -> Int { settings.quotas[family] ?? settings.quota }

    /// - Throws: `ErrCode_InsufficientVCPUQuota` where the pools ask for more than is left.
    func checkQuota(_ pools: [JSON], location: String, replacing key: String?) throws {
        var wanted: [String: Int] = [:]
        for pool in pools {
            let name = pool["vmSize"]?.string ?? ""
            guard let size = AzureCatalogue.size(name.isEmpty ? "Standard_D2s_v5" : name) else { continue }
            wanted[size.family, default: 0] += size.cores * (pool["count"]?.int ?? 3)
        }
        let used = cores(in: location, except: key)
        let total = used.values.reduce(0, +)
        for (family, cores) in wanted.sorted(by: { $0.key < $1.key }) {
            let left = min(limit(family) - used[family, default: 0], limit("cores") - total)
            guard cores > left else { continue }
            throw AzureFailure.badRequest(
                "ErrCode_InsufficientVCPUQuota",
                "Insufficient vcpu quota requested \(cores), remaining \(max(left, 0)) for family \(family) for region "
                    + "\(location).")
        }
    }

    /// Fields that a PUT may repeat but not change.
    func checkImmutable(_ body: JSON, of present: ManagedCluster) throws {
        for field in ["dnsPrefix", "nodeResourceGroup", "enableRBAC"] {
            guard let wanted = body[["properties", field]], !wanted.isNull, wanted != present.properties[field] else {
                continue
            }
            throw AzureFailure.badRequest(
                "PropertyChangeNotAllowed", "Changing property 'properties.\(field)' is not allowed.")
        }
        for pool in body[["properties", "agentPoolProfiles"]]?.array ?? [] {
            guard let old = present.pools.first(where: { $0["name"] == pool["name"] }) else { continue }
            for field in ["vmSize", "osDiskSizeGB", "osType"] {
                guard let wanted = pool[field], !wanted.isNull, wanted != old[field], wanted != "" else { continue }
                throw AzureFailure.badRequest(
                    "PropertyChangeNotAllowed", "Changing property 'properties.\(field)' is not allowed.")
            }
        }
    }

    /// - Throws: 409 while another operation is at work, on a stopped cluster, and in a group that is being deleted.
    func requireIdle(_ cluster: ManagedCluster) throws {
        if groups[cluster.group.lowercased()]?.state == "Deleting" { throw AzureFailure.groupDeleting(cluster.group) }
        guard !cluster.isBusy else { throw AzureFailure.busy(cluster.state) }
        guard cluster.isRunning else { throw AzureFailure.stopped }
    }
}
