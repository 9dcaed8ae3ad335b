import AulaModel
import Foundation

/// What the service itself decides where a request leaves a field out.
enum ManagedClusterDefaults {
    /// The properties of a new cluster.
    static func properties(
        _ body: JSON, name: String, group: ResourceGroup, location: String
    ) -> JSON {
        var properties = body["properties"] ?? .object(JSONObject())
        let wanted = properties["kubernetesVersion"]?.string ?? ""
        let version = wanted.isEmpty ? AzureCatalogue.defaultVersion : wanted
        let prefix = properties["dnsPrefix"]?.string ?? name
        let random = UUID().uuidString.lowercased().replacing("-", with: "")
        let host = "\(prefix)-\(random.prefix(8))"
        properties["kubernetesVersion"] = .string(version)
        properties["currentKubernetesVersion"] = .string(AzureCatalogue.patch(version) ?? version)
        properties["fqdn"] = .string("\(host).hcp.\(location).azmk8s.io")
        properties["azurePortalFQDN"] = .string("\(host).portal.hcp.\(location).azmk8s.io")
        properties["resourceUID"] = .string(String(random.suffix(24)))
        properties["networkProfile"] = network(properties["networkProfile"])
        let own: [(String, JSON)] = [
            ("nodeResourceGroup", .string("MC_\(group.name)_\(name)_\(location)")), ("enableRBAC", true),
            ("supportPlan", "KubernetesOfficial"), ("disableLocalAccounts", false), ("securityProfile", [:]),
            ("oidcIssuerProfile", ["enabled": false]), ("autoUpgradeProfile", ["nodeOSUpgradeChannel": "NodeImage"]),
        ]
        for (key, value) in own where properties[key] == nil { properties[key] = value }
        properties["servicePrincipalProfile"] = ["clientId": "msi"]
        properties["maxAgentPools"] = 100
        properties["bootstrapProfile"] = nil
        if properties["addonProfiles"]?.object?.isEmpty == true { properties["addonProfiles"] = nil }
        properties["storageProfile"] = fill(
            properties["storageProfile"],
            [
                "diskCSIDriver": ["enabled": true], "fileCSIDriver": ["enabled": true],
                "snapshotController": ["enabled": true],
            ])
        return properties
    }

    private static func network(_ given: JSON?) -> JSON {
        var profile = fill(
            given,
            [
                "networkPlugin": "azure", "networkPolicy": "none", "networkDataplane": "azure",
                "loadBalancerSku": "standard", "outboundType": "loadBalancer", "podCidr": "10.244.0.0/16",
                "serviceCidr": "10.0.0.0/16", "dnsServiceIP": "10.0.0.10", "podCidrs": ["10.244.0.0/16"],
                "serviceCidrs": ["10.0.0.0/16"], "ipFamilies": ["IPv4"],
                "loadBalancerProfile": ["managedOutboundIPs": ["count": 1], "backendPoolType": "nodeIPConfiguration"],
            ])
        if profile["networkPlugin"] == "azure", profile["networkPluginMode"]?.isNull ?? true {
            profile["networkPluginMode"] = "overlay"
        }
        return profile
    }

    /// The profile of an agent pool; its state is set by whoever changes it.
    static func pool(_ given: JSON, network: JSON?, version: String) -> JSON {
        var pool = given
        if pool["vmSize"]?.string?.isEmpty ?? true { pool["vmSize"] = "Standard_D2s_v5" }
        let cores = AzureCatalogue.size(pool["vmSize"]?.string ?? "")?.cores ?? 2
        if pool["orchestratorVersion"]?.string?.isEmpty ?? true { pool["orchestratorVersion"] = .string(version) }
        pool["currentOrchestratorVersion"] = .string(
            AzureCatalogue.patch(pool["orchestratorVersion"]?.string ?? "") ?? version)
        let isOverlay = network?["networkPluginMode"]?.string == "overlay"
        let isKubenet = network?["networkPlugin"]?.string == "kubenet"
        return fill(
            pool,
            [
                "count": 3, "osDiskSizeGB": .int(cores < 8 ? 128 : cores < 16 ? 256 : 512), "osDiskType": "Managed",
                "kubeletDiskType": "OS", "maxPods": .int(isOverlay ? 250 : isKubenet ? 110 : 30),
                "type": "VirtualMachineScaleSets", "enableAutoScaling": false, "scaleDownMode": "Delete",
                "enableNodePublicIP": false, "mode": "User", "osType": "Linux", "osSKU": "Ubuntu",
                "nodeImageVersion": "AKSUbuntu-2204gen2containerd-202511.01.0", "upgradeSettings": [:],
                "enableFIPS": false,
            ])
    }

    /// `given` with what it lacks; null counts as lacking.
    static func fill(_ given: JSON?, _ defaults: JSON) -> JSON {
        var value = given?.object == nil ? .object(JSONObject()) : given ?? .null
        for member in defaults.object?.members ?? [] where value[member.key]?.isNull ?? true {
            value[member.key] = member.value
        }
        return value
    }
}
