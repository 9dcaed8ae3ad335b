import AulaModel
import Foundation

/// What machines identify themselves with: deploy tokens, access tokens, agents with their tokens, deploy keys.
extension GitLabKind {
    private static let maintainers: [Holder.Kind: Roles] = [.project: Roles(.maintainer, .maintainer)]

    /// Names are not unique, and the secret is told once.
    static let deployTokens: GitLabKind = GitLabKind(
        path: "deploy_tokens",
        roles: [.project: Roles(.maintainer, .maintainer), .group: Roles(.maintainer, .owner)], keyName: "token_id",
        fields: [
            .required("name", .text, .present, .atMost(255)), .optional("expires_at", .time),
            .required(
                "scopes",
                .choices([
                    "read_repository", "read_registry", "write_registry", "read_package_registry",
                    "write_package_registry", "read_virtual_registry", "write_virtual_registry",
                ]), .present),
            .optional(
                "username", .text, .null, .atMost(255),
                .text("can contain only letters, digits, '_', '-', '+', and '.'") {
                    $0.wholeMatch(of: /[a-zA-Z0-9.+_\-]+/) != nil
                }),
        ],
        filters: [
            .flag("active") { token, call in token["expires_at"].string.map { $0 > GitLabTime.text(call.now) } ?? true }
        ],
        verbs: [.list, .get, .create, .delete], secret: "token",
        complain: { .message(400, $0.sentences.joined(separator: " and ")) },
        check: { gitlab, _, token, _, problems in
            guard problems.isEmpty else { return }
            token.id = gitlab.nextID("deploy_token")
            if token.text("username").isEmpty { token["username"] = .string("gitlab+deploy-token-\(token.id)") }
            token["token"] = .string(GitLabSecret.make(prefix: "gldt-"))
        },
        render: { _, place, token, json in
            json["revoked"] = false
            json["expired"] = .bool(token["expires_at"].string.map { $0 < GitLabTime.text(place.call.now) } ?? false)
        })

    private static let scopes = [
        "api", "read_api", "self_rotate", "read_repository", "write_repository", "read_registry", "write_registry",
        "create_runner", "manage_runner", "ai_features", "k8s_proxy", "read_observability", "write_observability",
    ]

    /// Each is a bot member whose secret is told once.
    static let accessTokens: GitLabKind = GitLabKind(
        path: "access_tokens", roles: [.project: Roles(.maintainer, .maintainer), .group: Roles(.owner, .owner)],
        keyName: "token_id",
        fields: [
            .required("name", .text, .present, .atMost(255)), .optional("description"),
            .required("scopes", .choices(scopes), .present),
            .optional("access_level", .level([10, 15, 20, 30, 40, 50]), 40),
            .optional("expires_at", .day),
        ],
        filters: [
            .words("state", ["active": { $0.isActive($1.now) }, "inactive": { !$0.isActive($1.now) }]),
            .flag("revoked") { token, _ in token.flag("revoked") }, .search("name"),
        ],
        order: GitLabOrder(), verbs: [.list, .get, .create, .delete], secret: "token",
        number: { gitlab, place, word in
            guard word == "self" else { return nil }
            let tokens = gitlab.things("access_tokens", of: place.holder)
            return tokens.first { $0["user_id"] == .int(place.call.user.id) && !$0.flag("revoked") }?.id ?? 0
        },
        isKept: true, complain: { .message(400, "400 Bad request - \($0.sentences.joined(separator: " and "))") },
        check: { gitlab, place, token, _, problems in
            guard !place.call.user.isBot else {
                throw GitLabFailure.badRequest("User does not have permission to create token")
            }
            guard let day = token["expires_at"].string else { throw GitLabFailure.parameter("expires_at is missing") }
            try requireExpiry(day, place.call)
            let level = token["access_level"].int ?? 40
            guard level <= gitlab.access(of: place.call.user, on: place.holder).rawValue else {
                throw GitLabFailure.badRequest(
                    "Access level of the token can't be greater the access level of the user who created the token")
            }
            guard problems.isEmpty else { return }
            let random = GitLabSecret.make(prefix: "", length: 8).lowercased()
            let bot = gitlab.addUser(
                "\(place.holder.kind == .group ? "group" : "project")_\(place.holder.id)_bot_\(random)",
                name: token.text("name"), isBot: true, now: place.call.now)
            token["user_id"] = .int(bot.id)
            gitlab.issue(&token, place)
        },
        render: { _, place, token, json in
            json["user_id"] = token["user_id"]
            json["revoked"] = .bool(token.flag("revoked"))
            json["active"] = .bool(token.isActive(place.call.now))
            json["created_at"] = .string(GitLabTime.text(token.createdAt))
            json["last_used_at"] = .null
            json["granular"] = false
            json["resource_type"] = place.holder.kind == .group ? "group" : "project"
            json["resource_id"] = .int(place.holder.id)
        },
        removed: { gitlab, place, token in gitlab.revoke(token, place.holder) },
        actions: [
            Action(method: "POST", word: "rotate", role: GitLabAccess.none, status: 200) { gitlab, place, token in
                if token["user_id"] != .int(place.call.user.id) {
                    try gitlab.require(
                        place.holder.kind == .group ? .owner : .maintainer, on: place.holder, for: place.call.user)
                }
                guard token.isActive(place.call.now) else { throw GitLabFailure.badRequest("token already revoked") }
                var fresh = token
                fresh.id = 0
                fresh.createdAt = place.call.now
                let week = GitLabTime.day(place.call.now.addingTimeInterval(7 * 86_400))
                let day = try place.call.arguments.day("expires_at") ?? week
                try requireExpiry(day, place.call)
                fresh["expires_at"] = .string(day)
                gitlab.revoke(token, place.holder)
                token["revoked"] = true
                gitlab.issue(&fresh, place)
                fresh = gitlab.add(fresh, "access_tokens", to: place.holder)
                return .json(200, gitlab.render(fresh, .accessTokens, place, secrets: true))
            }
        ])

