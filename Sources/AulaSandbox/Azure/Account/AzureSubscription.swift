import AulaModel
import Foundation

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
            let names = Set(AzureKind.table.map(\.namespace)).union(["Microsoft.Resources", "Microsoft.CostManagement"])
            return .json(200, ["value": .array(names.sorted().map(cloud.provider))])
        },
        .inSubscription("GET", "providers/:provider") { cloud, call in
            .json(200, cloud.provider(call.parameter("provider")))
        },
        .inSubscription("POST", "providers/:provider/register") { cloud, call in
            cloud.registrations.insert(call.parameter("provider").lowercased())
            return .json(200, cloud.provider(call.parameter("provider")))
        },
        .inSubscription("GET", "providers/Microsoft.Insights/eventtypes/management/values") { _, call in
            let start = call.request.parameter("$filter")?.firstMatch(of: /eventTimestamp ge '?(\d{4}-\d{2}-\d{2})/)?.1
            guard let start, let day = try? Date("\(start)T00:00:00Z", strategy: .iso8601) else {
                throw AzureFailure.flat(400, "BadRequest", "The filter must name a start time.")
            }
            guard call.now.timeIntervalSince(day) < 91 * 86_400 else {
                throw AzureFailure.flat(400, "BadRequest", "The start time cannot be more than 90 days in the past.")
            }
            return .json(200, ["value": []])
        },
    ]

    func registered(_ namespace: String) -> Bool {
        !settings.unregistered.contains(namespace.lowercased()) || registrations.contains(namespace.lowercased())
    }

    private var subscription: JSON {
        [
            "id": .string(root), "authorizationSource": "RoleBased", "managedByTenants": [],
            "subscriptionId": .string(settings.subscription), "tenantId": .string(settings.tenant),
            "displayName": .string(settings.subscriptionName), "state": .string(settings.state.rawValue),
            "tags": AzureTags.render(subscriptionTags),
            "subscriptionPolicies": [
                "locationPlacementId": "Public_2014-09-01",
                "quotaId": settings.offer == .student ? "AzureForStudents_2018-01-01" : "PayAsYouGo_2014-09-01",
                "spendingLimit": settings.offer == .student ? "On" : "Off",
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

    /// A provider with its types, by which `az resource` finds the version to ask with.
    private func provider(_ name: String) -> JSON {
        let types = AzureKind.table.filter { $0.namespace.lowercased() == name.lowercased() }
        let places = AzureCatalogue.locations.map { JSON.string($0.title) }
        let rows = types.map { kind -> JSON in
            [
                "resourceType": .string(String(kind.type.drop { $0 != "/" }.dropFirst())),
                "locations": .array(kind.hasLocation ? places : []),
                "apiVersions": .array(AzureCatalogue.apiVersions.map(JSON.string)),
                "defaultApiVersion": .string(AzureCatalogue.apiVersions[0]),
                "apiProfiles": [], "zoneMappings": [],
                "capabilities": kind.hasLocation ? "SupportsTags, SupportsLocation" : "None",
            ]
        }
        let namespace = types.first?.namespace ?? name
        return [
            "id": .string("\(root)/providers/\(namespace)"), "namespace": .string(namespace), "authorizations": [],
            "registrationPolicy": "RegistrationRequired",
            "registrationState": registered(namespace) ? "Registered" : "NotRegistered", "resourceTypes": .array(rows),
        ]
    }
}
