import AulaModel

/// Subscriptions, tenants, regions and resource providers.
extension AzureCloud {
    static let subscriptionRoutes: [AzureRoute] = [
        AzureRoute("GET", "subscriptions") { cloud, _ in
            .json(200, ["value": [cloud.subscription], "count": ["type": "Total", "value": 1]])
        },
        AzureRoute("GET", "subscriptions/:subscription") { cloud, _ in .json(200, cloud.subscription) },
        AzureRoute("GET", "tenants") { cloud, _ in
            let tenant = JSON.string(cloud.settings.tenant)
            return .json(
                200, ["value": [["id": .string("/tenants/\(cloud.settings.tenant)"), "tenantId": tenant]]])
        },
        .inSubscription("GET", "locations") { cloud, _ in
            .json(200, ["value": .array(AzureCatalogue.locations.map { cloud.location($0.name, $0.title) })])
        },
        .inSubscription("GET", "providers") { cloud, _ in
            let names = ["Microsoft.Compute", "Microsoft.ContainerService", "Microsoft.Network", "Microsoft.Resources"]
            return .json(200, ["value": .array(names.map(cloud.provider))])
        },
        .inSubscription("GET", "providers/:provider") { cloud, call in
            .json(200, cloud.provider(call.parameter("provider")))
        },
        .inSubscription("POST", "providers/:provider/register") { cloud, call in
            .json(200, cloud.provider(call.parameter("provider")))
        },
    ]

    private var subscription: JSON {
        [
            "id": .string(root), "authorizationSource": "RoleBased", "managedByTenants": [],
            "subscriptionId": .string(settings.subscription), "tenantId": .string(settings.tenant),
            "displayName": .string(settings.subscriptionName), "state": "Enabled",
            "subscriptionPolicies": [
                "locationPlacementId": "Public_2014-09-01", "quotaId": "PayAsYouGo_2014-09-01", "spendingLimit": "Off",
            ],
        ]
    }

    private func location(_ name: String, _ title: String) -> JSON {
        [
            "id": .string("\(root)/locations/\(name)"), "name": .string(name), "type": "Region",
            "displayName": .string(title), "regionalDisplayName": .string(title),
            "metadata": [
                "regionType": "Physical", "regionCategory": "Recommended", "geography": "x", "geographyGroup": "x",
                "longitude": "0", "latitude": "0", "physicalLocation": "x", "pairedRegion": [],
            ],
        ]
    }

    private func provider(_ name: String) -> JSON {
        [
            "id": .string("\(root)/providers/\(name)"), "namespace": .string(name),
            "registrationPolicy": "RegistrationRequired", "registrationState": "Registered", "resourceTypes": [],
        ]
    }
}
