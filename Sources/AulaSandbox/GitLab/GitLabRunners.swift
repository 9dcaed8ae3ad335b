import AulaModel

/// Runners: made for a group, a project or the instance, and told their token once.
extension GitLabInstance {
    static let runnerRoutes: [GitLabRoute] = [
        GitLabRoute("POST", "user/runners") { gitlab, call in try gitlab.createRunner(call) },
        GitLabRoute("GET", "runners") { gitlab, call in
            let found = gitlab.runners.filter { (try? gitlab.requireRunner($0.holder, call)) != nil }
            return try gitlab.list(found, call)
        },
        GitLabRoute("GET", "runners/all") { gitlab, call in
            try requireAdmin(call)
            return try gitlab.list(gitlab.runners, call)
        },
        GitLabRoute("GET", "runners/:id") { gitlab, call in
            let (holder, runner) = try gitlab.runner(call)
            return .json(200, gitlab.detail(runner, holder, call))
        },
        GitLabRoute("PUT", "runners/:id") { gitlab, call in
            var (holder, runner) = try gitlab.runner(call)
            try gitlab.apply(call.arguments, to: &runner)
            gitlab.store(runner, "runners", of: holder)
            return .json(200, gitlab.detail(runner, holder, call))
        },
        GitLabRoute("DELETE", "runners/:id") { gitlab, call in
            let (holder, runner) = try gitlab.runner(call)
            gitlab.change("runners", of: holder) { $0.removeAll { $0.id == runner.id } }
            return GitLabCall.noContent()
        },
        GitLabRoute("POST", "runners/:id/reset_authentication_token") { gitlab, call in
            var (holder, runner) = try gitlab.runner(call)
            runner["token"] = .string(GitLabSecret.make(prefix: "glrt-"))
            gitlab.store(runner, "runners", of: holder)
            return .json(201, ["token": runner["token"], "token_expires_at": .null])
        },
        .under(.project, "GET", "runners", role: .maintainer) { gitlab, call, holder in
            try gitlab.list(
                gitlab.runners.filter { ([holder] + gitlab.ancestors(of: holder)).contains($0.holder) }, call)
        },
        .under(.group, "GET", "runners", role: .maintainer) { gitlab, call, holder in
            let inside = gitlab.descendants(of: holder.id).map(Holder.group)
            return try gitlab.list(
                gitlab.runners.filter { ([holder] + gitlab.ancestors(of: holder) + inside).contains($0.holder) }, call)
        },
    ]

    private var runners: [(holder: Holder, runner: GitLabThing)] {
        let holders = groups.keys.map(Holder.group) + projects.keys.map(Holder.project)
        return holders.flatMap { holder in things("runners", of: holder).map { (holder, $0) } }
            .sorted { $0.runner.id < $1.runner.id }
    }

    private func requireRunner(_ holder: Holder, _ call: GitLabCall) throws {
        try require(holder.kind == .group ? .owner : .maintainer, on: holder, for: call.user)
    }

    private func runner(_ call: GitLabCall) throws -> (holder: Holder, runner: GitLabThing) {
        let id = try call.number("id")
        guard let found = runners.first(where: { $0.runner.id == id }) else { throw GitLabFailure.notFound("Runner") }
        guard (try? requireRunner(found.holder, call)) != nil else {
            throw GitLabFailure.forbidden("No access granted")
        }
        return found
    }

    private static let fields: [GitLabField] = [
        .optional("description"), .optional("paused", .flag, false), .optional("locked", .flag, false),
        .optional("run_untagged", .flag, true), .optional("tag_list", .list, []),
        .optional("access_level", .choice(["not_protected", "ref_protected"]), "not_protected"),
        .optional("maximum_timeout", .number), .optional("maintenance_note"),
    ]

    private func apply(_ arguments: GitLabArguments, to runner: inout GitLabThing) throws {
        for field in Self.fields { if let value = try field.read(arguments) { runner[field.name] = value } }
        var problems: GitLabProblems = []
        if !runner.flag("run_untagged"), runner["tag_list"] == [] {
            problems.append(("tags_list", "can not be empty when runner is not allowed to pick untagged jobs"))
        }
        if let timeout = runner["maximum_timeout"].int, timeout < 600 {
            problems.append(("maximum_timeout", "needs to be at least 10 minutes"))
        }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
    }

    private mutating func createRunner(_ call: GitLabCall) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("runner_type")
        let type = try arguments.choice("runner_type", of: ["instance_type", "group_type", "project_type"])
        guard type != "instance_type" else {
            try Self.requireAdmin(call)
            throw GitLabFailure.message(
                501, "501 Not Implemented - the sandbox's GitLab has no runners of the instance")
        }
        let name = type == "group_type" ? "group_id" : "project_id"
        guard let id = try arguments.integer(name) else { throw GitLabFailure.parameter("\(name) is missing") }
        let holder = try find(type == "group_type" ? .group : .project, String(id), for: call.user)
        try requireRunner(holder, call)
        var runner = GitLabThing(author: call.user.id, createdAt: call.now, updatedAt: call.now)
        for field in Self.fields { runner[field.name] = field.fallback }
        try apply(arguments, to: &runner)
        runner["token"] = .string(GitLabSecret.make(prefix: "glrt-"))
        runner = add(runner, "runners", to: holder)
        return .json(201, ["id": .int(runner.id), "token": runner["token"], "token_expires_at": .null])
    }

    private func list(_ found: [(holder: Holder, runner: GitLabThing)], _ call: GitLabCall) throws -> SandboxResponse {
        var found = found
        if let type = try call.arguments.choice("type", of: ["instance_type", "group_type", "project_type"]) {
            found.removeAll { "\($0.holder.kind == .group ? "group" : "project")_type" != type }
        }
        if let paused = try call.arguments.flag("paused") { found.removeAll { $0.runner.flag("paused") != paused } }
        if let tags = try call.arguments.list("tag_list") {
            found.removeAll { runner in
                !tags.allSatisfy { runner.runner["tag_list"].array?.contains(.string($0)) == true }
            }
        }
        return try call.page(found) { brief($0.runner, $0.holder) }
    }

    private func brief(_ runner: GitLabThing, _ holder: Holder) -> JSON {
        var json: JSON = [
            "id": .int(runner.id), "active": .bool(!runner.flag("paused")), "paused": runner["paused"],
            "description": runner["description"], "ip_address": .null, "is_shared": false, "name": .null,
            "online": .null, "status": "never_contacted", "job_execution_status": "idle",
            "runner_type": .string("\(holder.kind == .group ? "group" : "project")_type"),
            "created_at": .string(GitLabTime.text(runner.createdAt)),
        ]
        json["created_by"] =
            users[runner.author].map { ["id": .int($0.id), "username": .string($0.username)] } ?? .null
        return json
    }

    private func detail(_ runner: GitLabThing, _ holder: Holder, _ call: GitLabCall) -> JSON {
        var json = brief(runner, holder)
        for field in Self.fields { json[field.name] = runner[field.name] }
        for name in ["architecture", "platform", "revision", "version", "contacted_at"] { json[name] = .null }
        let project = projects[holder.id].flatMap { holder.kind == .project ? identity($0) : nil }
        json["projects"] = .array(project.map { [$0] } ?? [])
        let group = groups[holder.id].flatMap { holder.kind == .group ? $0 : nil }
        json["groups"] = .array(
            group.map {
                [
                    [
                        "id": .int($0.id), "name": .string($0.name),
                        "web_url": .string("\(call.base)/groups/\(fullPath(holder))"),
                    ]
                ]
            } ?? [])
        return json
    }
}
