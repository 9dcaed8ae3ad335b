import AulaModel
import Foundation

/// Locks, roles and policies: what the service adds, what it refuses, and what every subscription has.
enum AzureAuthorization {
    static let lockType = "Microsoft.Authorization/locks"
    static let roleType = "Microsoft.Authorization/roleAssignments"
    static let definitionType = "Microsoft.Authorization/roleDefinitions"
    static let policyType = "Microsoft.Authorization/policyAssignments"
    /// The assignment by which Azure keeps a student's subscription to its regions.
    static let regionPolicy = "sys.regionrestriction"

    static func completeLock(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        if call.request.body.isEmpty { new.properties = old?.properties ?? ["level": "CanNotDelete"] }
        guard ["CanNotDelete", "ReadOnly"].contains(new.properties["level"]?.string) else {
            throw AzureFailure.badRequest(
                "LockLevelInvalid", "The lock level is not CanNotDelete or ReadOnly.")
        }
    }

    static func completeRole(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        let (role, principal) = (
            new.properties["roleDefinitionId"]?.string ?? "", new.properties["principalId"]?.string ?? ""
        )
        guard UUID(uuidString: new.name) != nil else {
            throw AzureFailure.badRequest(
                "InvalidRoleAssignmentId",
                "The role assignment ID '\(new.name)' is not valid. The role assignment ID must be a GUID.")
        }
        guard UUID(uuidString: principal) != nil else {
            throw AzureFailure.badRequest(
                "InvalidPrincipalId", "A valid principal ID must be provided for role assignment.")
        }
        let name = role.split(separator: "/").last.map(String.init) ?? ""
        guard given(cloud).contains(where: { $0.id.type == definitionType && $0.name == name.lowercased() }) else {
            throw AzureFailure(
                404, "RoleDefinitionDoesNotExist", "The specified role definition with ID '\(name)' does not exist.")
        }
        let twin = cloud.all { item in
            item.id.type == roleType && item.id.scope == new.id.scope && item.key != new.key
                && item.properties["principalId"] == .string(principal)
                && item.properties["roleDefinitionId"]?.string?.lowercased().hasSuffix(name.lowercased()) == true
        }.first
        if let twin {
            throw AzureFailure(
                409, "RoleAssignmentExists",
                "The role assignment already exists. The ID of the conflicting role assignment is "
                    + "\(twin.name.replacing("-", with: "")).")
        }
        if let old, old.properties["principalId"] != new.properties["principalId"] {
            throw AzureFailure(
                409, "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.")
        }
        new.properties = JSON.filling(
            new.properties,
            with: assignment(
                at: new.id.scope, by: cloud.settings.principal, at: call.now, since: old?.createdAt ?? call.now))
    }

    private static func assignment(at scope: String, by author: String, at now: Date, since: Date) -> JSON {
        [
            "principalType": "ServicePrincipal", "scope": .string(scope.isEmpty ? "/" : scope), "condition": .null,
            "conditionVersion": .null, "description": .null, "delegatedManagedIdentityResourceId": .null,
            "createdOn": AzureCall.time(since), "updatedOn": AzureCall.time(now), "createdBy": .string(author),
            "updatedBy": .string(author),
        ]
    }

    static func completePolicy(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        guard new.properties["policyDefinitionId"]?.string?.isEmpty == false else {
            throw AzureFailure.badRequest(
                "InvalidRequestContent", "The policy assignment '\(new.name)' has no policyDefinitionId.")
        }
        if let given = new.head["identity"] { new.head["identity"] = identity(given, old, cloud) }
        let author = JSON.string(cloud.settings.principal)
        new.properties["metadata"] = JSON.filling(
            new.properties["metadata"],
            with: [
                "createdBy": author, "createdOn": AzureCall.time(old?.createdAt ?? call.now), "updatedBy": .null,
                "updatedOn": .null,
            ])
        if old != nil {
            new.properties[["metadata", "updatedBy"]] = author
            new.properties[["metadata", "updatedOn"]] = AzureCall.time(call.now)
        }
        new.properties = JSON.filling(
            new.properties, with: ["scope": .string(new.id.scope), "enforcementMode": "Default"])
    }

