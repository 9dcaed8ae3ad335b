import AulaModel
package import Foundation

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
    private var sequences: [String: Int] = [:]
    /// Lower-case full path to what is there; derived, so not part of the snapshot.
    private(set) var index: [String: Holder] = [:]
    /// What is marked for deletion, so that nobody searches all for it; derived like the index.
    private(set) var marked: Set<Holder> = []
    /// How many requests each user sent in the present window; not part of the snapshot.
    var traffic = GitLabTraffic()

    package init(settings: GitLabSettings, now: Date) {
        self.settings = settings
        seed(now: now)
    }

    /// The next number of a kind; groups and personal namespaces count together, as in GitLab.
    mutating func nextID(_ kind: String) -> Int {
        sequences[kind, default: 0] += 1
        return sequences[kind, default: 0]
    }

    package mutating func respond(to request: SandboxRequest, now: Date) -> SandboxResponse {
        var segments = request.segments
        guard segments.starts(with: ["api", "v4"]) else { return Self.unknownRoute(request) }
        segments.removeFirst(2)
        let isHead = request.method == "HEAD"
        guard let (route, parameters) = GitLabRoute.find(isHead ? "GET" : request.method, segments) else {
            return Self.unknownRoute(request)
        }
        var response: SandboxResponse
        do {
            let user = try authenticate(request, now: now)
            let call = GitLabCall(
                request: request, parameters: parameters, arguments: try GitLabArguments(request), user: user,
                now: now, scheme: settings.scheme)
            try traffic.count(user, limit: settings.throttle, now: now)
            response = try route.answer(&self, call)
            response.headers += traffic.headers(user, limit: settings.throttle, now: now)
        } catch let failure as GitLabFailure {
            response = failure.response
        } catch {
            response = GitLabFailure.message(500, "500 Internal Server Error").response
        }
        if isHead { response.body = .bytes(Data()) }
        return response
    }

    static func unknownRoute(_ request: SandboxRequest) -> SandboxResponse {
        GitLabFailure.message(
            501, "501 Not Implemented - the sandbox's GitLab has no \(request.method) \(request.path)"
        )
        .response
    }

    // MARK: Paths

    mutating func rebuildIndex() {
        index = [:]
        for id in groups.keys { addToIndex(.group(id)) }
        for id in projects.keys { addToIndex(.project(id)) }
        marked = Set(index.values.filter { mark(of: $0) != nil })
    }

    mutating func addToIndex(_ holder: Holder) {
        index[fullPath(holder).lowercased()] = holder
    }
}

extension GitLabInstance: Codable {
    private enum CodingKeys: CodingKey {
        case users, groups, projects, issuedTokens, features, sequences
    }
}
