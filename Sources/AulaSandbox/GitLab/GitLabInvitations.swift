import AulaModel
import Foundation

/// Invitations of people by e-mail, who have no account yet.
extension GitLabInstance {
    struct Invitation: Codable, Sendable {
        var email: String
        var level: GitLabAccess
        var expires: String?
        var createdAt: Date
        var createdBy: Int
        var token: String
    }

    static let invitationRoutes: [GitLabRoute] =
        .joined(
            GitLabRoute.underBoth("GET", "invitations", project: .maintainer, group: .owner) { gitlab, call, holder in
                let query = try call.arguments.text("query")?.lowercased() ?? ""
                let found = gitlab[contents: holder].invitations.filter { query.isEmpty || $0.email.contains(query) }
                return try call.page(found) { gitlab.render($0) }
            },
            GitLabRoute.underBoth("POST", "invitations", project: .maintainer, group: .owner) { gitlab, call, holder in
                try gitlab.invite(call, to: holder)
            },
            GitLabRoute.underBoth("PUT", "invitations/:email", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                let position = try gitlab.position(call, in: holder)
                if call.arguments.has("access_level") {
                    gitlab[contents: holder].invitations[position].level = try gitlab.level(call.arguments)
                }
                if call.arguments.has("expires_at") {
                    gitlab[contents: holder].invitations[position].expires = try call.arguments.day("expires_at")
                }
                return .json(200, gitlab.render(gitlab[contents: holder].invitations[position]))
            },
            GitLabRoute.underBoth("DELETE", "invitations/:email", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                let position = try gitlab.position(call, in: holder)
                gitlab[contents: holder].invitations.remove(at: position)
                return GitLabCall.noContent()
            })

    /// Always 201; what went wrong is in the body, by address.
    private mutating func invite(_ call: GitLabCall, to holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("access_level")
        let level = try level(arguments)
        guard arguments.has("email") || arguments.has("user_id") else {
            throw GitLabFailure.parameter("email, user_id are missing, at least one parameter must be provided")
        }
        let expires = try arguments.day("expires_at")
        var problems = JSONObject()
        for id in try arguments.list("user_id") ?? [] {
            guard let user = users.values.first(where: { String($0.id) == id }) else {
                problems[id] = "User not found"
                continue
            }
            guard !self[contents: holder].members.contains(where: { $0.user == user.id }) else {
                problems[user.username] = "Already a member of \(fullName(holder))"
                continue
            }
            self[contents: holder].members.append(
                Member(user: user.id, level: level, expires: expires, createdAt: call.now, createdBy: call.user.id))
        }
        for email in try arguments.list("email") ?? [] {
            if email.wholeMatch(of: /[^@\s]+@[^@\s]+/) == nil {
                problems[email] = "Invite email is invalid"
            } else if self[contents: holder].invitations.contains(where: { $0.email == email.lowercased() }) {
                problems[email] = "The member's email address has already been taken"
            } else {
                self[contents: holder].invitations.append(
                    Invitation(
                        email: email.lowercased(), level: level, expires: expires, createdAt: call.now,
                        createdBy: call.user.id, token: GitLabSecret.make(prefix: "")))
            }
        }
        guard problems.isEmpty else { return .json(201, ["status": "error", "message": .object(problems)]) }
        return .json(201, ["status": "success"])
    }

    private func position(_ call: GitLabCall, in holder: Holder) throws -> Int {
        let email = call.parameter("email").lowercased()
        guard let position = self[contents: holder].invitations.firstIndex(where: { $0.email == email }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }

    private func render(_ invitation: Invitation) -> JSON {
        [
            "access_level": .int(invitation.level.rawValue), "invite_email": .string(invitation.email),
            "created_at": .string(GitLabTime.text(invitation.createdAt)),
            "expires_at": invitation.expires.map(JSON.string) ?? .null, "user_name": .null,
            "created_by_name": .string(users[invitation.createdBy]?.name ?? ""),
        ]
    }
}
