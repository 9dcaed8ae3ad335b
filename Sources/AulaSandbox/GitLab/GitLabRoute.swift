import AulaModel

/// One route of the API below `/api/v4`, and what answers it.
struct GitLabRoute: Sendable {
    typealias Answer = @Sendable (inout GitLabInstance, GitLabCall) throws -> SandboxResponse
    typealias HolderAnswer =
        @Sendable (inout GitLabInstance, GitLabCall, GitLabInstance.Holder) throws -> SandboxResponse

    let method: String
    let pattern: PathPattern
    let answer: Answer

    init(_ method: String, _ path: String, answer: @escaping Answer) {
        self.method = method
        pattern = PathPattern(path)
        self.answer = answer
    }

    /// A route below one group or project: found, visible, allowed for the role, and not archived where it writes.
    ///
    /// `readOnlyAllowed` lets a write through to an archived group or project.
    static func under(
        _ kind: GitLabInstance.Holder.Kind, _ method: String, _ path: String, role: GitLabAccess,
        readOnlyAllowed: Bool = false, answer: @escaping HolderAnswer
    ) -> GitLabRoute {
        GitLabRoute(method, "\(kind.rawValue)/:id" + (path.isEmpty ? "" : "/\(path)")) { gitlab, call in
            let holder = try gitlab.find(kind, call.parameter("id"), for: call.user)
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

    private static let all: [GitLabRoute] =
        GitLabInstance.instanceRoutes + GitLabInstance.userRoutes + GitLabInstance.groupRoutes
        + GitLabInstance.projectRoutes + GitLabInstance.archiveRoutes + GitLabInstance.deletionRoutes
        + GitLabInstance.memberRoutes + GitLabInstance.invitationRoutes + GitLabInstance.clusterRoutes
        + GitLabInstance.repositoryRoutes + GitLabInstance.fileRoutes + GitLabKind.routes

    private static let table = Dictionary(grouping: all) { Key(method: $0.method, count: $0.pattern.count) }

    /// The first route of the table that matches.
    static func find(_ method: String, _ segments: [String]) -> (route: GitLabRoute, parameters: [String: String])? {
        for route in table[Key(method: method, count: segments.count)] ?? [] {
            if let parameters = route.pattern.match(segments) { return (route, parameters) }
        }
        return nil
    }
}
