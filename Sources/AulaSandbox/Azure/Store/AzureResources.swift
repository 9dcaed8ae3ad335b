import AulaModel
import Foundation

/// The flat list of all that has a place: of the subscription, or of a group.
extension AzureCloud {
    static let resourceRoutes: [AzureRoute] = [
        .inSubscription("GET", "resources") { cloud, call in
            try cloud.listResources(call, in: nil)
        },
        .inSubscription("GET", "resourcegroups/:group/resources") { cloud, call in
            try cloud.listResources(call, in: try cloud.group(call).name)
        },
    ]

    /// What a resource group holds at its top; parts of resources are not listed.
    func resources(in group: String? = nil) -> [AzureResource] {
        all { item in
            item.id.names.count == 1 && item.location != nil && AzureKind.of(item.id)?.hasLocation == true
                && (group == nil || item.group.lowercased() == group?.lowercased())
        }
    }

    private func listResources(_ call: AzureCall, in group: String?) throws -> Answer {
        let filter = try AzureFilter(call.request.parameter("$filter"))
        let isExpanded = call.request.parameter("$expand") != nil
        var found = resources(in: group).filter { filter.matches($0) }
        if let top = call.request.parameter("$top").flatMap(Int.init) { found = Array(found.prefix(top)) }
        return .json(200, ["value": .array(found.map { summary($0, expanded: isExpanded) })])
    }

    private func summary(_ resource: AzureResource, expanded: Bool) -> JSON {
        let kind = AzureKind.of(resource.id)
        var json: JSON = [
            "id": .string(kind?.shown(resource.id) ?? resource.id.text), "name": .string(resource.name),
            "type": .string(kind?.shownType ?? resource.id.type), "location": .string(resource.location ?? ""),
            "tags": resource.tags.map(AzureTags.render) ?? .null,
        ]
        for key in ["sku", "identity", "kind"] { json[key] = resource.head[key] }
        guard expanded else { return json }
        json["createdTime"] = AzureCall.time(resource.createdAt)
        json["changedTime"] = AzureCall.time(resource.changedAt)
        json["provisioningState"] = .string(resource.state)
        return json
    }
}