    /// A wanted identity with what the directory makes of it; the same as before where there was one.
    static func identity(_ wanted: JSON, _ old: AzureResource?, _ cloud: AzureCloud) -> JSON {
        guard wanted["type"]?.string?.contains("SystemAssigned") == true else { return wanted }
        let own: JSON = [
            "principalId": old?.head[["identity", "principalId"]] ?? .string(UUID().uuidString.lowercased()),
            "tenantId": .string(cloud.settings.tenant),
        ]
        return JSON.filling(wanted, with: own)
    }

    /// What is there without anybody's doing: the built-in roles, the owner, a student's policy.
    static func given(_ cloud: AzureCloud) -> [AzureResource] {
        let make = { (type: String, name: String, properties: JSON) -> AzureResource in
            var made = AzureResource(
                AzureID(scope: cloud.root, type: type, names: [name]), location: nil, at: .distantPast)
            made.properties = properties
            return made
        }
        var found = roles.map { role in
            make(
                definitionType, role.id,
                [
                    "roleName": .string(role.name), "type": "BuiltInRole", "description": .string(role.name),
                    "assignableScopes": ["/"],
                    "permissions": [
                        [
                            "actions": .array(role.actions.map(JSON.string)), "notActions": [], "dataActions": [],
                            "notDataActions": [],
                        ]
                    ],
                    "createdOn": "2015-02-02T21:55:09.8806423Z", "updatedOn": "2021-11-11T20:13:28.6061853Z",
                    "createdBy": "", "updatedBy": "",
                ])
        }
        var owner = assignment(at: cloud.root, by: cloud.settings.principal, at: .distantPast, since: .distantPast)
        owner["principalId"] = .string(cloud.settings.principal)
        owner["roleDefinitionId"] = .string("\(cloud.root)/providers/\(definitionType)/\(roles[0].id)")
        found.append(make(roleType, "0a000000-0000-4000-8000-000000000001", owner))
        if let places = cloud.settings.allowedLocations {
            var policy = make(
                policyType, regionPolicy,
                [
                    "displayName": "Allowed resource deployment regions", "scope": .string(cloud.root),
                    "policyDefinitionId":
                        "/providers/Microsoft.Authorization/policyDefinitions/b86dabb9-b578-4d7b-b842-3b45e95769a1",
                    "enforcementMode": "Default",
                    "parameters": ["listOfAllowedLocations": ["value": .array(places.map(JSON.string))]],
                    "metadata": [
                        "createdBy": "", "createdOn": "2025-01-01T00:00:00Z", "updatedBy": .null, "updatedOn": .null,
                    ],
                ])
            policy.head = ["sku": ["name": "A0", "tier": "Free"]]
            found.append(policy)
        }
        return found
    }

    /// Built-in roles by their published ids; the first is the owner's.
    private static let roles: [(id: String, name: String, actions: [String])] = [
        ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", ["*"]),
        ("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", ["*"]),
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", ["*/read"]),
        ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", ["*/read", "Microsoft.Authorization/*"]),
        ("4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor", ["Microsoft.Network/*"]),
        (
            "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "Azure Kubernetes Service Cluster Admin Role",
            ["Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"]
        ),
        (
            "4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "Azure Kubernetes Service Cluster User Role",
            ["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"]
        ),
        ("72fafb9e-0641-4937-9268-a91bfd8191a3", "Cost Management Reader", ["Microsoft.CostManagement/*/read"]),
    ]
}

/// What the billing service makes of a budget.
enum AzureBudget {
    static func complete(
        _ new: inout AzureResource, _ old: AzureResource?, _ cloud: AzureCloud, _ call: AzureCall
    ) throws {
        for (key, words) in [
            ("timeGrain", ["Monthly", "Quarterly", "Annually", "BillingMonth"]), ("category", ["Cost", "Usage"]),
        ] {
            guard let wanted = new.properties[key]?.string else { continue }
            guard let word = words.first(where: { $0.lowercased() == wanted.lowercased() }) else {
                throw AzureFailure.badRequest(
                    "400", "The \(key) '\(wanted)' of the budget is none of \(words.joined(separator: ", ")).")
            }
            new.properties[key] = .string(word)
        }
        guard new.properties["amount"]?.isNull == false, new.properties["timePeriod"]?.object != nil else {
            throw AzureFailure.badRequest("400", "A budget needs an amount, a timeGrain and a timePeriod.")
        }
        new.properties["filters"] = JSON.filling(
            new.properties["filters"], with: ["resourceGroups": [], "resources": [], "meters": []])
    }
}
