import AulaModel
import Foundation

/// Agents for Kubernetes of a project, and their tokens, of which two can be active.
extension GitLabInstance {
    struct Agent: Codable, Sendable {
        struct Token: Codable, Sendable {
            var id: Int
            var name: String
            var description: String?
            var createdAt: Date
            var createdBy: Int
            var revoked = false

            func render(agent: Int) -> JSON {
                [
                    "id": .int(id), "name": .string(name), "description": description.map(JSON.string) ?? .null,
                    "agent_id": .int(agent), "status": revoked ? "revoked" : "active",
                    "created_at": .string(GitLabTime.text(createdAt)), "created_by_user_id": .int(createdBy),
                ]
            }
        }

        var id: Int
        var name: String
        var createdAt: Date
        var createdBy: Int
        var tokens: [Token] = []
    }

    static let agentRoutes: [GitLabRoute] = [
        .under(.project, "GET", "cluster_agents", role: .none) { gitlab, call, holder in
            guard gitlab.access(of: call.user, on: holder) >= .developer else {
                throw GitLabFailure.notFound("ClusterAgents")
            }
            let project = try gitlab.project(holder)
            return try call.page(project.agents) { gitlab.render($0, project, base: call.base) }
        },
        .under(.project, "GET", "cluster_agents/:agent", role: .developer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            return .json(200, gitlab.render(project.agents[try position(call, in: project)], project, base: call.base))
        },
        .under(.project, "POST", "cluster_agents", role: .maintainer) { gitlab, call, holder in
            try gitlab.createAgent(call, in: holder)
        },
        .under(.project, "DELETE", "cluster_agents/:agent", role: .maintainer) { gitlab, call, holder in
            let position = try position(call, in: try gitlab.project(holder))
            gitlab.projects[holder.id]?.agents.remove(at: position)
            return GitLabCall.noContent()
        },
        .under(.project, "GET", "cluster_agents/:agent/tokens", role: .developer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let agent = project.agents[try position(call, in: project)]
            return try call.page(agent.tokens.filter { !$0.revoked }) { $0.render(agent: agent.id) }
        },
        .under(.project, "GET", "cluster_agents/:agent/tokens/:token", role: .developer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let agent = project.agents[try position(call, in: project)]
            var json = agent.tokens[try position(ofToken: call, in: agent)].render(agent: agent.id)
            json["last_used_at"] = .null
            return .json(200, json)
        },
        .under(.project, "POST", "cluster_agents/:agent/tokens", role: .maintainer) { gitlab, call, holder in
            try gitlab.createAgentToken(call, in: holder)
        },
        .under(.project, "DELETE", "cluster_agents/:agent/tokens/:token", role: .maintainer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let agent = try position(call, in: project)
            let token = try position(ofToken: call, in: project.agents[agent])
            gitlab.projects[holder.id]?.agents[agent].tokens[token].revoked = true
            return GitLabCall.noContent()
        },
    ]

    private mutating func createAgent(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("name")
        let name = try call.arguments.text("name") ?? ""
        guard name.count <= 63, name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil else {
            throw GitLabFailure.badRequest(
                "[\"Name can contain only lowercase letters, digits, and '-', but cannot start or end with '-'\"]")
        }
        var project = try project(holder)
        guard !project.agents.contains(where: { $0.name == name }) else {
            throw GitLabFailure.badRequest("[\"Name has already been taken\"]")
        }
        let agent = Agent(id: nextID("agent"), name: name, createdAt: call.now, createdBy: call.user.id)
        project.agents.append(agent)
        projects[project.id] = project
        return .json(201, render(agent, project, base: call.base))
    }

    private mutating func createAgentToken(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("name")
        let project = try project(holder)
        let position = try Self.position(call, in: project)
        let agent = project.agents[position]
        guard agent.tokens.filter({ !$0.revoked }).count < 2 else {
            throw GitLabFailure.badRequest("An agent can have only two active tokens at a time")
        }
        let name = try call.arguments.text("name") ?? ""
        guard (1...255).contains(name.count) else {
            throw GitLabFailure.badRequest("[\"Name is too long (maximum is 255 characters)\"]")
        }
        let token = Agent.Token(
            id: nextID("agent_token"), name: name, description: try call.arguments.text("description"),
            createdAt: call.now, createdBy: call.user.id)
        projects[project.id]?.agents[position].tokens.append(token)
        var json = token.render(agent: agent.id)
        json["last_used_at"] = .null
        json["token"] = .string(GitLabSecret.make(prefix: "glagent-", length: 50))
        return .json(201, json)
    }

    private static func position(_ call: GitLabCall, in project: Project) throws -> Int {
        let id = try call.number("agent")
        guard let position = project.agents.firstIndex(where: { $0.id == id }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }

    private static func position(ofToken call: GitLabCall, in agent: Agent) throws -> Int {
        let id = try call.number("token")
        guard let position = agent.tokens.firstIndex(where: { $0.id == id && !$0.revoked }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }

    private func render(_ agent: Agent, _ project: Project, base: String) -> JSON {
        [
            "id": .int(agent.id), "name": .string(agent.name), "config_project": simple(project, base: base),
            "created_at": .string(GitLabTime.text(agent.createdAt)), "created_by_user_id": .int(agent.createdBy),
            "is_receptive": false,
        ]
    }
}
