import AulaModel
import Foundation

extension GitLabInstance {
    struct User: Codable, Sendable {
        var id: Int
        var username: String
        var name: String
        /// The number of the personal namespace.
        var namespace: Int
        var isAdmin = false
        /// Whether it stands behind a group's or project's access token.
        var isBot = false
        var createdAt: Date
    }

    /// Who a token of the API speaks for.
    struct IssuedToken: Codable, Sendable {
        var user: Int
        var scopes: [String]
        /// The day it ends, `YYYY-MM-DD`.
        var expires: String
    }

    static let userRoutes: [GitLabRoute] = [
        GitLabRoute("GET", "user") { gitlab, call in .json(200, gitlab.detail(call.user, base: call.base)) },
        GitLabRoute("GET", "users") { gitlab, call in try gitlab.listUsers(call) },
        GitLabRoute("GET", "users/:id") { gitlab, call in
            guard let user = gitlab.users[try call.number("id")] else { throw GitLabFailure.notFound("User") }
            return .json(200, gitlab.summary(user, base: call.base))
        },
        GitLabRoute("GET", "personal_access_tokens/self") { gitlab, call in .json(200, gitlab.ownToken(call)) },
    ]

    /// The first users: an administrator, a teacher who owns the settings' groups, and students.
    mutating func seed(now: Date) {
        addUser("root", name: "Administrator", isAdmin: true, now: now)
        let teacher = addUser("teacher", name: "Teacher", now: now)
        let students = [
            "ana": "Ana Alonso", "bruno": "Bruno Benítez", "carla": "Carla Castro", "diego": "Diego Díaz",
            "elena": "Elena Esquivel", "franco": "Franco Ferreyra", "gina": "Gina Gómez", "hugo": "Hugo Herrera",
        ]
        for (username, name) in students.sorted(by: { $0.key < $1.key }) { addUser(username, name: name, now: now) }
        for path in settings.groups {
            let id = nextID("namespace")
            var group = Group(id: id, name: path, path: path, parent: nil, visibility: "private", createdAt: now)
            group.contents.members = [Member(user: teacher.id, level: .owner, createdAt: now, createdBy: nil)]
            groups[id] = group
            addToIndex(.group(id))
        }
    }

    @discardableResult
    mutating func addUser(_ username: String, name: String, isAdmin: Bool = false, isBot: Bool = false, now: Date)
        -> User
    {
        let user = User(
            id: nextID("user"), username: username, name: name, namespace: nextID("namespace"), isAdmin: isAdmin,
            isBot: isBot, createdAt: now)
        users[user.id] = user
        return user
    }

    /// Who sends this request, by `PRIVATE-TOKEN`, `Authorization: Bearer` or the query.
    ///
    /// - Throws: 401 without a valid token, 403 where its scope does not reach.
    func authenticate(_ request: SandboxRequest, now: Date) throws -> User {
        let token =
            request.headers["private-token"] ?? request.bearerToken ?? request.parameter("private_token")
            ?? request.parameter("access_token")
        guard let token else { throw GitLabFailure.unauthorized }
        if let username = settings.tokens[token], let user = users.values.first(where: { $0.username == username }) {
            return user
        }
        guard let issued = issuedTokens[token], let user = users[issued.user] else { throw GitLabFailure.unauthorized }
        guard issued.expires > GitLabTime.day(now) else {
            throw GitLabFailure(
                status: 401,
                body: [
                    "error": "invalid_token",
                    "error_description": "Token is expired. You can either do re-authorization or token refresh.",
                ])
        }
        let reads = request.method == "GET" || request.method == "HEAD"
        let own = request.path.hasSuffix("/self/rotate") && issued.scopes.contains("self_rotate")
        guard issued.scopes.contains("api") || (reads && issued.scopes.contains("read_api")) || own else {
            throw GitLabFailure(
                status: 403,
                body: [
                    "error": "insufficient_scope", "scope": "api",
                    "error_description": "The request requires higher privileges than provided by the access token.",
                ])
        }
        return user
    }

    private func listUsers(_ call: GitLabCall) throws -> SandboxResponse {
        var found = users.values.sorted { $0.id > $1.id }
        if let username = try call.arguments.text("username") {
            found.removeAll { $0.username.lowercased() != username.lowercased() }
        }
        if let search = try call.arguments.text("search")?.lowercased() {
            found.removeAll { !$0.username.contains(search) && !$0.name.lowercased().contains(search) }
        }
        return try call.page(found) { summary($0, base: call.base) }
    }

    private func ownToken(_ call: GitLabCall) -> JSON {
        let request = call.request
        let issued = issuedTokens[request.headers["private-token"] ?? request.bearerToken ?? ""]
        return [
            "id": .int(call.user.id), "name": "sandbox", "revoked": false, "active": true,
            "scopes": .array((issued?.scopes ?? ["api"]).map(JSON.string)), "user_id": .int(call.user.id),
            "expires_at": issued.map { .string($0.expires) } ?? .null,
        ]
    }

    func summary(_ user: User, base: String) -> JSON {
        [
            "id": .int(user.id), "username": .string(user.username), "name": .string(user.name), "state": "active",
            "locked": false, "public_email": .null,
            "avatar_url": .string("\(base)/uploads/-/system/user/avatar/\(user.id)/avatar.png"),
            "web_url": .string("\(base)/\(user.username)"),
        ]
    }

    /// What a user is told of themselves.
    private func detail(_ user: User, base: String) -> JSON {
        var json = summary(user, base: base)
        for text in [
            "bio", "location", "skype", "linkedin", "twitter", "discord", "website_url", "organization",
            "job_title", "pronouns", "public_email",
        ] { json[text] = "" }
        json["created_at"] = .string(GitLabTime.text(user.createdAt))
        json["confirmed_at"] = .string(GitLabTime.text(user.createdAt))
        json["last_sign_in_at"] = .null
        json["current_sign_in_at"] = .null
        json["last_activity_on"] = .null
        json["email"] = .string(user.email)
        json["commit_email"] = .string(user.email)
        json["namespace_id"] = .int(user.namespace)
        json["is_admin"] = user.isAdmin ? true : nil
        json["bot"] = .bool(user.isBot)
        json["identities"] = []
        json["theme_id"] = 3
        json["color_scheme_id"] = 1
        json["two_factor_enabled"] = false
        json["external"] = false
        json["private_profile"] = false
        json["can_create_group"] = true
        json["can_create_project"] = true
        json["projects_limit"] = 100_000
        return json
    }
}
