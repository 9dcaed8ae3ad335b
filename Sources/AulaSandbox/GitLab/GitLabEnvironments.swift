import AulaModel
import Foundation

/// Environments of a project; only a stopped one can be deleted.
extension GitLabInstance {
    struct Environment: Codable, Sendable {
        var id: Int
        var name: String
        var externalURL: String?
        var tier: String
        var state = "available"
        var description: String?
        var namespace: String?
        var fluxPath: String?
        var agent: Int?
        var autoStop = "always"
        var createdAt: Date
        var updatedAt: Date
    }

    static let environmentRoutes: [GitLabRoute] = [
        .under(.project, "GET", "environments", role: .reporter) { gitlab, call, holder in
            try gitlab.listEnvironments(call, in: holder)
        },
        .under(.project, "POST", "environments", role: .developer) { gitlab, call, holder in
            try gitlab.createEnvironment(call, in: holder)
        },
        .under(.project, "GET", "environments/:environment", role: .reporter) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            return .json(200, gitlab.render(project.environments[try place(call, in: project)], project, call))
        },
        .under(.project, "PUT", "environments/:environment", role: .developer) { gitlab, call, holder in
            var project = try gitlab.project(holder)
            let place = try place(call, in: project)
            try gitlab.apply(call.arguments, to: &project.environments[place], in: project)
            project.environments[place].updatedAt = call.now
            gitlab.projects[project.id] = project
            return .json(200, gitlab.render(project.environments[place], project, call))
        },
        .under(.project, "POST", "environments/stop_stale", role: .maintainer) { gitlab, call, holder in
            try call.arguments.require("before")
            return .json(200, ["message": "Successfully requested stop for all stale environments"])
        },
        .under(.project, "POST", "environments/:environment/stop", role: .developer) { gitlab, call, holder in
            var project = try gitlab.project(holder)
            let place = try place(call, in: project)
            project.environments[place].state = "stopped"
            project.environments[place].updatedAt = call.now
            gitlab.projects[project.id] = project
            return .json(200, gitlab.render(project.environments[place], project, call))
        },
        .under(.project, "DELETE", "environments/:environment", role: .maintainer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let place = try place(call, in: project)
            guard project.environments[place].state == "stopped" else { throw GitLabFailure.forbidden() }
            gitlab.projects[project.id]?.environments.remove(at: place)
            return GitLabCall.noContent()
        },
    ]

    private func listEnvironments(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let project = try project(holder)
        let name = try call.arguments.text("name")
        let search = try call.arguments.text("search")
        guard name == nil || search == nil else { throw GitLabFailure.parameter("name, search are mutually exclusive") }
        if let search, search.count < 3 {
            throw GitLabFailure.badRequest("Search query is less than 3 characters")
        }
        let state = try call.arguments.choice("states", of: ["available", "stopping", "stopped"])
        let found = project.environments.filter { environment in
            (name == nil || environment.name == name) && (search == nil || environment.name.contains(search ?? ""))
                && (state == nil || environment.state == state)
        }
        return try call.page(found) { render($0, project, call) }
    }

    private mutating func createEnvironment(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("name")
        var project = try project(holder)
        let name = try arguments.text("name") ?? ""
        var problems: [(field: String, text: String)] = []
        if project.environments.contains(where: { $0.name == name }) {
            problems.append(("name", "has already been taken"))
        }
        if name.wholeMatch(of: /[a-zA-Z0-9_\/${}. \-]{1,255}/) == nil || name.hasPrefix("/") || name.hasSuffix("/") {
            problems.append(
                (
                    "name",
                    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot "
                        + "start or end with '/'"
                ))
        }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
        var environment = Environment(
            id: 0, name: name, tier: Self.tier(of: name), createdAt: call.now, updatedAt: call.now)
        try apply(arguments, to: &environment, in: project)
        environment.id = nextID("environment")
        project.environments.append(environment)
        projects[project.id] = project
        return .json(201, render(environment, project, call))
    }

    private func apply(_ arguments: GitLabArguments, to environment: inout Environment, in project: Project) throws {
        if let url = try arguments.text("external_url"), !url.isEmpty {
            guard let parsed = URL(string: url), ["http", "https"].contains(parsed.scheme), parsed.host() != nil else {
                throw GitLabFailure.validation("external_url", "is blocked: Only allowed schemes are http, https")
            }
            environment.externalURL = url
        }
        environment.tier =
            try arguments.choice("tier", of: ["production", "staging", "testing", "development", "other"])
            ?? environment.tier
        if arguments.has("description") { environment.description = try arguments.text("description") }
        if arguments.has("kubernetes_namespace") { environment.namespace = try arguments.text("kubernetes_namespace") }
        if arguments.has("flux_resource_path") { environment.fluxPath = try arguments.text("flux_resource_path") }
        environment.autoStop =
            try arguments.choice("auto_stop_setting", of: ["always", "with_action"]) ?? environment.autoStop
        guard arguments.has("cluster_agent_id") else { return }
        environment.agent = try arguments.integer("cluster_agent_id")
        guard let agent = environment.agent else { return }
        guard projects.values.contains(where: { $0.agents.contains { $0.id == agent } }) else {
            throw GitLabFailure.badRequest(
                "cluster agent doesn't exist or cannot be associated with this environment")
        }
    }

    private static func place(_ call: GitLabCall, in project: Project) throws -> Int {
        let id = try call.number("environment")
        guard let place = project.environments.firstIndex(where: { $0.id == id }) else {
            throw GitLabFailure.notFound("Environment")
        }
        return place
    }

    /// The tier that GitLab guesses from a name.
    private static func tier(of name: String) -> String {
        let name = name.lowercased()
        if name.contains("prod") || name.contains("live") { return "production" }
        if name.contains("stag") || name.contains("model") || name.contains("pre") || name.contains("demo") {
            return "staging"
        }
        if name.contains("test") || name.contains("qa") || name.contains("qc") { return "testing" }
        return name.contains("dev") || name.contains("review") || name.contains("trunk") ? "development" : "other"
    }

    /// A name that a host name can hold; at most 24 characters, with a suffix where something was lost.
    private static func slug(of environment: Environment) -> String {
        let lower = environment.name.lowercased()
        var slug = String(lower.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        if slug.first?.isLetter != true { slug = "env-" + slug }
        guard slug.count > 24 || slug != environment.name else { return slug }
        let suffix = String(environment.id, radix: 36)
        let room = 24 - suffix.count - 1
        return slug.prefix(room) + (slug.prefix(room).hasSuffix("-") ? "" : "-") + suffix
    }

    private func render(_ environment: Environment, _ project: Project, _ call: GitLabCall) -> JSON {
        let agent = environment.agent.flatMap { id in
            projects.values.lazy.flatMap(\.agents).first { $0.id == id }
        }
        return [
            "id": .int(environment.id), "name": .string(environment.name),
            "slug": .string(Self.slug(of: environment)),
            "external_url": environment.externalURL.map(JSON.string) ?? .null,
            "description": environment.description.map(JSON.string) ?? .null,
            "created_at": .string(GitLabTime.text(environment.createdAt)),
            "updated_at": .string(GitLabTime.text(environment.updatedAt)), "state": .string(environment.state),
            "tier": .string(environment.tier), "auto_stop_at": .null,
            "auto_stop_setting": .string(environment.autoStop), "last_deployment": .null,
            "kubernetes_namespace": environment.namespace.map(JSON.string) ?? .null,
            "flux_resource_path": environment.fluxPath.map(JSON.string) ?? .null,
            "cluster_agent": agent.map { ["id": .int($0.id), "name": .string($0.name)] } ?? .null,
            "project": simple(project, base: call.base),
        ]
    }
}
