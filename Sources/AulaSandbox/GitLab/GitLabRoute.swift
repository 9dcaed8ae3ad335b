import AulaModel

/// One route of the API below `/api/v4`, and what answers it.
struct GitLabRoute: Sendable {
    typealias Answer = @Sendable (inout GitLabInstance, GitLabCall) throws -> SandboxResponse
    typealias HolderAnswer =
        @Sendable (inout GitLabInstance, GitLabCall, GitLabInstance.Holder) throws -> SandboxResponse

    /// The answer of a route that needs git.
    typealias GitAnswer = @Sendable (isolated GitLabMachine, GitLabCall) async throws -> SandboxResponse
    typealias ProjectAnswer =
        @Sendable (isolated GitLabMachine, GitLabCall, GitLabInstance.Project) async throws -> SandboxResponse

    enum Work: Sendable {
        case pure(Answer)
        case git(GitAnswer)
    }

    let method: String
    let pattern: PathPattern
    let work: Work

    init(_ method: String, _ path: String, answer: @escaping Answer) {
        self.method = method
        pattern = PathPattern(path)
        work = .pure(answer)
    }

    init(_ method: String, _ path: String, git answer: @escaping GitAnswer) {
        self.method = method
        pattern = PathPattern(path)
        work = .git(answer)
    }

    /// A route below one project that needs git, with the same checks as `under`.
    static func git(
        _ method: String, _ path: String, role: GitLabAccess, readOnlyAllowed: Bool = false,
        answer: @escaping ProjectAnswer
    ) -> GitLabRoute {
        GitLabRoute(method, "projects/:id" + (path.isEmpty ? "" : "/\(path)")) { machine, call in
            let holder = try machine.instance.find(.project, call)
            try machine.instance.require(role, on: holder, for: call.user)
            if method != "GET", !readOnlyAllowed { try machine.instance.requireWritable(holder) }
            return try await answer(machine, call, try machine.instance.project(holder))
        }
    }

    /// A route that reads a project's code: open to all where the project is, else from Reporter on.
    static func code(_ method: String, _ path: String, answer: @escaping ProjectAnswer) -> GitLabRoute {
        git(method, path, role: .none) { machine, call, project in
            try machine.instance.requireCode(.project(project.id), for: call.user)
            return try await answer(machine, call, project)
        }
    }

    /// A route below one group or project: found, visible, allowed for the role, and not archived where it writes.
    ///
    /// `readOnlyAllowed` lets a write through to an archived group or project.
    static func under(
        _ kind: GitLabInstance.Holder.Kind, _ method: String, _ path: String, role: GitLabAccess,
        readOnlyAllowed: Bool = false, answer: @escaping HolderAnswer
    ) -> GitLabRoute {
        GitLabRoute(method, "\(kind.rawValue)/:id" + (path.isEmpty ? "" : "/\(path)")) { gitlab, call in
            let holder = try gitlab.find(kind, call)
            try gitlab.require(role, on: holder, for: call.user)
            if method != "GET", !readOnlyAllowed { try gitlab.requireWritable(holder) }
            return try answer(&gitlab, call, holder)
        }
    }

    /// The same route below projects and below groups.
    static func underBoth(
        _ method: String, _ path: String, project: GitLabAccess, group: GitLabAccess, answer: @escaping HolderAnswer
    ) -> [GitLabRoute] {
        [
            under(.project, method, path, role: project, answer: answer),
            under(.group, method, path, role: group, answer: answer),
        ]
    }

    // MARK: The table

    private struct Key: Hashable, Sendable {
        var method: String
        var count: Int
    }

    private static let all: [GitLabRoute] = [
        GitLabInstance.instanceRoutes, GitLabInstance.userRoutes, GitLabInstance.groupRoutes,
        GitLabInstance.projectRoutes, GitLabInstance.archiveRoutes, GitLabInstance.deletionRoutes,
        GitLabInstance.memberRoutes, GitLabInstance.invitationRoutes, GitLabInstance.clusterRoutes,
        GitLabInstance.runnerRoutes, GitLabInstance.jobTokenRoutes, GitLabInstance.registryRoutes,
        GitLabMachine.branchRoutes,
        GitLabMachine.commitRoutes, GitLabMachine.fileRoutes, GitLabMachine.forkRoutes, GitLabMachine.mergeRoutes,
        GitLabMachine.pipelineRoutes, GitLabKind.routes,
    ].flatMap(\.self)

    private static let table = Dictionary(grouping: all) { Key(method: $0.method, count: $0.pattern.count) }

    /// The first route of the table that matches.
    static func find(_ method: String, _ segments: [String]) -> (route: GitLabRoute, parameters: [String: String])? {
        for route in table[Key(method: method, count: segments.count)] ?? [] {
            if let parameters = route.pattern.match(segments) { return (route, parameters) }
        }
        return nil
    }
}
