import AulaModel

/// Quotas, machine sizes and Kubernetes versions.
extension AzureCloud {
    static let computeRoutes: [AzureRoute] = [
        .inSubscription("GET", "providers/Microsoft.Compute/locations/:location/usages") { cloud, call in
            let location = AzureCatalogue.location(call.parameter("location")) ?? ""
            let used = cloud.cores(in: location)
            let total = usage("cores", "Total Regional vCPUs", used.values.reduce(0, +), cloud.limit("cores"))
            let families = AzureCatalogue.families.map {
                usage($0.name, $0.title, used[$0.name, default: 0], cloud.limit($0.name))
            }
            return .json(200, ["value": .array([total] + families)])
        },
        .inSubscription("GET", "providers/Microsoft.Compute/skus") { _, _ in
            .json(200, ["value": .array(AzureCatalogue.sizes.map(sku))])
        },
        .inSubscription("GET", "providers/Microsoft.ContainerService/locations/:location/kubernetesVersions") { _, _ in
            .json(200, ["values": .array(AzureCatalogue.versions.map(version))])
        },
    ]

    private static func usage(_ name: String, _ title: String, _ used: Int, _ limit: Int) -> JSON {
        [
            "limit": .int(limit), "unit": "Count", "currentValue": .int(used),
            "name": ["value": .string(name), "localizedValue": .string(title)],
        ]
    }

    private static func sku(_ size: AzureCatalogue.Size) -> JSON {
        let short = String(size.name.dropFirst("Standard_".count))
        let locations = AzureCatalogue.locations.map { JSON.string($0.name) }
        let places = locations.map { ["location": $0, "zones": ["1", "2", "3"], "zoneDetails": []] as JSON }
        let capabilities = [
            ("vCPUs", String(size.cores)), ("MemoryGB", String(size.memoryGB)),
            ("MaxDataDiskCount", String(size.dataDisks)), ("PremiumIO", "True"),
        ]
        return [
            "resourceType": "virtualMachines", "name": .string(size.name), "tier": "Standard", "size": .string(short),
            "family": .string(size.family), "locations": .array(locations), "locationInfo": .array(places),
            "capabilities": .array(capabilities.map { ["name": .string($0.0), "value": .string($0.1)] }),
            "restrictions": [],
        ]
    }

    private static func version(_ minor: String, _ patches: [String]) -> JSON {
        let newest = patches.first.map { [JSON.string($0)] } ?? []
        let patched = patches.map { ($0, ["upgrades": .array($0 == patches.first ? [] : newest)] as JSON) }
        return [
            "version": .string(minor), "capabilities": ["supportPlan": ["KubernetesOfficial"]],
            "isDefault": .bool(minor == AzureCatalogue.defaultVersion), "isPreview": false,
            "patchVersions": .object(JSONObject(patched)),
        ]
    }
}
