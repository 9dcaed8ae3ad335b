import AulaModel
import Foundation

/// A resource group.
struct ResourceGroup: Codable, Sendable {
    var name: String
    var location: String
    var tags: [String: String]
    /// What manages it: the id of the cluster whose node resource group this is.
    var managedBy: String?
    var state = "Succeeded"
    var createdAt: Date
}

extension AzureCloud {
    static let groupRoutes: [AzureRoute] = [
        .inSubscription("GET", "resourcegroups") { cloud, call in
            let filter = try AzureFilter(call.request.parameter("$filter"))
            let found = cloud.groups.values.filter { filter.matches($0) }
            return .json(200, ["value": .array(found.sorted { $0.name < $1.name }.map(cloud.render))])
        },
        .inSubscription("GET", "resourcegroups/:group") { cloud, call in .json(200, cloud.render(try cloud.group(call)))
        },
        .inSubscription("HEAD", "resourcegroups/:group") { cloud, call in
            _ = try cloud.group(call)
            return .empty(204)
        },
        .inSubscription("PUT", "resourcegroups/:group") { cloud, call in try cloud.putGroup(call) },
        .inSubscription("PATCH", "resourcegroups/:group") { cloud, call in
            var group = try cloud.group(call)
            guard group.state != "Deleting" else { throw AzureFailure.groupDeleting(group.name) }
            try cloud.checkLocks(cloud.id(group), deletes: false)
            if let tags = call.body["tags"] { group.tags = try AzureTags.read(tags) }
            cloud.groups[group.name.lowercased()] = group
            return .json(200, cloud.render(group))
        },
        .inSubscription("DELETE", "resourcegroups/:group") { cloud, call in try cloud.deleteGroup(call) },
    ]

    /// - Throws: 404 `ResourceGroupNotFound`.
    func group(_ call: AzureCall) throws -> ResourceGroup {
        let name = call.parameter("group")
        guard let group = groups[name.lowercased()] else { throw AzureFailure.groupNotFound(name) }
        return group
    }

    private mutating func putGroup(_ call: AzureCall) throws -> Answer {
        let name = call.parameter("group")
        try checkLocks("\(root)/resourceGroups/\(name)", deletes: false)
        guard name.count <= 90, name.wholeMatch(of: /[-\w._()]+/) != nil, !name.hasSuffix(".") else {
            throw AzureFailure.badRequest(
                "InvalidResourceGroup",
                "The provided resource group name '\(name)' has these invalid characters. The name can only be a letter, "
                    + "digit, '-', '.', '(', ')' or '_'.")
        }
        guard let wanted = call.body["location"]?.string, !wanted.isEmpty else {
            throw AzureFailure.badRequest("LocationRequired", "The location property is required for this definition.")
        }
        guard let location = AzureCatalogue.location(wanted) else {
            throw AzureFailure.badRequest(
                "LocationNotAvailableForResourceGroup",
                "The provided location '\(wanted)' is not available for resource group. List of available regions is '\(AzureCatalogue.names)'."
            )
        }
        let tags = try AzureTags.read(call.body["tags"])
        if var present = groups[name.lowercased()] {
            guard present.state != "Deleting" else { throw AzureFailure.groupDeleting(present.name) }
            guard present.location == location else {
                throw AzureFailure(
                    409, "InvalidResourceGroupLocation",
                    "Invalid resource group location '\(location)'. The Resource group already exists in location '\(present.location)'."
                )
            }
            present.tags = tags
            present.managedBy = call.body["managedBy"]?.string ?? present.managedBy
            groups[name.lowercased()] = present
            return .json(200, render(present))
        }
        let group = ResourceGroup(
            name: name, location: location, tags: tags, managedBy: call.body["managedBy"]?.string, createdAt: call.now)
        groups[name.lowercased()] = group
        return .json(201, render(group))
    }

    /// The group says `Deleting` until the operation ends; so do the clusters in it.
    private mutating func deleteGroup(_ call: AzureCall) throws -> Answer {
        let group = try group(call)
        try checkLocks(id(group), deletes: true)
        guard !clusters.contains(where: { $0.nodeGroup.lowercased() == group.name.lowercased() }) else {
            throw AzureFailure(
                403, "DenyAssignmentAuthorizationFailed",
                "The client has permission to perform action 'Microsoft.Resources/subscriptions/resourcegroups/delete' on scope "
                    + "'\(root)/resourceGroups/\(group.name)'; however, the access is denied because of the deny assignment of "
                    + "the managed cluster that owns the group.")
        }
        let key = group.name.lowercased()
        let running = operations.values.first {
            $0.kind == .deleteGroup && $0.target == key && $0.status == "InProgress"
        }
        let operation =
            running
            ?? begin(
                .deleteGroup, target: key, namespace: "Microsoft.Resources", location: group.location,
                seconds: settings.durations.deleteGroup, now: call.now)
        groups[key]?.state = "Deleting"
        for cluster in clusters where cluster.group.lowercased() == key { store[cluster.key]?.state = "Deleting" }
        return .empty(202, headers: [("Location", groupResult(operation, call)), ("Retry-After", firstInterval)])
    }

    func id(_ group: ResourceGroup) -> String { "\(root)/resourceGroups/\(group.name)" }

    func render(_ group: ResourceGroup) -> JSON {
        var json: JSON = [
            "id": .string(id(group)), "name": .string(group.name), "type": "Microsoft.Resources/resourceGroups",
            "location": .string(group.location), "tags": AzureTags.render(group.tags),
            "properties": ["provisioningState": .string(group.state)],
        ]
        json["managedBy"] = group.managedBy.map(JSON.string)
        return json
    }
}
