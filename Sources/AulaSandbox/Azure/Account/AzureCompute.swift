import AulaModel

/// Quotas, machine sizes and Kubernetes versions.
extension AzureCloud {
    static let computeRoutes: [AzureRoute] = [
        .inSubscription("GET", "providers/Microsoft.Compute/locations/:location/usages") { cloud, call in
            let location = try place(call)
            let used = cloud.cores(in: location)
            let sets = usage("availabilitySets", "Availability Sets", 0, 2_500)
            let total = usage("cores", "Total Regional vCPUs", used.values.reduce(0, +), cloud.limit("cores"))
            let families = AzureCatalogue.families.map {
                usage($0.name, $0.title, used[$0.name, default: 0], cloud.limit($0.name))
            }
            return .json(200, ["value": .array([sets, total] + families)])
        },
        .inSubscription("GET", "providers/Microsoft.Network/locations/:location/usages") { cloud, call in
            let location = try place(call)
            let rows = [
                ("VirtualNetworks", "Virtual Networks", "virtualNetworks"),
                ("StaticPublicIPAddresses", "Static Public IP Addresses", "publicIPAddresses"),
                ("PublicIPAddresses", "Public IP Addresses", "publicIPAddresses"),
                ("StandardSkuPublicIpAddresses", "Public IPv4 Addresses - Standard", "publicIPAddresses"),
                ("LoadBalancers", "Load Balancers", "loadBalancers"),
            ]
            let used = rows.map { name, title, type in
                let count = cloud.all { $0.id.type == "Microsoft.Network/\(type)" && $0.location == location }.count
                var row = usage(name, title, count, type == "publicIPAddresses" ? cloud.settings.addressQuota : 1_000)
                row["id"] = .string("\(cloud.root)/providers/Microsoft.Network/locations/\(location)/usages/\(name)")
                return row
            }
            return .json(200, ["value": .array(used)])
        },
        .inSubscription("GET", "providers/Microsoft.Compute/skus") { cloud, call in
            let filter = call.request.parameter("$filter")?.firstMatch(of: /(?i)location\s+eq\s+'([^']*)'/)
            let places = AzureCatalogue.locations.map(\.name).filter {
                filter == nil || $0 == String(filter?.1 ?? "").lowercased()
            }
            return .json(200, ["value": .array(AzureCatalogue.sizes.map { cloud.sku($0, places) })])
        },
        .inSubscription("GET", "providers/Microsoft.Compute/locations/:location/vmSizes") { _, call in
            _ = try place(call)
            let sizes = AzureCatalogue.sizes.map { size -> JSON in
                [
                    "name": .string(size.name), "numberOfCores": .int(size.cores), "osDiskSizeInMB": 1_047_552,
                    "resourceDiskSizeInMB": .int(size.family == "standardBSFamily" ? size.cores * 4_096 : 0),
                    "memoryInMB": .int(size.memoryGB * 1_024), "maxDataDiskCount": .int(size.dataDisks),
                ]
            }
            return .json(200, ["value": .array(sizes)])
        },
        .inSubscription("GET", "providers/Microsoft.ContainerService/locations/:location/kubernetesVersions") {
            _, call in
            _ = try place(call)
            return .json(
                200, ["values": .array(AzureCatalogue.versions.map { version($0.minor, $0.patches, $0.isLongTerm) })])
        },
    ]

    /// The region of the path.
    private static func place(_ call: AzureCall) throws -> String {
        guard let location = AzureCatalogue.location(call.parameter("location")) else {
            throw AzureFailure.badRequest(
                "NoRegisteredProviderFound",
                "No registered resource provider found for location '\(call.parameter("location"))' and API version "
                    + "'\(call.version)'. The supported locations are '\(AzureCatalogue.names)'.")
        }
        return location
    }

    private static func usage(_ name: String, _ title: String, _ used: Int, _ limit: Int) -> JSON {
        [
            "limit": .int(limit), "unit": "Count", "currentValue": .int(used),
            "name": ["value": .string(name), "localizedValue": .string(title)],
        ]
    }

    private func sku(_ size: AzureCatalogue.Size, _ places: [String]) -> JSON {
        let names = places.map(JSON.string)
        let capabilities = [
            ("vCPUs", String(size.cores)), ("vCPUsAvailable", String(size.cores)), ("MemoryGB", String(size.memoryGB)),
            ("MaxDataDiskCount", String(size.dataDisks)), ("PremiumIO", "True"),
            ("CpuArchitectureType", size.architecture == "arm64" ? "Arm64" : "x64"), ("HyperVGenerations", "V1,V2"),
        ]
        let restriction: JSON = [
            "type": "Location", "values": .array(names), "restrictionInfo": ["locations": .array(names)],
            "reasonCode": "NotAvailableForSubscription",
        ]
        return [
            "resourceType": "virtualMachines", "name": .string(size.name), "tier": "Standard",
            "size": .string(String(size.name.dropFirst("Standard_".count))), "family": .string(size.family),
            "locations": .array(names),
            "locationInfo": .array(names.map { ["location": $0, "zones": ["1", "2", "3"], "zoneDetails": []] }),
            "capabilities": .array(capabilities.map { ["name": .string($0.0), "value": .string($0.1)] }),
            "restrictions": settings.isRestricted(size.name) ? [restriction] : [],
        ]
    }

    private static func version(_ minor: String, _ patches: [String], _ isLongTerm: Bool) -> JSON {
        let patched = patches.map {
            ($0, ["upgrades": .array(AzureCatalogue.upgrades(of: $0).map(JSON.string))] as JSON)
        }
        var json: JSON = [
            "version": .string(minor), "isPreview": false, "patchVersions": .object(JSONObject(patched)),
            "capabilities": [
                "supportPlan": isLongTerm ? ["AKSLongTermSupport"] : ["KubernetesOfficial", "AKSLongTermSupport"]
            ],
        ]
        if minor == AzureCatalogue.defaultVersion { json["isDefault"] = true }
        return json
    }
}
