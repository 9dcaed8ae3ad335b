import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A GitLab that holds one of each thing that the recorded calls name, and translates their numbers to its own.
struct GitLabStage {
    let client: GitLabClient
    /// The number of the one object of each kind, by the word before it in a path.
    private var numbers: [String: Int] = [:]
    private var parent = 0

    private static let certificate = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUZg==\n-----END CERTIFICATE-----"

    /// Deletions and restores need a mark, taking something away needs what is taken away.
    init(readyFor call: String) async throws {
        client = try GitLabClient()
        let root = await client.send("POST", "groups", ["name": "c", "path": "c"])
        parent = try #require(root.body["id"]?.int)
        let group = try await client.makeGroup("x", in: parent)
        let project = try await client.makeProject("p", in: group)
        let (inGroup, inProject) = ("groups/\(group)", "projects/\(project)")
        numbers = ["groups": group, "projects": project]
        let cluster: JSON = ["api_url": "https://k:6443", "token": "T", "ca_cert": .string(Self.certificate)]
        try await make(
            "clusters", "\(inProject)/clusters/user",
            ["name": "c", "environment_scope": "own", "platform_kubernetes_attributes": cluster])
        try await make("cluster_agents", "\(inProject)/cluster_agents", ["name": "own"])
        try await make(
            "tokens", "\(inProject)/cluster_agents/\(numbers["cluster_agents"] ?? 0)/tokens", ["name": "own"])
        let isGroupToken = call.hasPrefix("g.")
        try await make(
            "deploy_tokens", "\(isGroupToken ? inGroup : inProject)/deploy_tokens",
            ["name": "own", "scopes": ["read_registry"]])
        try await make("environments", "\(inProject)/environments", ["name": "own"])
        try await make(
            "pipeline_schedules", "\(inProject)/pipeline_schedules",
            ["description": "own", "ref": "main", "cron": "0 3 * * 1"])
        try await make(
            "access_tokens", "\(inGroup)/access_tokens", ["name": "own", "scopes": ["api"], "expires_at": "2027-01-31"])
        try await make(nil, "\(inProject)/variables", ["key": "K", "value": "v", "environment_scope": "staging"])
        try await prepare(call, inGroup, inProject)
    }

    private mutating func make(_ kind: String?, _ path: String, _ body: JSON) async throws {
        let answer = await client.send("POST", path, body)
        #expect(answer.status == 201, "\(path): \(answer.body.text)")
        if let kind { numbers[kind] = answer.body["id"]?.int }
    }

    private func prepare(_ call: String, _ group: String, _ project: String) async throws {
        switch call {
        case "g.members.get(9)", "g.members.update(9,{access_level,expires_at})", "g.members.delete(9)":
            await client.send("POST", "\(group)/members", ["user_id": 9, "access_level": 30])
        case "g.restore()", "g.delete(permanently_remove=True,full_path=...)", "g.delete(query_data={...})":
            await client.send("DELETE", group)
        case "p.restore()", "p.delete(query_data=...)":
            await client.send("DELETE", project)
        case "env.delete()":
            await client.send("POST", "\(project)/environments/\(numbers["environments"] ?? 0)/stop")
        case "p.files.get(path,ref)", "p.files.head(path,ref)":
            for path in [".gitlab-ci.yml", ".gitlab%2Fagents%2Fa%2Fconfig.yaml"] {
                await client.send(
                    "POST", "\(project)/repository/files/\(path)",
                    ["branch": "main", "content": "x", "commit_message": "m"])
            }
        case "sched.variables.delete('K')":
            let schedule = "\(project)/pipeline_schedules/\(numbers["pipeline_schedules"] ?? 0)"
            await client.send("POST", "\(schedule)/variables", ["key": "K", "value": "V"])
        default: break
        }
    }

    /// The recorded path with this stage's numbers, below `/api/v4`.
    func translate(path: String) -> String {
        let sides = path.replacing("/api/v4/", with: "").split(separator: "?", maxSplits: 1).map(String.init)
        var segments = sides[0].split(separator: "/").map(String.init)
        for position in segments.indices.dropFirst() where segments[position] == "7" {
            segments[position] = numbers[segments[position - 1]].map(String.init) ?? "7"
        }
        let kind = segments.first ?? ""
        let query = sides.dropFirst().first?.replacing("scheduled-7", with: "scheduled-\(numbers[kind] ?? 0)")
            .replacing("parent_id=3", with: "parent_id=\(parent)")
        return segments.joined(separator: "/") + (query.map { "?\($0)" } ?? "")
    }

    func translate(body: JSON) -> JSON {
        var body = body
        if body["parent_id"] != nil { body["parent_id"] = .int(parent) }
        if body["namespace_id"] != nil { body["namespace_id"] = .int(numbers["groups"] ?? 0) }
        if body["name"] == "P" { body = body.merging(["name": "P2", "path": "p2"]) }
        if body["cluster_agent_id"] != nil { body["cluster_agent_id"] = .int(numbers["cluster_agents"] ?? 0) }
        if body[["platform_kubernetes_attributes", "ca_cert"]] != nil {
            body[["platform_kubernetes_attributes", "ca_cert"]] = .string(Self.certificate)
        }
        return body
    }
}

extension JSON {
    /// An object with some members replaced.
    fileprivate func merging(_ members: JSON) -> JSON {
        var merged = self
        for member in members.object?.members ?? [] { merged[member.key] = member.value }
        return merged
    }
}
