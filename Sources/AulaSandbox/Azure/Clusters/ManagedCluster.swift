import AulaModel
import Foundation

/// What the service makes of the body of a managed cluster.
enum ManagedCluster {
    static func complete(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        if let old { try cloud.requireIdle(old) }
        let location = new.location ?? ""
        let wanted = call.body[["properties", "kubernetesVersion"]]?.string ?? ""
        try check(version: wanted, location)
        let pools = new.properties["agentPoolProfiles"]?.array ?? []
        guard old != nil || !pools.isEmpty else {
            throw AzureFailure.flat(
                400, "InvalidParameter", "Required parameter agentPoolProfiles is missing (null).",
                target: "agentPoolProfiles")
        }
        for pool in pools { try AgentPool.check(pool, location, cloud) }
        if !pools.isEmpty { try cloud.checkQuota(pools, location: location, replacing: old?.key) }
        new.head["identity"] = AzureAuthorization.identity(
            new.head["identity"] ?? ["type": "SystemAssigned"], old, cloud)
        if old == nil {
            new.life = ClusterLife(runningSince: call.now)
            new.properties = JSON.filling(new.properties, with: first(new, cloud))
        }
        new.properties = JSON.filling(new.properties, with: usual)
        fill(&new.properties, "networkProfile", network(new.properties["networkProfile"]))
        fill(&new.properties, "storageProfile", storage)
        fill(&new.properties, "nodeResourceGroupProfile", ["restrictionLevel": "Unrestricted"])
        if new.properties["aadProfile"] != nil {
            fill(&new.properties, "aadProfile", ["adminUsers": .null, "tenantID": .string(cloud.settings.tenant)])
        }
        if new.properties["windowsProfile"] != nil { fill(&new.properties, "windowsProfile", ["enableCSIProxy": true]) }
        if new.properties[["oidcIssuerProfile", "enabled"]] == true {
            let issuer = "https://\(location).oic.prod-aks.azure.com/\(cloud.settings.tenant)/\(new.mark)/"
            fill(&new.properties, "oidcIssuerProfile", ["issuerURL": .string(issuer)])
        }
    }

    static func check(version: String, _ location: String) throws {
        guard AzureCatalogue.patch(version) != nil else {
            throw AzureFailure.flat(
                400, "K8sVersionNotSupported",
                "Managed cluster is on version \(version), which is not supported in this region. Please use "
                    + "[az aks get-versions -l \(location)] command to get the supported version list.")
        }
    }

    private static func fill(_ properties: inout JSON, _ key: String, _ defaults: JSON) {
        properties[key] = JSON.filling(properties[key], with: defaults)
    }

    /// What is decided once, at the creation.
    private static func first(_ new: AzureResource, _ cloud: AzureCloud) -> JSON {
        let random = UUID().uuidString.lowercased().replacing("-", with: "")
        let prefix = new.properties["dnsPrefix"]?.string ?? new.name
        let (host, location) = ("\(prefix)-\(random.prefix(8))", new.location ?? "")
        return [
            "kubernetesVersion": .string(AzureCatalogue.defaultVersion),
            "fqdn": .string("\(host).hcp.\(location).azmk8s.io"),
            "azurePortalFQDN": .string("\(host).portal.hcp.\(location).azmk8s.io"),
            "resourceUID": .string(String(random.suffix(24))),
            "nodeResourceGroup": .string("MC_\(new.group)_\(new.name)_\(location)"), "maxAgentPools": 100,
            "servicePrincipalProfile": ["clientId": "msi"],
        ]
    }

    private static let usual: JSON = [
        "enableRBAC": true, "enablePodSecurityPolicy": false, "supportPlan": "KubernetesOfficial",
        "disableLocalAccounts": false, "securityProfile": [:], "addonProfiles": [:],
        "oidcIssuerProfile": ["enabled": false], "workloadAutoScalerProfile": [:],
        "autoUpgradeProfile": ["nodeOSUpgradeChannel": "NodeImage"],
        "metricsProfile": ["costAnalysis": ["enabled": false]], "nodeProvisioningProfile": ["mode": "Manual"],
        "controlPlanePluginProfiles": [
            "azure-monitor-metrics-ccp": ["enableV2": true], "karpenter": ["enableV2": true],
            "live-patching-controller": ["enableV2": true], "static-egress-controller": ["enableV2": true],
        ],
        "bootstrapProfile": ["artifactSource": "Direct"],
    ]

    private static let storage: JSON = [
        "diskCSIDriver": ["enabled": true, "version": "v1"], "fileCSIDriver": ["enabled": true],
        "snapshotController": ["enabled": true],
    ]

    private static func network(_ given: JSON?) -> JSON {
        var profile: JSON = [
            "networkPlugin": "azure", "networkPolicy": "none", "networkDataplane": "azure",
            "loadBalancerSku": "standard",
            "outboundType": "loadBalancer", "podCidr": "10.244.0.0/16", "serviceCidr": "10.0.0.0/16",
            "dnsServiceIP": "10.0.0.10", "podCidrs": ["10.244.0.0/16"], "serviceCidrs": ["10.0.0.0/16"],
            "ipFamilies": ["IPv4"], "podLinkLocalAccess": "IMDS",
            "loadBalancerProfile": ["managedOutboundIPs": ["count": 1], "backendPoolType": "nodeIPConfiguration"],
        ]
        // Whoever names the plugin and no mode has nodes and pods in one network, as before overlay became usual.
        if (given?["networkPlugin"] ?? .null).isUnset { profile["networkPluginMode"] = "overlay" }
        return profile
    }

    /// The properties as they are answered: with the pools, and with what comes of the cluster's state.
    static func shown(_ cluster: AzureResource, _ properties: JSON?, in cloud: AzureCloud) -> JSON {
        var properties = properties ?? [:]
        let nodes = "\(cloud.root)/resourceGroups/\(cluster.nodeGroup)/providers"
        properties["powerState"] = ["code": cluster.life?.isRunning == true ? "Running" : "Stopped"]
        let version =
            AzureCatalogue.patch(properties["kubernetesVersion"]?.string ?? "") ?? AzureCatalogue.defaultVersion
        if properties["currentKubernetesVersion"] == nil { properties["currentKubernetesVersion"] = .string(version) }
        properties["agentPoolProfiles"] = .array(
            cloud.pools(of: cluster).map { pool in
                var profile = AgentPool.shown(pool, in: cloud)
                profile["name"] = .string(pool.name)
                return profile
            })
        guard cluster.life?.isHosted == true || cluster.state != "Creating" else { return properties }
        properties[["networkProfile", "loadBalancerProfile", "effectiveOutboundIPs"]] = [
            ["id": .string("\(nodes)/Microsoft.Network/publicIPAddresses/outbound-\(cluster.mark)")]
        ]
        let uid = properties["resourceUID"]?.string ?? ""
        properties["identityProfile"] = [
            "kubeletidentity": [
                "resourceId": .string(
                    "\(nodes)/Microsoft.ManagedIdentity/userAssignedIdentities/\(cluster.name)-agentpool"),
                "clientId": .string("c0000000-0000-0000-0000-\(uid.prefix(12))"),
                "objectId": .string("0b000000-0000-0000-0000-\(uid.suffix(12))"),
            ]
        ]
        return properties
    }
}
