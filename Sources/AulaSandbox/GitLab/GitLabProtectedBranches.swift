import AulaModel

/// Protected branches; the default branch of a project is protected with its first commit.
extension GitLabInstance {
    struct ProtectedBranch: Codable, Sendable {
        struct Level: Codable, Sendable {
            var id: Int
            var level: Int

            func render() -> JSON {
                [
                    "id": .int(id), "access_level": .int(level), "user_id": .null, "group_id": .null,
                    "deploy_key_id": .null,
                    "access_level_description": .string(
                        [0: "No one", 30: "Developers + Maintainers", 40: "Maintainers", 60: "Instance admins"][level]
                            ?? ""),
                ]
            }
        }

        var id: Int
        var name: String
        var push: Level
        var merge: Level
        var unprotect: Level?
        var allowForcePush = false
        var needsOwnerApproval = false

        func render() -> JSON {
            [
                "id": .int(id), "name": .string(name), "push_access_levels": [push.render()],
                "merge_access_levels": [merge.render()],
                "unprotect_access_levels": .array(unprotect.map { [$0.render()] } ?? []),
                "allow_force_push": .bool(allowForcePush), "code_owner_approval_required": .bool(needsOwnerApproval),
                "inherited": false,
            ]
        }
    }

    static let protectedBranchRoutes: [GitLabRoute] = [
        .under(.project, "GET", "protected_branches", role: .maintainer) { gitlab, call, holder in
            let search = try call.arguments.text("search") ?? ""
            let found = try gitlab.project(holder).protectedBranches.filter {
                search.isEmpty || $0.name.contains(search)
            }
            return try call.page(found) { $0.render() }
        },
        .under(.project, "GET", "protected_branches/:name", role: .maintainer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            return .json(200, project.protectedBranches[try protectedPlace(call, in: project)].render())
        },
        .under(.project, "POST", "protected_branches", role: .maintainer) { gitlab, call, holder in
            try gitlab.protectBranch(call, in: holder)
        },
        .under(.project, "PATCH", "protected_branches/:name", role: .maintainer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let place = try protectedPlace(call, in: project)
            var branch = project.protectedBranches[place]
            branch.allowForcePush = try call.arguments.flag("allow_force_push") ?? branch.allowForcePush
            branch.needsOwnerApproval =
                try call.arguments.flag("code_owner_approval_required") ?? branch.needsOwnerApproval
            gitlab.projects[project.id]?.protectedBranches[place] = branch
            return .json(200, branch.render())
        },
        .under(.project, "DELETE", "protected_branches/:name", role: .maintainer) { gitlab, call, holder in
            let place = try protectedPlace(call, in: try gitlab.project(holder))
            gitlab.projects[holder.id]?.protectedBranches.remove(at: place)
            return GitLabCall.noContent()
        },
    ]

    private mutating func protectBranch(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("name")
        let name = try arguments.text("name") ?? ""
        guard try !project(holder).protectedBranches.contains(where: { $0.name == name }) else {
            throw GitLabFailure.conflict("Protected branch '\(name)' already exists")
        }
        guard !name.isEmpty else {
            throw GitLabFailure(status: 422, body: ["message": ["Name can't be blank"]])
        }
        let push = try level("push_access_level", of: [0, 30, 40, 60], arguments) ?? 40
        let merge = try level("merge_access_level", of: [0, 30, 40, 60], arguments) ?? 40
        var branch = newProtection(name, push: push, merge: merge)
        if let unprotect = try level("unprotect_access_level", of: [30, 40, 60], arguments) {
            branch.unprotect = ProtectedBranch.Level(id: nextID("access_level"), level: unprotect)
        }
        branch.allowForcePush = try arguments.flag("allow_force_push") ?? false
        branch.needsOwnerApproval = try arguments.flag("code_owner_approval_required") ?? false
        projects[holder.id]?.protectedBranches.append(branch)
        return .json(201, branch.render())
    }

    mutating func newProtection(_ name: String, push: Int, merge: Int) -> ProtectedBranch {
        ProtectedBranch(
            id: nextID("protected_branch"), name: name,
            push: ProtectedBranch.Level(id: nextID("access_level"), level: push),
            merge: ProtectedBranch.Level(id: nextID("access_level"), level: merge))
    }

    private func level(_ name: String, of levels: [Int], _ arguments: GitLabArguments) throws -> Int? {
        guard let level = try arguments.integer(name) else { return nil }
        guard levels.contains(level) else { throw GitLabFailure.invalidValue(name) }
        return level
    }

    private static func protectedPlace(_ call: GitLabCall, in project: Project) throws -> Int {
        let name = call.parameter("name")
        guard let place = project.protectedBranches.firstIndex(where: { $0.name == name }) else {
            throw GitLabFailure.recordNotFound
        }
        return place
    }
}
