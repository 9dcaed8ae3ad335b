import AulaModel

/// What the service makes of an agent pool, alone or in its cluster's body.
enum AgentPool {
    static let usualSize = "Standard_D2s_v5"

    static func complete(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        guard let parent = new.id.parent, let cluster = cloud.store[parent.key] else { return }
        try cloud.requireIdle(cluster)
        var wanted = new.properties
        wanted["name"] = .string(new.name)
        try check(wanted, cluster.location ?? "", cloud)
        try checkTaints(wanted)
        let others = cloud.pools(of: cluster).filter { $0.key != new.key }.map(\.properties)
        guard (others + [wanted]).contains(where: { $0["mode"] == "System" }) else { throw noSystemPool }
        try cloud.checkQuota(others + [wanted], location: cluster.location ?? "", replacing: cluster.key)
        new.properties = filled(new.properties, in: cluster.properties)
    }

    static let noSystemPool = AzureFailure.flat(
        400, "InvalidParameter", "There has to be at least one system agent pool.", target: "agentPoolProfile.mode")

    /// The pool's properties with the service's defaults.
    static func filled(_ given: JSON, in cluster: JSON) -> JSON {
        var pool = given
        if (pool["vmSize"] ?? .null).isUnset { pool["vmSize"] = .string(usualSize) }
        if pool["osDiskSizeGB"] == 0 { pool["osDiskSizeGB"] = nil }
        let version = cluster["kubernetesVersion"]?.string ?? AzureCatalogue.defaultVersion
        if (pool["orchestratorVersion"] ?? .null).isUnset { pool["orchestratorVersion"] = .string(version) }
        let patch = AzureCatalogue.patch(pool["orchestratorVersion"]?.string ?? "") ?? version
        pool["currentOrchestratorVersion"] = .string(patch)
        let cores = AzureCatalogue.size(pool["vmSize"]?.string ?? "")?.cores ?? 2
        let isOverlay = cluster[["networkProfile", "networkPluginMode"]]?.string == "overlay"
        let isKubenet = cluster[["networkProfile", "networkPlugin"]]?.string == "kubenet"
        pool = JSON.filling(pool, with: usual)
        pool["upgradeSettings"] = JSON.filling(
            pool["upgradeSettings"], with: ["maxSurge": "10%", "maxUnavailable": "0"])
        pool["securityProfile"] = JSON.filling(
            pool["securityProfile"], with: ["sshAccess": "LocalUser", "enableVTPM": false, "enableSecureBoot": false])
        return JSON.filling(
            pool,
            with: [
                "osDiskSizeGB": .int(cores < 8 ? 128 : cores < 16 ? 256 : 512),
                "maxPods": .int(isOverlay ? 250 : isKubenet ? 110 : 30),
            ])
    }

    private static let usual: JSON = [
        "count": 3, "osDiskType": "Managed", "kubeletDiskType": "OS", "workloadRuntime": "OCIContainer",
        "type": "VirtualMachineScaleSets", "enableAutoScaling": false, "scaleDownMode": "Delete",
        "enableNodePublicIP": false, "enableCustomCATrust": false, "mode": "User", "osType": "Linux", "osSKU": "Ubuntu",
        "nodeImageVersion": .string(AzureCatalogue.nodeImage), "nodeLabels": [:], "tags": .null,
        "enableEncryptionAtHost": false, "enableUltraSSD": false, "enableFIPS": false, "networkProfile": [:],
    ]

    static func check(_ pool: JSON, _ location: String, _ cloud: AzureCloud) throws {
        let refuse = { (field: String, text: String) in
            AzureFailure.flat(
                400, "InvalidParameter",
                "The value of parameter agentPoolProfile.\(field) is invalid. Error details: \(text)",
                target: "agentPoolProfile.\(field)")
        }
        let name = pool["name"]?.string ?? ""
        guard name.wholeMatch(of: /[a-z][a-z0-9]{0,11}/) != nil else {
            throw refuse(
                "name",
                "agent pool name '\(name)' must start with a lowercase letter, have max length of 12, and only have "
                    + "characters a-z0-9.")
        }
        let count = pool["count"]?.int ?? 3
        guard (pool["mode"]?.string == "System" ? 1 : 0)...1_000 ~= count else {
            throw refuse("count", "count \(count) of pool '\(name)' is not between 1 and 1000.")
        }
        let size = pool["vmSize"]?.string ?? ""
        guard size.isEmpty || AzureCatalogue.size(size) != nil && !cloud.settings.isRestricted(size) else {
            let offered = AzureCatalogue.sizes.filter { !cloud.settings.isRestricted($0.name) }
            throw AzureFailure.flat(
                400, "BadRequest",
                "The VM size of \(size) is not allowed in your subscription in location '\(location)'. The available VM sizes "
                    + "are '\(offered.map { $0.name.lowercased() }.joined(separator: ","))'. For more details, please visit "
                    + "https://aka.ms/aks/quotas-skus-regions")
        }
        if let disk = pool["osDiskSizeGB"]?.int, disk != 0, !(30...2_048).contains(disk) {
            throw refuse("osDiskSizeGB", "\(disk) is not between 30 and 2048.")
        }
    }

    /// System pools run what the cluster needs: their taints must let it.
    private static func checkTaints(_ pool: JSON) throws {
        guard pool["mode"] == "System" else { return }
        let taints = (pool["nodeTaints"]?.array ?? []) + (pool["nodeInitializationTaints"]?.array ?? [])
        let isHarmless = { (taint: String) in
            taint.hasPrefix("CriticalAddonsOnly=") || taint.hasSuffix(":PreferNoSchedule")
        }
        guard taints.compactMap(\.string).contains(where: { !isHarmless($0) }) else { return }
        throw AzureFailure.flat(
            400, "SystemPoolHasRestrictedTaint",
            "Placing custom taints on system pool is not supported(except 'CriticalAddonsOnly' taint or taint effect is "
                + "'PreferNoSchedule'). Please refer to https://aka.ms/aks/system-taints for detail",
            target: "agentPoolProfile.nodeTaints")
    }

    /// The properties as they are answered.
    static func shown(_ pool: AzureResource, in cloud: AzureCloud) -> JSON {
        var properties = pool.properties
        let cluster = pool.id.parent.flatMap { cloud.store[$0.key] }
        properties["powerState"] = ["code": cluster?.life?.isRunning == true ? "Running" : "Stopped"]
        properties["provisioningState"] = .string(pool.state)
        properties["eTag"] = .string(pool.eTag)
        return properties
    }
}
