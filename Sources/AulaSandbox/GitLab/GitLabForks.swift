import AulaModel

/// Forks: a copy of a project's repository, and of its description.
extension GitLabMachine {
    static let forkRoutes: [GitLabRoute] = [
        .git("POST", "fork", role: .none, readOnlyAllowed: true) { try await $0.fork($1, $2) },
        .under(.project, "GET", "forks", role: .none) { gitlab, call, holder in
            try gitlab.listProjects(gitlab.projects.values.filter { $0.forkedFrom == holder.id }, call)
        },
        .under(.project, "DELETE", "fork", role: .owner) { gitlab, call, holder in
            guard gitlab.projects[holder.id]?.forkedFrom != nil else { return SandboxResponse(status: 304) }
            gitlab.projects[holder.id]?.forkedFrom = nil
            return GitLabCall.noContent()
        },
    ]

    private func fork(_ call: GitLabCall, _ source: Project) async throws -> SandboxResponse {
        try instance.requireCode(.project(source.id), for: call.user)
        let fork = try instance.addFork(of: source, call)
        if !source.heads.isEmpty {
            let refs = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]
            _ = try await output(fork.id, ["fetch", "--quiet", Self.repository(of: source.id)] + refs)
            instance.protect(source.defaultBranch, of: .project(fork.id), author: call.user.id, now: call.now)
            instance.projects[fork.id]?.heads = source.heads
            instance.projects[fork.id]?.tags = source.tags
        }
        return .json(201, try instance.answer(.project(fork.id), call))
    }
}

extension GitLabInstance {
    fileprivate mutating func addFork(of source: Project, _ call: GitLabCall) throws -> Project {
        let arguments = call.arguments
        let wanted =
            try arguments.text("namespace_id") ?? arguments.text("namespace_path") ?? arguments.text("namespace")
        var namespace = call.user.namespace
        if let wanted, wanted != String(namespace), wanted != call.user.username {
            guard let group = try? find(.group, wanted, for: call.user), access(of: call.user, on: group) >= .developer
            else { throw GitLabFailure.notFound("Target Namespace") }
            try requireWritable(group)
            namespace = group.id
        }
        let path = try arguments.text("path") ?? source.path
        var fork = Project(
            id: 0, name: try arguments.text("name") ?? (arguments.has("path") ? path : source.name), path: path,
            namespace: namespace, creator: call.user.id, description: source.description, visibility: source.visibility,
            defaultBranch: source.defaultBranch, createdAt: call.now, updatedAt: call.now)
        if let group = groups[namespace], Self.openness(group.visibility) < Self.openness(fork.visibility) {
            fork.visibility = group.visibility
        }
        fork.visibility = try arguments.choice("visibility", of: ["private", "internal", "public"]) ?? fork.visibility
        if arguments.has("description") { fork.description = try arguments.text("description") }
        do {
            try validate(fork)
        } catch let failure as GitLabFailure {
            throw GitLabFailure(status: 409, body: failure.body)
        }
        fork.forkedFrom = source.id
        fork.id = nextID("project")
        projects[fork.id] = fork
        addToIndex(.project(fork.id))
        return fork
    }
}
