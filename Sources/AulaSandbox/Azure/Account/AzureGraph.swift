import AulaModel

/// The directory, as far as `az` looks up who a principal is: the one that is logged in.
extension AzureCloud {
    static let graphRoutes: [AzureRoute] = [
        AzureRoute("GET", "graph/v1.0/servicePrincipals") { cloud, call in
            let filter = call.request.parameter("$filter") ?? ""
            let isOurs = filter.isEmpty || filter.contains(cloud.settings.application)
            return .json(200, ["value": isOurs ? [cloud.servicePrincipal] : []])
        },
        AzureRoute("GET", "graph/v1.0/users") { _, _ in .json(200, ["value": []]) },
        AzureRoute("GET", "graph/v1.0/groups") { _, _ in .json(200, ["value": []]) },
        AzureRoute("POST", "graph/v1.0/directoryObjects/getByIds") { cloud, call in
            let ids = (call.body["ids"]?.array ?? []).compactMap(\.string)
            return .json(200, ["value": ids.contains(cloud.settings.principal) ? [cloud.servicePrincipal] : []])
        },
    ]

    private var servicePrincipal: JSON {
        [
            "@odata.type": "#microsoft.graph.servicePrincipal", "id": .string(settings.principal),
            "appId": .string(settings.application), "displayName": "aula-sandbox",
            "servicePrincipalNames": [.string(settings.application)],
        ]
    }
}
