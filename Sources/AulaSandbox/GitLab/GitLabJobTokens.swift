import AulaModel

/// Which projects' and groups' jobs may reach into a project with their job token.
extension GitLabInstance {
    static let jobTokenRoutes: [GitLabRoute] =
        [
            .under(.project, "GET", "job_token_scope", role: .maintainer) { gitlab, _, holder in
                let enabled = gitlab.projects[holder.id]?.options["job_token_inbound"]?.bool ?? true
                return .json(200, ["inbound_enabled": .bool(enabled), "outbound_enabled": false])
            },
            .under(.project, "PATCH", "job_token_scope", role: .maintainer) { gitlab, call, holder in
                try call.arguments.require("enabled")
                gitlab.projects[holder.id]?.options["job_token_inbound"] = .bool(
                    try call.arguments.flag("enabled") ?? true)
                return GitLabCall.noContent()
            },
        ] + list("allowlist", .project, "target_project_id") + list("groups_allowlist", .group, "target_group_id")

    private static func list(_ word: String, _ kind: Holder.Kind, _ parameter: String) -> [GitLabRoute] {
        let path = "job_token_scope/\(word)"
        return [
            .under(.project, "GET", path, role: .maintainer) { gitlab, call, holder in
                // A project is always on its own list.
                let own = kind == .project ? [holder.id] : []
                let ids = own + gitlab.things(path, of: holder).map(\.id)
                return try call.page(ids) { id in
                    kind == .project
                        ? gitlab.projects[id].map { gitlab.simple($0, base: call.base) } ?? .null
                        : gitlab.groups[id].map {
                            [
                                "id": .int(id), "name": .string($0.name),
                                "web_url": .string("\(call.base)/groups/\(gitlab.fullPath(.group(id)))"),
                            ]
                        } ?? .null
                }
            },
            .under(.project, "POST", path, role: .maintainer) { gitlab, call, holder in
                try call.arguments.require(parameter)
                let id = try call.arguments.integer(parameter) ?? 0
                guard let target = try? gitlab.find(kind, String(id), for: call.user) else {
                    throw GitLabFailure.notFound("\(parameter) not found")
                }
                guard target != holder, !gitlab.things(path, of: holder).contains(where: { $0.id == id }) else {
                    throw GitLabFailure.badRequest(
                        "This \(kind == .project ? "project" : "group") is already in the job token allowlist.")
                }
                let entry = GitLabThing(id: id, author: call.user.id, createdAt: call.now, updatedAt: call.now)
                _ = gitlab.add(entry, path, to: holder)
                return .json(201, ["source_project_id": .int(holder.id), parameter: .int(id)])
            },
            .under(.project, "DELETE", "\(path)/:target", role: .maintainer) { gitlab, call, holder in
                let id = try call.number("target")
                guard gitlab.things(path, of: holder).contains(where: { $0.id == id }) else {
                    throw GitLabFailure.notFound()
                }
                gitlab.change(path, of: holder) { $0.removeAll { $0.id == id } }
                return GitLabCall.noContent()
            },
        ]
    }
}