    private static func requireExpiry(_ day: String, _ call: GitLabCall) throws {
        guard day <= GitLabTime.day(call.now.addingTimeInterval(365 * 86_400)) else {
            throw GitLabFailure.badRequest("Expires at must expire in 365 days")
        }
        guard day >= GitLabTime.day(call.now) else {
            throw GitLabFailure.badRequest("Expires at must be a future date")
        }
    }

    /// How agents' rules are told: a list of sentences as text.
    private static let agentComplaint: @Sendable (GitLabProblems) -> GitLabFailure = {
        .badRequest(JSON.array($0.sentences.map(JSON.string)).text)
    }

    static let agents: GitLabKind = GitLabKind(
        path: "cluster_agents", roles: [.project: Roles(.developer, .maintainer)], keyName: "agent_id",
        fields: [
            .required(
                "name", .text, .present, .atMost(63),
                .text("can contain only lowercase letters, digits, and '-', but cannot start or end with '-'") {
                    $0.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil
                })
        ],
        unique: Unique("name"), verbs: [.list, .get, .create, .delete], complain: agentComplaint,
        gate: { gitlab, place in
            let isList = place.call.isRead && place.call.parameters["key"] == nil
            guard !isList || gitlab.access(of: place.call.user, on: place.holder) >= .developer else {
                throw GitLabFailure.notFound("ClusterAgents")
            }
        },
        render: { gitlab, place, agent, json in
            json["config_project"] = (try? gitlab.identity(gitlab.project(place.holder))) ?? .null
            json["created_at"] = .string(GitLabTime.text(agent.createdAt))
            json["created_by_user_id"] = .int(agent.author)
            json["is_receptive"] = false
        })

    static let agentTokens: GitLabKind = GitLabKind(
        path: "cluster_agents/:parent/tokens", roles: [.project: Roles(.developer, .maintainer)], keyName: "token_id",
        fields: [
            .required("name", .text, .present, .atMost(255)), .optional("description", .text, .null, .atMost(1024)),
        ],
        verbs: [.list, .get, .create, .delete], secret: "token", complain: agentComplaint,
        check: { gitlab, place, token, _, problems in
            guard gitlab.things("cluster_agents/:parent/tokens", of: place.holder, in: place.parent).count < 2 else {
                throw GitLabFailure.badRequest("An agent can have only two active tokens at a time")
            }
            token["token"] = .string(GitLabSecret.make(prefix: "glagent-", length: 50))
        },
        render: { _, place, token, json in
            json["agent_id"] = .int(token.parent ?? 0)
            json["status"] = "active"
            json["created_at"] = .string(GitLabTime.text(token.createdAt))
            json["created_by_user_id"] = .int(token.author)
            if !place.isList { json["last_used_at"] = .null }
        })

    static let deployKeys: GitLabKind = GitLabKind(
        path: "deploy_keys", roles: maintainers, keyName: "key_id",
        fields: [
            .required(
                "key", fixed: true, .present,
                .text("is invalid") { $0.wholeMatch(of: /(ssh|ecdsa|sk)-\S+ [A-Za-z0-9+\/=]+( .*)?/) != nil }),
            .required("title", .text, .present, .atMost(255)), .optional("can_push", .flag, false),
            .optional("expires_at", .time, fixed: true),
        ],
        unique: Unique("key", answer: .problem("deploy_key.fingerprint_sha256", "has already been taken")),
        render: { _, _, key, json in
            json["created_at"] = .string(GitLabTime.text(key.createdAt))
            json["fingerprint"] = .null
            let blob = Data(
                base64Encoded: key.text("key").split(separator: " ").dropFirst().first.map(String.init) ?? "")
            json["fingerprint_sha256"] = .string("SHA256:" + GitLabSecret.digest(blob ?? Data()))
        })
}

extension GitLabThing {
    /// Whether an access token works.
    fileprivate func isActive(_ now: Date) -> Bool { !flag("revoked") && text("expires_at") > GitLabTime.day(now) }
}

extension GitLabInstance {
    /// Gives a token its secret, and its bot the place among the members.
    fileprivate mutating func issue(_ token: inout GitLabThing, _ place: GitLabPlace) {
        let user = token["user_id"].int ?? 0
        let secret = GitLabSecret.make(prefix: "glpat-")
        token["token"] = .string(secret)
        token["revoked"] = false
        let level = GitLabAccess(rawValue: token["access_level"].int ?? 40) ?? .maintainer
        self[contents: place.holder].members.append(
            Member(user: user, level: level, createdAt: place.call.now, createdBy: place.call.user.id))
        issuedTokens[secret] = IssuedToken(
            user: user, scopes: (token["scopes"].array ?? []).compactMap(\.string), expires: token.text("expires_at"))
    }

    fileprivate mutating func revoke(_ token: GitLabThing, _ holder: Holder) {
        self[contents: holder].members.removeAll { $0.user == token["user_id"].int }
        issuedTokens[token.text("token")] = nil
    }
}
