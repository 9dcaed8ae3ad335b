import AulaModel

/// What belongs to the instance itself: version, metadata, settings, feature flags and namespaces.
extension GitLabInstance {
    /// Says sandbox, so that no log can be mistaken for one of a real GitLab.
    static let version = "19.5.0-sandbox"

    static let instanceRoutes: [GitLabRoute] = [
        GitLabRoute("GET", "version") { _, _ in .json(200, metadata) },
        GitLabRoute("GET", "metadata") { _, _ in .json(200, metadata) },
        GitLabRoute("GET", "application/settings") { gitlab, call in
            try requireAdmin(call)
            return .json(200, gitlab.applicationSettings)
        },
        GitLabRoute("PUT", "application/settings") { gitlab, call in try gitlab.changeSettings(call) },
        GitLabRoute("GET", "features") { gitlab, call in
            try requireAdmin(call)
            return .json(200, .array(gitlab.flags.sorted { $0.key < $1.key }.map { feature($0.key, $0.value) }))
        },
        GitLabRoute("POST", "features/:name") { gitlab, call in try gitlab.setFeature(call) },
        GitLabRoute("GET", "deploy_tokens") { gitlab, call in
            try requireAdmin(call)
            let holders = gitlab.groups.keys.map(Holder.group) + gitlab.projects.keys.map(Holder.project)
            let tokens = holders.flatMap { gitlab.things("deploy_tokens", of: $0) }.sorted { $0.id < $1.id }
            let place = GitLabPlace(call: call, holder: .group(0), isList: true)
            return try call.page(tokens) { gitlab.render($0, .deployTokens, place) }
        },
        .under(.project, "POST", "environments/stop_stale", role: .maintainer) { _, call, _ in
            try call.arguments.require("before")
            return .json(200, ["message": "Successfully requested stop for all stale environments"])
        },
        GitLabRoute("GET", "namespaces") { gitlab, call in try gitlab.listNamespaces(call) },
        GitLabRoute("GET", "namespaces/:id") { gitlab, call in try gitlab.getNamespace(call) },
        GitLabRoute("GET", "namespaces/:path/exists") { gitlab, call in try gitlab.namespaceExists(call) },
    ]

    private static let metadata: JSON = [
        "version": .string(version), "revision": "sandbox", "enterprise": true,
        "kas": ["enabled": false, "externalUrl": .null, "version": .null],
    ]

    static func requireAdmin(_ call: GitLabCall) throws {
        guard call.user.isAdmin else { throw GitLabFailure.forbidden() }
    }

    private var flags: [String: Bool] {
        features.merging(["certificate_based_clusters": settings.certificateClusters]) { _, current in current }
    }

    private static func feature(_ name: String, _ value: Bool) -> JSON {
        [
            "name": .string(name), "state": value ? "on" : "off",
            "gates": [["key": "boolean", "value": .bool(value)]], "definition": .null,
        ]
    }

    private mutating func setFeature(_ call: GitLabCall) throws -> SandboxResponse {
        try Self.requireAdmin(call)
        try call.arguments.require("value")
        let name = call.parameter("name")
        let value = try call.arguments.flag("value") ?? false
        features[name] = value
        if name == "certificate_based_clusters" { settings.certificateClusters = value }
        return .json(201, Self.feature(name, value))
    }

    private var applicationSettings: JSON {
        [
            "id": 1, "deletion_adjourned_period": .int(settings.deletionDays),
            "allow_immediate_namespaces_deletion": .bool(settings.immediateDeletion),
            "allow_local_requests_from_web_hooks_and_services": .bool(settings.localRequests),
            "allow_local_requests_from_hooks_and_services": .bool(settings.localRequests),
            "default_branch_name": "main", "default_branch_protection": 2, "default_project_visibility": "private",
            "throttle_authenticated_api_enabled": true,
            "throttle_authenticated_api_requests_per_period": .int(settings.throttle.requests),
            "throttle_authenticated_api_period_in_seconds": .int(settings.throttle.seconds),
        ]
    }

    private mutating func changeSettings(_ call: GitLabCall) throws -> SandboxResponse {
        try Self.requireAdmin(call)
        let arguments = call.arguments
        if let days = try arguments.integer("deletion_adjourned_period") {
            guard (1...90).contains(days) else {
                throw GitLabFailure.validation("deletion_adjourned_period", "must be less than or equal to 90")
            }
            settings.deletionDays = days
        }
        if let allowed = try arguments.flag("allow_immediate_namespaces_deletion") {
            settings.immediateDeletion = allowed
        }
        if let allowed = try arguments.flag("allow_local_requests_from_web_hooks_and_services") {
            settings.localRequests = allowed
        }
        return .json(200, applicationSettings)
    }

    // MARK: Namespaces

    func namespaceSummary(_ id: Int, base: String) -> JSON {
        let path = namespacePath(id)
        let group = groups[id]
        return [
            "id": .int(id), "name": .string(group?.name ?? namespaceName(id)),
            "path": .string(group?.path ?? path), "kind": group == nil ? "user" : "group",
            "full_path": .string(path), "parent_id": group?.parent.map(JSON.int) ?? .null, "avatar_url": .null,
            "web_url": .string(group == nil ? "\(base)/\(path)" : "\(base)/groups/\(path)"),
        ]
    }

    private func listNamespaces(_ call: GitLabCall) throws -> SandboxResponse {
        let search = try call.arguments.text("search")?.lowercased()
        let visible = groups.keys.filter { isVisible(.group($0), to: call.user) } + [call.user.namespace]
        let found = visible.filter { search == nil || namespacePath($0).lowercased().contains(search ?? "") }.sorted()
        return try call.page(found) { namespaceSummary($0, base: call.base) }
    }

    private func getNamespace(_ call: GitLabCall) throws -> SandboxResponse {
        let reference = call.parameter("id")
        if reference == call.user.username || Int(reference) == call.user.namespace {
            return .json(200, namespaceSummary(call.user.namespace, base: call.base))
        }
        guard let holder = try? find(.group, reference, for: call.user) else {
            throw GitLabFailure.notFound("Namespace")
        }
        return .json(200, namespaceSummary(holder.id, base: call.base))
    }

    private func namespaceExists(_ call: GitLabCall) throws -> SandboxResponse {
        let path = call.parameter("path")
        let parent = try call.arguments.integer("parent_id")
        let taken = { (path: String) in
            groups.values.contains { $0.parent == parent && $0.path.lowercased() == path.lowercased() }
                || (parent == nil && users.values.contains { $0.username == path.lowercased() })
        }
        guard taken(path) else { return .json(200, ["exists": false, "suggests": []]) }
        var number = 1
        while taken("\(path)\(number)") { number += 1 }
        return .json(200, ["exists": true, "suggests": [.string("\(path)\(number)")]])
    }
}
