import AulaModel
import Foundation

/// Direct and inherited members of groups and projects.
extension GitLabInstance {
    struct Member: Codable, Sendable {
        var user: Int
        var level: GitLabAccess
        /// The day it ends, `YYYY-MM-DD`.
        var expires: String?
        var createdAt: Date
        var createdBy: Int?
    }

    static let memberRoutes: [GitLabRoute] =
        .joined(
            GitLabRoute.underBoth("GET", "members", project: .none, group: .none) { gitlab, call, holder in
                try gitlab.list(gitlab[contents: holder].members, call)
            },
            GitLabRoute.underBoth("GET", "members/all", project: .none, group: .none) { gitlab, call, holder in
                try gitlab.list(gitlab.allMembers(of: holder), call)
            },
            GitLabRoute.underBoth("GET", "members/all/:user", project: .none, group: .none) { gitlab, call, holder in
                try gitlab.get(gitlab.allMembers(of: holder), call)
            },
            GitLabRoute.underBoth("GET", "members/:user", project: .none, group: .none) { gitlab, call, holder in
                try gitlab.get(gitlab[contents: holder].members, call)
            },
            GitLabRoute.underBoth("POST", "members", project: .maintainer, group: .owner) { gitlab, call, holder in
                try gitlab.addMember(call, to: holder)
            },
            GitLabRoute.underBoth("PUT", "members/:user", project: .maintainer, group: .owner) { gitlab, call, holder in
                try gitlab.updateMember(call, of: holder)
            },
            GitLabRoute.underBoth("DELETE", "members/:user", project: .maintainer, group: .owner) {
                gitlab, call, holder in try gitlab.removeMember(call, from: holder)
            })

    /// The members of a group or project and of the groups around it, each with the highest level.
    private func allMembers(of holder: Holder) -> [Member] {
        var best: [Int: Member] = [:]
        for member in ([holder] + ancestors(of: holder)).flatMap({ self[contents: $0].members })
        where member.level > best[member.user]?.level ?? .none {
            best[member.user] = member
        }
        return best.values.sorted { $0.user < $1.user }
    }

    private func list(_ members: [Member], _ call: GitLabCall) throws -> SandboxResponse {
        var found = members
        if let query = try call.arguments.text("query")?.lowercased() {
            found.removeAll { member in
                guard let user = users[member.user] else { return true }
                return !user.username.lowercased().contains(query) && !user.name.lowercased().contains(query)
            }
        }
        if let ids = try call.arguments.list("user_ids") { found.removeAll { !ids.contains(String($0.user)) } }
        return try call.page(found) { render($0, base: call.base) }
    }

    private func get(_ members: [Member], _ call: GitLabCall) throws -> SandboxResponse {
        let id = try call.number("user")
        guard let member = members.first(where: { $0.user == id }) else { throw GitLabFailure.recordNotFound }
        return .json(200, render(member, base: call.base))
    }

    private mutating func addMember(_ call: GitLabCall, to holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("access_level")
        let level = try level(arguments)
        guard arguments.has("user_id") != arguments.has("username") else {
            throw GitLabFailure.parameter(
                "user_id, username are \(arguments.has("user_id") ? "mutually exclusive" : "missing, exactly one parameter must be provided")"
            )
        }
        let id = try arguments.integer("user_id")
        let username = try arguments.text("username")?.lowercased()
        guard let user = users.values.first(where: { $0.id == id || $0.username.lowercased() == username }) else {
            throw GitLabFailure.notFound("User")
        }
        guard !self[contents: holder].members.contains(where: { $0.user == user.id }) else {
            throw GitLabFailure.conflict("Member already exists")
        }
        let member = Member(
            user: user.id, level: level, expires: try expiry(call), createdAt: call.now, createdBy: call.user.id)
        try validate(member, in: holder)
        self[contents: holder].members.append(member)
        return .json(201, render(member, base: call.base))
    }

    private mutating func updateMember(_ call: GitLabCall, of holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("access_level")
        let position = try position(call, in: holder)
        var member = self[contents: holder].members[position]
        member.level = try level(call.arguments)
        if call.arguments.has("expires_at") { member.expires = try expiry(call) }
        try validate(member, in: holder)
        self[contents: holder].members[position] = member
        return .json(200, render(member, base: call.base))
    }

    private mutating func removeMember(_ call: GitLabCall, from holder: Holder) throws -> SandboxResponse {
        let position = try position(call, in: holder)
        var members = self[contents: holder].members
        let removed = members.remove(at: position)
        if holder.kind == .group, removed.level == .owner, parent(of: holder) == nil,
            !members.contains(where: { $0.level == .owner })
        {
            throw GitLabFailure.forbidden()
        }
        self[contents: holder].members = members
        return GitLabCall.noContent()
    }

    private func position(_ call: GitLabCall, in holder: Holder) throws -> Int {
        let id = try call.number("user")
        guard let position = self[contents: holder].members.firstIndex(where: { $0.user == id }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }

    func level(_ arguments: GitLabArguments) throws -> GitLabAccess {
        guard let number = try arguments.integer("access_level"), let level = GitLabAccess(rawValue: number), number > 0
        else { throw GitLabFailure.invalidValue("access_level") }
        return level
    }

    private func expiry(_ call: GitLabCall) throws -> String? {
        guard let day = try call.arguments.day("expires_at") else { return nil }
        guard day >= GitLabTime.day(call.now) else {
            throw GitLabFailure.validation("expires_at", "cannot be a date in the past")
        }
        return day
    }

    private func validate(_ member: Member, in holder: Holder) throws {
        for around in ancestors(of: holder) {
            guard let inherited = self[contents: around].members.first(where: { $0.user == member.user }),
                inherited.level > member.level, let group = groups[around.id]
            else { continue }
            throw GitLabFailure.validation(
                "access_level",
                "should be greater than or equal to \(inherited.level.title) inherited membership from group "
                    + group.name)
        }
    }

    func render(_ member: Member, base: String) -> JSON {
        guard let user = users[member.user] else { return .null }
        var json = summary(user, base: base)
        json["access_level"] = .int(member.level.rawValue)
        json["created_at"] = .string(GitLabTime.text(member.createdAt))
        json["expires_at"] = member.expires.map(JSON.string) ?? .null
        json["created_by"] = member.createdBy.flatMap { users[$0] }.map { summary($0, base: base) } ?? .null
        json["membership_state"] = "active"
        return json
    }
}

extension Array {
    /// The routes of several helpers in one list.
    static func joined(_ lists: [Element]...) -> [Element] { lists.flatMap { $0 } }
}
