import AulaModel
import Foundation

/// Access tokens of groups and projects: each is a bot member whose secret is told once.
extension GitLabInstance {
    struct AccessToken: Codable, Sendable {
        var id: Int
        var name: String
        var description: String?
        var scopes: [String]
        var level: GitLabAccess
        /// The day it ends, `YYYY-MM-DD`.
        var expires: String
        var revoked = false
        var user: Int
        var createdAt: Date
        /// Kept so that the sandbox knows it when it is used.
        var secret: String

        func isActive(now: Date) -> Bool { !revoked && expires > GitLabTime.day(now) }

        func render(now: Date) -> JSON {
            [
                "id": .int(id), "name": .string(name), "description": description.map(JSON.string) ?? .null,
                "scopes": .array(scopes.map(JSON.string)), "user_id": .int(user), "last_used_at": .null,
                "active": .bool(isActive(now: now)), "revoked": .bool(revoked), "access_level": .int(level.rawValue),
                "created_at": .string(GitLabTime.text(createdAt)), "expires_at": .string(expires),
            ]
        }
    }

    private static let tokenScopes = [
        "api", "read_api", "self_rotate", "read_repository", "write_repository", "read_registry", "write_registry",
        "create_runner", "manage_runner", "ai_features", "k8s_proxy", "read_observability", "write_observability",
    ]

    static let accessTokenRoutes: [GitLabRoute] =
        .joined(
            GitLabRoute.underBoth("GET", "access_tokens", project: .maintainer, group: .owner) {
                gitlab, call, holder in try gitlab.listAccessTokens(call, in: holder)
            },
            GitLabRoute.underBoth("GET", "access_tokens/:token", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                let position = try gitlab.position(ofAccessToken: call, in: holder)
                return .json(200, gitlab[contents: holder].accessTokens[position].render(now: call.now))
            },
            GitLabRoute.underBoth("POST", "access_tokens", project: .maintainer, group: .owner) {
                gitlab, call, holder in try gitlab.createAccessToken(call, in: holder)
            },
            GitLabRoute.underBoth("POST", "access_tokens/:token/rotate", project: .none, group: .none) {
                gitlab, call, holder in try gitlab.rotateAccessToken(call, in: holder)
            },
            GitLabRoute.underBoth("DELETE", "access_tokens/:token", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                gitlab.revoke(at: try gitlab.position(ofAccessToken: call, in: holder), in: holder)
                return GitLabCall.noContent()
            })

    private func listAccessTokens(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        var found = self[contents: holder].accessTokens
        switch try call.arguments.choice("state", of: ["active", "inactive"]) {
        case "active": found.removeAll { !$0.isActive(now: call.now) }
        case "inactive": found.removeAll { $0.isActive(now: call.now) }
        default: break
        }
        if let revoked = try call.arguments.flag("revoked") { found.removeAll { $0.revoked != revoked } }
        if let search = try call.arguments.text("search") { found.removeAll { !$0.name.contains(search) } }
        return try call.page(found) { $0.render(now: call.now) }
    }

    private mutating func createAccessToken(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("name", "scopes", "expires_at")
        let scopes = try arguments.list("scopes") ?? []
        guard !scopes.isEmpty, scopes.allSatisfy(Self.tokenScopes.contains) else {
            throw GitLabFailure.invalidValue("scopes")
        }
        guard !call.user.isBot else { throw GitLabFailure.badRequest("User does not have permission to create token") }
        let access = arguments.has("access_level") ? try level(arguments) : .maintainer
        let expires = try expiry(call, days: 365) ?? ""
        let bot = addUser(
            "\(holder.kind == .group ? "group" : "project")_\(holder.id)_bot_\(GitLabSecret.make(prefix: "", length: 8).lowercased())",
            name: try arguments.text("name") ?? "", isBot: true)
        self[contents: holder].members.append(
            Member(user: bot.id, level: access, createdAt: call.now, createdBy: call.user.id))
        let token = AccessToken(
            id: nextID("access_token"), name: bot.name, description: try arguments.text("description"), scopes: scopes,
            level: access, expires: expires, user: bot.id, createdAt: call.now,
            secret: GitLabSecret.make(prefix: "glpat-"))
        return .json(201, issue(token, in: holder, now: call.now))
    }

    /// The old secret stops and a new one begins; `self` is the token that asks.
    private mutating func rotateAccessToken(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let position = try position(ofAccessToken: call, in: holder)
        let old = self[contents: holder].accessTokens[position]
        if old.user != call.user.id {
            try require(holder.kind == .group ? .owner : .maintainer, on: holder, for: call.user)
        }
        guard old.isActive(now: call.now) else { throw GitLabFailure.badRequest("token already revoked") }
        let week = GitLabTime.day(call.now.addingTimeInterval(7 * 86_400))
        var token = old
        token.expires = try expiry(call, days: 365) ?? week
        revoke(at: position, in: holder)
        token.id = nextID("access_token")
        token.createdAt = call.now
        token.secret = GitLabSecret.make(prefix: "glpat-")
        self[contents: holder].members.append(
            Member(user: token.user, level: token.level, createdAt: call.now, createdBy: call.user.id))
        return .json(200, issue(token, in: holder, now: call.now))
    }

    private mutating func issue(_ token: AccessToken, in holder: Holder, now: Date) -> JSON {
        self[contents: holder].accessTokens.append(token)
        issuedTokens[token.secret] = IssuedToken(user: token.user, scopes: token.scopes, expires: token.expires)
        var json = token.render(now: now)
        json["token"] = .string(token.secret)
        return json
    }

    private mutating func revoke(at position: Int, in holder: Holder) {
        let token = self[contents: holder].accessTokens[position]
        self[contents: holder].accessTokens[position].revoked = true
        self[contents: holder].members.removeAll { $0.user == token.user }
        issuedTokens[token.secret] = nil
    }

    private func expiry(_ call: GitLabCall, days: Int) throws -> String? {
        guard let day = try call.arguments.day("expires_at") else { return nil }
        guard day <= GitLabTime.day(call.now.addingTimeInterval(Double(days) * 86_400)) else {
            throw GitLabFailure.badRequest("Expires at must expire in \(days) days")
        }
        guard day > GitLabTime.day(call.now) else {
            throw GitLabFailure.badRequest("Expires at must be a future date")
        }
        return day
    }

    private func position(ofAccessToken call: GitLabCall, in holder: Holder) throws -> Int {
        let tokens = self[contents: holder].accessTokens
        if call.parameter("token") == "self" {
            guard let own = tokens.firstIndex(where: { $0.user == call.user.id && !$0.revoked }) else {
                throw GitLabFailure.recordNotFound
            }
            return own
        }
        let id = try call.number("token")
        guard let position = tokens.firstIndex(where: { $0.id == id }) else { throw GitLabFailure.recordNotFound }
        return position
    }
}
