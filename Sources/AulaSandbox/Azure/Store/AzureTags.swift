import AulaModel

/// Tags on groups and clusters, and the subscription's catalogue of tag names.
enum AzureTags {
    /// - Throws: 400 for names with reserved characters, for values that are no text, and for more than 50.
    static func read(_ json: JSON?) throws -> [String: String] {
        guard let json, !json.isNull else { return [:] }
        guard let object = json.object else {
            throw AzureFailure.badRequest("InvalidRequestContent", "The tags of the request are no object.")
        }
        var tags: [String: String] = [:]
        for member in object.members {
            guard member.key.count <= 512, !member.key.contains(where: { "<>%&\\?/".contains($0) }) else {
                throw AzureFailure.badRequest(
                    "InvalidTagNameCharacters",
                    "The tag names '\(member.key)' have reserved characters '<,>,%,&,\\,?,/' or control characters.")
            }
            guard let value = member.value.string, value.count <= 256 else {
                throw AzureFailure.badRequest("InvalidTagValue", "The value of tag '\(member.key)' is not valid.")
            }
            tags[member.key] = value
        }
        return try counted(tags)
    }

    static func counted(_ tags: [String: String]) throws -> [String: String] {
        guard tags.count <= 50 else {
            throw AzureFailure.badRequest("TooManyTags", "The maximum number of tags for a resource is '50'.")
        }
        return tags
    }

    /// Tags that may be null, which is not the same as none.
    static func optional(_ json: JSON) throws -> [String: String]? {
        json.isNull ? nil : try read(json)
    }

    static func render(_ tags: [String: String]) -> JSON {
        .object(JSONObject(tags.map { ($0.key, .string($0.value)) }))
    }
}

extension AzureCloud {
    static let tagRoutes: [AzureRoute] = [
        .inSubscription("GET", "tagNames") { cloud, _ in
            .json(200, ["value": .array(cloud.tagNames.keys.sorted().map { cloud.render(tagName: $0) })])
        },
        .inSubscription("PUT", "tagNames/:name") { cloud, call in
            let name = call.parameter("name")
            let isNew = cloud.tagNames[name] == nil
            cloud.tagNames[name] = cloud.tagNames[name] ?? []
            return .json(isNew ? 201 : 200, cloud.render(tagName: name))
        },
        .inSubscription("DELETE", "tagNames/:name") { cloud, call in
            cloud.tagNames.removeValue(forKey: call.parameter("name")) == nil ? .empty(204) : .empty(200)
        },
        .inSubscription("PUT", "tagNames/:name/tagValues/:value") { cloud, call in
            let (name, value) = (call.parameter("name"), call.parameter("value"))
            guard let values = cloud.tagNames[name] else {
                throw AzureFailure(404, "TagNotFound", "The tag '\(name)' could not be found.")
            }
            if !values.contains(value) { cloud.tagNames[name]?.append(value) }
            return .json(values.contains(value) ? 200 : 201, cloud.render(tagValue: value, of: name))
        },
        .inSubscription("DELETE", "tagNames/:name/tagValues/:value") { cloud, call in
            let (name, value) = (call.parameter("name"), call.parameter("value"))
            guard cloud.tagNames[name]?.contains(value) == true else { return .empty(204) }
            cloud.tagNames[name]?.removeAll { $0 == value }
            return .empty(200)
        },
    ]

    /// The tags of a scope by themselves: of the subscription, a group or a resource; nil for any other path.
    ///
    /// A cluster's tags are the cluster's, so the rules of its operations hold; the change is made at once.
    mutating func answerTags(_ call: AzureCall) throws -> Answer? {
        let segments = call.request.segments
        let suffix = segments.suffix(4).joined(separator: "/").lowercased()
        guard suffix == "providers/microsoft.resources/tags/default", segments.first?.lowercased() == "subscriptions"
        else {
            return nil
        }
        let scope = try canonical("/" + segments.dropLast(4).joined(separator: "/"))
        let isRead = call.request.method == "GET"
        if !isRead { try checkLocks(scope, deletes: false) }
        let tags: [String: String]
        if let id = AzureID(segments: scope.split(separator: "/").map(String.init)) {
            guard let kind = AzureKind.of(id), var item = find(id) else {
                throw AzureFailure.resourceNotFound(id.type, id.name, group: id.group ?? "")
            }
            if !isRead {
                if item.life != nil { try requireIdle(item) }
                item.tags = try Self.change(item.tags ?? [:], call)
                store[id.key] = item
            }
            tags = item.tags ?? [:]
            return Self.answer(tags, kind.shown(id), call)
        }
        if let name = AzureID(scope: scope, namespace: "", types: [], names: []).group,
            let group = groups[name.lowercased()]
        {
            guard isRead || group.state != "Deleting" else { throw AzureFailure.groupDeleting(group.name) }
            tags = isRead ? group.tags : try Self.change(group.tags, call)
            groups[name.lowercased()]?.tags = tags
        } else {
            tags = isRead ? subscriptionTags : try Self.change(subscriptionTags, call)
            subscriptionTags = tags
        }
        return Self.answer(tags, scope, call)
    }

    private static func change(_ present: [String: String], _ call: AzureCall) throws -> [String: String] {
        let given = try AzureTags.read(call.body[["properties", "tags"]])
        switch (call.request.method, call.body["operation"]?.string) {
        case ("DELETE", _): return [:]
        case ("PATCH", nil) where call.request.body.isEmpty: return present
        case ("PATCH", "Merge"): return try AzureTags.counted(present.merging(given) { _, new in new })
        case ("PATCH", "Delete"): return present.filter { given[$0.key] == nil }
        case ("PATCH", "Replace"), ("PUT", _): return given
        default:
            throw AzureFailure.badRequest(
                "InvalidTagsPatchOperation", "The operation of the request is not Merge, Replace or Delete.")
        }
    }

    private static func answer(_ tags: [String: String], _ id: String, _ call: AzureCall) -> Answer {
        if call.request.method == "DELETE" { return .empty(200) }
        return .json(
            200,
            [
                "id": .string("\(id)/providers/Microsoft.Resources/tags/default"), "name": "default",
                "type": "Microsoft.Resources/tags",
                "properties": ["tags": AzureTags.render(tags)],
            ])
    }

    private func render(tagName name: String) -> JSON {
        [
            "id": .string("\(root)/tagNames/\(name)"), "tagName": .string(name),
            "count": ["type": "Total", "value": 0],
            "values": .array((tagNames[name] ?? []).map { render(tagValue: $0, of: name) }),
        ]
    }

    private func render(tagValue value: String, of name: String) -> JSON {
        [
            "id": .string("\(root)/tagNames/\(name)/tagValues/\(value)"), "tagValue": .string(value),
            "count": ["type": "Total", "value": 0],
        ]
    }
}
