import AulaModel
import Foundation

/// All records of the sandbox's GitLab and the rules between them: a value, without clock or socket.
///
/// Each concern is an extension in a file of its own, with its routes at the top.
package struct GitLabInstance: Sendable {
    var settings = GitLabSettings()
    var users: [Int: User] = [:]
    var groups: [Int: Group] = [:]
    var projects: [Int: Project] = [:]
    /// Access tokens that were made over the API; those of the settings are not among them.
    var issuedTokens: [String: IssuedToken] = [:]
    /// Feature flags that were set over the API.
    var features: [String: Bool] = [:]
    /// Lower-case full paths that projects had before, to the projects.
    var redirects: [String: Int] = [:]
    private var sequences: [String: Int] = [:]
    /// Lower-case full path to what is there; derived, so not part of the snapshot.
    private(set) var index: [String: Holder] = [:]
    /// What is marked for deletion, so that nobody searches all for it; derived like the index.
    private(set) var marked: Set<Holder> = []
    /// The projects whose jobs wait for a runner; derived like the index.
    var waitingProjects: Set<Int> = []
    /// How many requests each user sent in the present window; not part of the snapshot.
    var traffic = GitLabTraffic()

    init(settings: GitLabSettings, now: Date) {
        self.settings = settings
        seed(now: now)
    }

    /// The next number of a kind; groups and personal namespaces count together, as in GitLab.
    mutating func nextID(_ kind: String) -> Int {
        sequences[kind, default: 0] += 1
        return sequences[kind, default: 0]
    }

    /// The route of a request and the request with its parameters, once its sender is known and has not sent too many.
    ///
    /// - Throws: `GitLabFailure` for a request that goes nowhere.
    mutating func open(_ request: SandboxRequest, now: Date) throws -> (GitLabRoute, GitLabCall) {
        var segments = request.segments
        guard segments.starts(with: ["api", "v4"]) else { throw Self.unknownRoute(request) }
        segments.removeFirst(2)
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, parameters) = GitLabRoute.find(method, segments) else { throw Self.unknownRoute(request) }
        let user = try sudo(request, as: authenticate(request, now: now))
        try traffic.count(user, limit: settings.throttle, now: now)
        let call = GitLabCall(
            request: request, parameters: parameters, arguments: try GitLabArguments(request), user: user, now: now,
            scheme: settings.scheme)
        return (route, call)
    }

    private static func unknownRoute(_ request: SandboxRequest) -> GitLabFailure {
        .message(501, "501 Not Implemented - the sandbox's GitLab has no \(request.method) \(request.path)")
    }

    /// Somebody else whom an administrator acts for.
    private func sudo(_ request: SandboxRequest, as user: User) throws -> User {
        guard let name = request.headers["sudo"] ?? request.parameter("sudo") else { return user }
        guard user.isAdmin else { throw GitLabFailure.forbidden("Must be admin to use sudo") }
        guard let other = users.values.first(where: { $0.username == name || String($0.id) == name }) else {
            throw GitLabFailure.message(404, "404 User with ID or username '\(name)' Not Found")
        }
        return other
    }

    // MARK: Paths

    mutating func rebuildIndex() {
        index = [:]
        for id in groups.keys { addToIndex(.group(id)) }
        for id in projects.keys { addToIndex(.project(id)) }
        waitingProjects = Set(projects.values.filter { $0.contents.things["jobs"]?.isEmpty == false }.map(\.id))
        marked = Set(index.values.filter { mark(of: $0) != nil })
    }

    mutating func addToIndex(_ holder: Holder) {
        index[fullPath(holder).lowercased()] = holder
    }
}

extension GitLabInstance: Codable {
    private enum CodingKeys: CodingKey {
        case users, groups, projects, issuedTokens, features, redirects, sequences
    }
}
