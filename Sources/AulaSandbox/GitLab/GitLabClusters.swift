import AulaModel
import Foundation

/// Certificate-based clusters, the deprecated registration; off, every route answers 404.
extension GitLabInstance {
    struct Cluster: Codable, Sendable {
        var id: Int
        var name: String
        var scope = "*"
        var domain: String?
        var enabled = true
        var managed = true
        var namespacePerEnvironment = true
        var createdAt: Date
        var createdBy: Int
        var apiURL = ""
        /// Written, never answered.
        var token = ""
        var certificate: String?
        var namespace: String?
        var authorization = "rbac"
    }

    static let clusterRoutes: [GitLabRoute] =
        .joined(
            clusterRoute("GET", "clusters") { gitlab, call, holder in
                try call.page(gitlab[contents: holder].clusters) { gitlab.render($0, holder, base: call.base) }
            },
            clusterRoute("GET", "clusters/:cluster") { gitlab, call, holder in
                let cluster = gitlab[contents: holder].clusters[try gitlab.position(ofCluster: call, in: holder)]
                return .json(200, gitlab.render(cluster, holder, base: call.base))
            },
            clusterRoute("POST", "clusters/user") { gitlab, call, holder in
                try gitlab.createCluster(call, in: holder)
            },
            clusterRoute("PUT", "clusters/:cluster") { gitlab, call, holder in
                try gitlab.updateCluster(call, in: holder)
            },
            clusterRoute("DELETE", "clusters/:cluster") { gitlab, call, holder in
                gitlab[contents: holder].clusters.remove(at: try gitlab.position(ofCluster: call, in: holder))
                return GitLabCall.noContent()
            },
            [GitLabRoute("GET", "discover-cert-based-clusters") { gitlab, call in try gitlab.discoverClusters(call) }])

    /// The switch is asked before the role, as in GitLab.
    private static func clusterRoute(
        _ method: String, _ path: String, answer: @escaping GitLabRoute.HolderAnswer
    ) -> [GitLabRoute] {
        GitLabRoute.underBoth(method, path, project: .none, group: .none) { gitlab, call, holder in
            guard gitlab.settings.certificateClusters else { throw GitLabFailure.notFound() }
            try gitlab.require(.maintainer, on: holder, for: call.user)
            return try answer(&gitlab, call, holder)
        }
    }

    private mutating func createCluster(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        let platform = "platform_kubernetes_attributes"
        try arguments.require("name", platform, "\(platform)[api_url]", "\(platform)[token]")
        guard try arguments.text("\(platform)[api_url]")?.isEmpty == false else {
            throw GitLabFailure.parameter("\(platform)[api_url] is empty")
        }
        var cluster = Cluster(id: 0, name: "", createdAt: call.now, createdBy: call.user.id)
        try apply(arguments, to: &cluster)
        let choices = ["unknown_authorization", "rbac", "abac"]
        cluster.authorization = try arguments.choice("\(platform)[authorization_type]", of: choices) ?? "rbac"
        try validate(cluster, in: holder)
        cluster.id = nextID("cluster")
        self[contents: holder].clusters.append(cluster)
        return .json(201, render(cluster, holder, base: call.base))
    }

    /// A trap of the real API: leaving `namespace_per_environment` out of an update sets it.
    private mutating func updateCluster(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let position = try position(ofCluster: call, in: holder)
        var cluster = self[contents: holder].clusters[position]
        cluster.namespacePerEnvironment = true
        try apply(call.arguments, to: &cluster)
        try validate(cluster, in: holder)
        self[contents: holder].clusters[position] = cluster
        return .json(200, render(cluster, holder, base: call.base))
    }

    private func apply(_ arguments: GitLabArguments, to cluster: inout Cluster) throws {
        let platform = "platform_kubernetes_attributes"
        cluster.name = try arguments.text("name") ?? cluster.name
        cluster.scope = try arguments.text("environment_scope") ?? cluster.scope
        cluster.enabled = try arguments.flag("enabled") ?? cluster.enabled
        cluster.managed = try arguments.flag("managed") ?? cluster.managed
        cluster.namespacePerEnvironment =
            try arguments.flag("namespace_per_environment") ?? cluster.namespacePerEnvironment
        if arguments.has("domain") { cluster.domain = try arguments.text("domain") }
        cluster.apiURL = try arguments.text("\(platform)[api_url]") ?? cluster.apiURL
        cluster.token = try arguments.text("\(platform)[token]") ?? cluster.token
        if let certificate = try arguments.text("\(platform)[ca_cert]") {
            cluster.certificate = certificate.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        if let namespace = try arguments.text("\(platform)[namespace]") {
            cluster.namespace = namespace.isEmpty ? nil : namespace.lowercased()
        }
    }

    private func position(ofCluster call: GitLabCall, in holder: Holder) throws -> Int {
        let id = try call.number("cluster")
        guard let position = self[contents: holder].clusters.firstIndex(where: { $0.id == id }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }

    private func discoverClusters(_ call: GitLabCall) throws -> SandboxResponse {
        guard settings.certificateClusters else { throw GitLabFailure.notFound() }
        try call.arguments.require("group_id")
        let group = try find(.group, try call.arguments.text("group_id") ?? "", for: call.user)
        let around = [group.id] + descendants(of: group.id)
        let named = { (holder: Holder) in
            JSON.array(self[contents: holder].clusters.map { ["id": .int($0.id), "name": .string($0.name)] })
        }
        let holders =
            around.map(Holder.group) + projects.values.filter { around.contains($0.namespace) }.map { .project($0.id) }
        var found: [Holder.Kind: JSONObject] = [.group: JSONObject(), .project: JSONObject()]
        for holder in holders where !self[contents: holder].clusters.isEmpty {
            found[holder.kind]?[fullPath(holder)] = named(holder)
        }
        return .json(
            200,
            ["groups": .object(found[.group] ?? JSONObject()), "projects": .object(found[.project] ?? JSONObject())])
    }

    private func render(_ cluster: Cluster, _ holder: Holder, base: String) -> JSON {
        var json: JSON = [
            "id": .int(cluster.id), "name": .string(cluster.name),
            "created_at": .string(GitLabTime.text(cluster.createdAt)),
            "domain": cluster.domain.map(JSON.string) ?? .null, "enabled": .bool(cluster.enabled),
            "managed": .bool(cluster.managed), "provider_type": "user", "platform_type": "kubernetes",
            "environment_scope": .string(cluster.scope),
            "cluster_type": holder.kind == .group ? "group_type" : "project_type",
            "namespace_per_environment": .bool(cluster.namespacePerEnvironment),
            "user": users[cluster.createdBy].map { summary($0, base: base) } ?? .null,
            "platform_kubernetes": [
                "api_url": .string(cluster.apiURL), "namespace": cluster.namespace.map(JSON.string) ?? .null,
                "authorization_type": .string(cluster.authorization),
                "ca_cert": cluster.certificate.map(JSON.string) ?? .null,
            ], "management_project": .null,
        ]
        switch holder {
        case .group(let id):
            json["group"] = [
                "id": .int(id), "name": .string(groups[id]?.name ?? ""),
                "web_url": .string("\(base)/groups/\(fullPath(holder))"),
            ]
        case .project(let id): json["project"] = projects[id].map { simple($0, base: base) } ?? .null
        }
        return json
    }
}
