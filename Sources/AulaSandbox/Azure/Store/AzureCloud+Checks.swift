import AulaModel
import Foundation

/// What is refused before anything begins, of any type: the Resource Manager's rules, then the row's.
extension AzureCloud {
    /// The scope as the sandbox spells it.
    ///
    /// - Throws: 404 for a resource group that is not there.
    func canonical(_ scope: String) throws -> String {
        var parts = scope.split(separator: "/").map(String.init)
        guard parts.count > 1, parts[0].lowercased() == "subscriptions" else { return scope == "/" ? "" : scope }
        parts[0] = "subscriptions"
        parts[1] = settings.subscription
        if parts.count > 3, parts[2].lowercased() == "resourcegroups" {
            guard let group = groups[parts[3].lowercased()] else { throw AzureFailure.groupNotFound(parts[3]) }
            parts[2] = "resourceGroups"
            parts[3] = group.name
        }
        return "/" + parts.joined(separator: "/")
    }

    func checkWrite(_ kind: AzureKind, _ id: AzureID, _ old: AzureResource?, _ call: AzureCall) throws {
        guard kind.name.allows(id.name) else { throw kind.name.failure(id.name).flattened(kind.isFlat) }
        if let group = id.group, groups[group.lowercased()]?.state == "Deleting" {
            throw AzureFailure.groupDeleting(group)
        }
        guard registered(kind.namespace) else {
            throw AzureFailure(
                409, "MissingSubscriptionRegistration",
                "The subscription is not registered to use namespace '\(kind.namespace)'. See "
                    + "https://aka.ms/rps-not-found for how to register subscriptions.")
        }
        if kind.namespace != "Microsoft.Authorization" { try checkLocks(id.text, deletes: false) }
        try checkPrecondition(old, call)
        guard let old, kind.hasLocation, let wanted = call.body["location"]?.string, !wanted.isEmpty else { return }
        guard AzureCatalogue.location(wanted) == old.location else {
            throw AzureFailure(
                409, "InvalidResourceLocation",
                "The resource '\(old.name)' already exists in location '\(old.location ?? "")' in resource group "
                    + "'\(old.group)'. A resource with the same name cannot be created in location '\(wanted)'. Please "
                    + "select a new resource name.")
        }
    }

    /// Where a new resource goes: a place that is there and that no policy forbids.
    func newLocation(_ kind: AzureKind, _ id: AzureID, _ call: AzureCall) throws -> String? {
        guard kind.hasLocation else { return nil }
        guard let wanted = call.body["location"]?.string, !wanted.isEmpty else {
            throw AzureFailure.badRequest("LocationRequired", "The location property is required for this definition.")
        }
        guard let location = AzureCatalogue.location(wanted) else {
            throw AzureFailure.badRequest(
                "LocationNotAvailableForResourceType",
                "The provided location '\(wanted)' is not available for resource type '\(kind.type)'. List of available "
                    + "regions for the resource type is '\(AzureCatalogue.names)'.")
        }
        try checkPolicies(id, location)
        return location
    }

    /// The policies that name the places where resources may be.
    private func checkPolicies(_ id: AzureID, _ location: String) throws {
        let policies = all { $0.id.type == AzureAuthorization.policyType && AzureID.isWithin(id.scope, $0.id.scope) }
        for policy in policies where policy.properties["enforcementMode"] != "DoNotEnforce" {
            let list = policy.properties[["parameters", "listOfAllowedLocations", "value"]]?.array
            guard let list, !list.contains(where: { AzureCatalogue.location($0.string ?? "") == location }) else {
                continue
            }
            guard policy.name != AzureAuthorization.regionPolicy else {
                throw AzureFailure(
                    403, "RequestDisallowedByAzure",
                    "Resource '\(id.name)' was disallowed by Azure: This policy maintains a set of best available regions "
                        + "where your subscription can deploy resources. The objective of this policy is to ensure that your "
                        + "subscription has full access to Azure services with optimal performance. Should you need "
                        + "additional or different regions, contact support..")
            }
            throw AzureFailure(
                403, "RequestDisallowedByPolicy",
                "Resource '\(id.name)' was disallowed by policy. Policy identifiers: '[{\"policyAssignment\":{\"name\":"
                    + "\"\(policy.name)\",\"id\":\"\(policy.id.text)\"}}]'.")
        }
    }

    /// Locks of a scope hold for all below it, and what is below keeps what is above from being deleted.
    func checkLocks(_ text: String, deletes: Bool) throws {
        let locks = store.values.filter { lock in
            guard lock.id.type == AzureAuthorization.lockType else { return false }
            guard AzureID.isWithin(text, lock.id.scope) || deletes && AzureID.isWithin(lock.id.scope, text) else {
                return false
            }
            return lock.id.text != text && (deletes || lock.properties["level"] == "ReadOnly")
        }
        guard let lock = locks.min(by: { $0.key < $1.key }), !text.contains("/Microsoft.Authorization/locks/") else {
            return
        }
        let verb = deletes ? "delete" : "write"
        throw AzureFailure(
            409, "ScopeLocked",
            "The scope '\(text)' cannot perform \(verb) operation because following scope(s) are locked: "
                + "'\(lock.id.scope)'. Please remove the lock and try again.")
    }

    /// `If-Match` and `If-None-Match`.
    func checkPrecondition(_ old: AzureResource?, _ call: AzureCall) throws {
        let bare = { (text: String) in text.replacing("W/", with: "").replacing("\"", with: "") }
        let wanted = call.request.headers["if-match"].map(bare)
        let isRefused =
            switch (wanted, old) {
            case (nil, nil): false
            case (nil, _?): call.request.headers["if-none-match"] == "*"
            case (let tag?, let old): tag != old?.eTag && !(tag == "*" && old != nil)
            }
        guard isRefused else { return }
        throw AzureFailure(
            412, "PreconditionFailed",
            "The condition 'If-Match' or 'If-None-Match' of the request was not met by the resource's current version.")
    }

    /// Properties that a request may repeat but not change.
    func checkFixed(_ wanted: JSON, _ present: JSON, _ kind: AzureKind) throws {
        for path in kind.fixed {
            let words = path.split(separator: ".").map(String.init)
            guard let value = wanted[words], !value.isUnset, value != 0, value != present[words] ?? .null,
                value.string?.lowercased() != present[words]?.string?.lowercased() || value.string == nil
            else { continue }
            throw AzureFailure(
                400, "PropertyChangeNotAllowed", "Changing property 'properties.\(path)' is not allowed.",
                target: "properties.\(path)"
            ).flattened(kind.isFlat)
        }
    }
}
