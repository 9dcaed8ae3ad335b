import AulaModel
import Foundation

/// GET, HEAD, PUT, PATCH and DELETE of any type in the table.
extension AzureCloud {
    /// Answers a request to a type of the table; nil for any other path.
    mutating func answerFromStore(_ call: AzureCall) throws -> Answer? {
        guard var id = AzureID(segments: call.request.segments), let kind = AzureKind.of(id),
            kind.level != .group || id.group != nil || id.names.count < id.types.count
        else { return nil }
        id.scope = try canonical(id.scope)
        if let parent = id.parent, kind.level == .parent, store[parent.key] == nil {
            throw AzureFailure.parentNotFound(kind.type, parent, doing: call.request.method == "PUT" ? "write" : "read")
        }
        let isCollection = id.names.count < id.types.count
        switch (call.request.method, isCollection) {
        case ("GET", true): return try list(kind, in: id, call)
        case ("GET", false): return .json(200, render(try resource(id, kind)))
        case ("HEAD", false):
            _ = try resource(id, kind)
            return .empty(204)
        case ("PUT", false): return try put(kind, id, call)
        case ("PATCH", false): return try patch(kind, id, call)
        case ("DELETE", false): return try delete(kind, id, call)
        default: return nil
        }
    }

    /// What the store holds and what the clusters made, in the order of their making.
    func all(_ isWanted: (AzureResource) -> Bool) -> [AzureResource] {
        let kept = store.values.filter(isWanted)
        let derived = (nodeResources + AzureAuthorization.given(self)).filter { isWanted($0) && store[$0.key] == nil }
        return (kept + derived).sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }
    }

    func find(_ id: AzureID) -> AzureResource? { store[id.key] ?? all { $0.key == id.key }.first }

    func resource(_ id: AzureID, _ kind: AzureKind) throws -> AzureResource {
        guard let found = find(id) else { throw kind.notFound(id) }
        return found
    }

    func render(_ resource: AzureResource) -> JSON {
        guard let kind = AzureKind.of(resource.id) else { return .null }
        var json = kind.render(resource)
        if resource.life != nil { json["properties"] = ManagedCluster.shown(resource, json["properties"], in: self) }
        if resource.id.type == Self.poolType { json["properties"] = AgentPool.shown(resource, in: self) }
        return json
    }

    private func list(_ kind: AzureKind, in id: AzureID, _ call: AzureCall) throws -> Answer {
        // The page after the only one.
        if call.request.query.contains(where: { $0.name.lowercased().hasSuffix("skiptoken") }) {
            return .json(200, ["value": []])
        }
        let filter = try AzureFilter(call.request.parameter("$filter"))
        let parent = id.parent?.key
        let found = all { item in
            guard item.id.type.lowercased() == kind.type.lowercased() else { return false }
            if let parent { return item.id.parent?.key == parent }
            if kind.level != .anywhere { return AzureID.isWithin(item.id.scope, id.scope) }
            // An assignment holds for all below it, and a list shows those as well unless it asks for this scope only.
            let isAbove = AzureID.isWithin(id.scope, item.id.scope)
            return isAbove || !filter.isAtScope && AzureID.isWithin(item.id.scope, id.scope)
        }
        return .json(200, ["value": .array(found.filter { filter.matches($0) }.map(render))])
    }

    private mutating func put(_ kind: AzureKind, _ id: AzureID, _ call: AzureCall) throws -> Answer {
        let old = find(id)
        try checkWrite(kind, id, old, call)
        var new = try old ?? AzureResource(id, location: newLocation(kind, id, call), at: call.now)
        try apply(call.body, to: &new, kind, isNew: old == nil)
        try kind.complete?(&new, old, self, call)
        let isNew = old == nil
        new.change(to: kind.isSlow ? (isNew ? "Creating" : "Updating") : "Succeeded", at: call.now)
        if kind.namespace == "Microsoft.Network" && kind.isSlow { new.state = "Updating" }
        if id.type == Self.clusterType { return try putCluster(new, old, call) }
        if id.type == Self.poolType { return try putPool(new, old, call) }
        store[id.key] = new
        let status = isNew ? kind.statuses.created : kind.statuses.changed
        guard kind.isSlow else {
            let location = [(name: "Location", value: "\(call.base)\(id.text)?api-version=\(call.version)")]
            return .json(status, render(new), headers: kind.stamp == .quoted && isNew ? location : [])
        }
        let operation = begin(.changeResource, on: new, seconds: settings.durations.changeResource, now: call.now)
        return .json(status, render(new), headers: headers(operation, call, withLocation: false))
    }

    /// A PATCH changes the tags, and of small things the properties that it names.
    private mutating func patch(_ kind: AzureKind, _ id: AzureID, _ call: AzureCall) throws -> Answer {
        let old = try resource(id, kind)
        try checkWrite(kind, id, old, call)
        var new = old
        if let tags = call.body["tags"] { new.tags = try AzureTags.optional(tags) }
        if let properties = call.body["properties"] {
            new.properties = new.properties.merging(try writable(properties, kind, old))
        }
        if id.type == Self.clusterType { return try changeCluster(new, call) }
        new.changedAt = call.now
        store[id.key] = new
        return .json(200, render(new))
    }

    private mutating func delete(_ kind: AzureKind, _ id: AzureID, _ call: AzureCall) throws -> Answer {
        guard let old = find(id) else { return .empty(204) }
        try checkLocks(id.text, deletes: true)
        try checkPrecondition(old, call)
        if id.type == Self.clusterType { return try deleteCluster(old, call) }
        if id.type == Self.poolType { return try deletePool(old, call) }
        guard store[id.key] != nil else {
            throw AzureFailure(
                409, "InUse",
                "The resource '\(id.text)' belongs to a managed cluster that is using it and cannot be deleted.")
        }
        guard kind.isSlow else {
            store[id.key] = nil
            return kind.answersDeleted ? .json(200, render(old)) : .empty(kind.statuses.deleted)
        }
        store[id.key]?.state = "Deleting"
        let operation = begin(
            .deleteResource, on: old, removing: [id.key], seconds: settings.durations.changeResource, now: call.now)
        return .empty(202, headers: headers(operation, call, withLocation: true))
    }

    /// The body laid over what is there, with the defaults of the row.
    private func apply(_ body: JSON, to new: inout AzureResource, _ kind: AzureKind, isNew: Bool) throws {
        if kind.hasTags { new.tags = try body["tags"].flatMap(AzureTags.optional) }
        let known: Set = ["sku", "identity", "kind", "zones", "extendedLocation", "plan"]
        for member in body.object?.members ?? [] where known.contains(member.key) {
            new.head[member.key] = member.value
        }
        if !kind.hasLocation, let location = body["location"]?.string { new.location = location }
        new.head = JSON.filling(new.head, with: kind.head)
        let wanted = try writable(body["properties"] ?? [:], kind, isNew ? nil : new)
        let kept = new.properties.object?.members.filter { kind.merges || kind.readOnly.contains($0.key) } ?? []
        let own = JSON.object(JSONObject(uniqueMembers: kept))
        new.properties = JSON.filling(JSON.filling(wanted, with: own), with: kind.defaults)
    }

    /// The wanted properties without those that only the service sets.
    ///
    /// - Throws: for a property that never changes and would.
    private func writable(_ wanted: JSON, _ kind: AzureKind, _ old: AzureResource?) throws -> JSON {
        guard wanted.object != nil else {
            throw AzureFailure.badRequest("InvalidRequestContent", "The properties of the request are no object.")
        }
        if let old { try checkFixed(wanted, old.properties, kind) }
        var wanted = wanted
        for path in kind.readOnly { wanted[path] = nil }
        return wanted
    }
}

extension JSON {
    /// `given` with what it lacks of `defaults`; null and empty text count as lacking.
    static func filling(_ given: JSON?, with defaults: JSON) -> JSON {
        var value = given?.object == nil ? .object(JSONObject()) : given ?? .null
        for member in defaults.object?.members ?? [] where (value[member.key] ?? .null).isUnset {
            value[member.key] = member.value
        }
        return value
    }

    var isUnset: Bool { isNull || self == "" }
}
