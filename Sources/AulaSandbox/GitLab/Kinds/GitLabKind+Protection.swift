import AulaModel
import Foundation

/// Protected branches and tags: who may push, merge, unprotect and create.
extension GitLabKind {
    private static let levels = [0, 30, 40, 60]
    private static let complaint: @Sendable (GitLabProblems) -> GitLabFailure = {
        GitLabFailure(status: 422, body: ["message": .array($0.sentences.map(JSON.string))])
    }

    static let protectedBranches: GitLabKind = GitLabKind(
        path: "protected_branches", roles: [.project: Roles(.maintainer, .maintainer)], key: .field("name"),
        fields: [
            .required("name", fixed: true, .present, .atMost(255)), .optional("allow_force_push", .flag, false),
            .optional("code_owner_approval_required", .flag, false),
            .optional("push_access_level", .level(levels), fixed: true, shown: false),
            .optional("merge_access_level", .level(levels), fixed: true, shown: false),
            .optional("unprotect_access_level", .level([30, 40, 60]), fixed: true, shown: false),
        ],
        unique: Unique(
            "name", answer: .failure { .conflict("Protected branch '\($0.text("name"))' already exists") }),
        filters: [.search("name")], order: GitLabOrder(field: "name"), updateMethod: "PATCH", complain: complaint,
        check: { gitlab, place, branch, before, _ in
            for verb in ["push", "merge", "unprotect"] {
                try gitlab.setLevels(verb, usual: verb == "unprotect" ? nil : 40, place, &branch, isNew: before == nil)
            }
        },
        render: { gitlab, _, branch, json in
            for verb in ["push", "merge", "unprotect"] {
                json["\(verb)_access_levels"] = gitlab.render(levels: branch["\(verb)_access_levels"])
            }
            json["inherited"] = false
        })

    static let protectedTags: GitLabKind = GitLabKind(
        path: "protected_tags", roles: [.project: Roles(.maintainer, .maintainer)], key: .field("name"),
        fields: [
            .required("name", fixed: true, .present, .atMost(255)),
            .optional("create_access_level", .level([0, 30, 40]), fixed: true, shown: false),
        ],
        unique: Unique("name", answer: .failure { .conflict("Protected tag '\($0.text("name"))' already exists") }),
        order: GitLabOrder(field: "name"), verbs: [.list, .get, .create, .delete], complain: complaint,
        check: { gitlab, place, tag, _, _ in
            try gitlab.setLevels("create", usual: 40, place, &tag, isNew: true)
        },
        render: { gitlab, _, tag, json in
            json["id"] = nil
            json["create_access_levels"] = gitlab.render(levels: tag["create_access_levels"])
        })
}

extension GitLabInstance {
    /// Reads `push_access_level` and `allowed_to_push` into the list of who may.
    fileprivate mutating func setLevels(
        _ verb: String, usual: Int?, _ place: GitLabPlace, _ thing: inout GitLabThing, isNew: Bool
    ) throws {
        let name = "\(verb)_access_levels"
        let entries = place.call.arguments["allowed_to_\(verb)"]?.array ?? []
        var present = thing[name].array ?? []
        if isNew, let level = thing["\(verb)_access_level"].int ?? (entries.isEmpty ? usual : nil) {
            present.append(level: ["access_level": .int(level)], id: nextID("access_level"))
        }
        for entry in entries {
            let position = entry["id"].flatMap { id in present.firstIndex { $0["id"] == id } }
            if entry["_destroy"]?.bool == true || entry["_destroy"]?.string == "true" {
                if let position { present.remove(at: position) }
            } else if let position {
                if let level = entry["access_level"] { present[position]["access_level"] = level }
            } else {
                guard ["access_level", "user_id", "group_id", "deploy_key_id"].contains(where: { entry[$0] != nil })
                else {
                    throw GitLabFailure.invalidValue("allowed_to_\(verb)")
                }
                if let user = entry["user_id"]?.int, access(of: user, on: place.holder) == .none {
                    throw GitLabFailure(
                        status: 422,
                        body: ["message": ["\(verb.capitalized) access levels user is not a member of the project"]])
                }
                let plain = ["user_id", "group_id", "deploy_key_id"].allSatisfy { entry[$0]?.int == nil }
                let isThere = present.contains {
                    $0["access_level"] == entry["access_level"] && $0["user_id"]?.int == nil
                }
                if !plain || !isThere { present.append(level: entry, id: nextID("access_level")) }
            }
        }
        thing[name] = .array(present)
    }

    fileprivate func render(levels: JSON) -> JSON {
        .array(
            (levels.array ?? []).map { level in
                var level = level
                let words = [0: "No one", 30: "Developers + Maintainers", 40: "Maintainers", 60: "Instance admins"]
                let user = level["user_id"]?.int.flatMap { users[$0]?.name }
                let group = level["group_id"]?.int.flatMap { groups[$0]?.name }
                level["access_level_description"] = .string(
                    user ?? group ?? words[level["access_level"]?.int ?? 40] ?? "")
                return level
            })
    }

    /// Protects a branch as a new project's default branch is.
    mutating func protect(_ name: String, of project: Holder, author: Int, now: Date) {
        guard !things("protected_branches", of: project).contains(where: { $0["name"] == .string(name) }) else {
            return
        }
        var branch = GitLabThing(author: author, createdAt: now, updatedAt: now)
        branch.fields = ["name": .string(name), "allow_force_push": false, "code_owner_approval_required": false]
        for verb in ["push", "merge"] {
            var levels: [JSON] = []
            levels.append(level: ["access_level": 40], id: nextID("access_level"))
            branch["\(verb)_access_levels"] = .array(levels)
        }
        branch["unprotect_access_levels"] = []
        _ = add(branch, "protected_branches", to: project)
    }

    /// The rules of protection that match a branch or tag; a star stands for any text.
    func protections(_ path: String, of name: String, in project: Holder) -> [GitLabThing] {
        things(path, of: project).filter { Self.matches(name, $0.text("name")) }
    }

    /// Whether a user may push to, merge into or create what is protected; where nothing protects it, developers may.
    func may(_ verb: String, _ name: String, in project: Holder, _ user: User) -> Bool {
        let path = verb == "create" ? "protected_tags" : "protected_branches"
        let level = access(of: user, on: project)
        guard level >= .developer else { return false }
        let rules = protections(path, of: name, in: project)
        guard !rules.isEmpty else { return true }
        return rules.flatMap { $0["\(verb)_access_levels"].array ?? [] }.contains { entry in
            if let id = entry["user_id"]?.int { return id == user.id }
            guard entry["group_id"]?.int == nil, let least = entry["access_level"]?.int, least > 0 else { return false }
            return least == 60 ? user.isAdmin : level.rawValue >= least
        }
    }

    private func access(of user: Int, on holder: Holder) -> GitLabAccess {
        users[user].map { access(of: $0, on: holder) } ?? .none
    }
}

extension [JSON] {
    fileprivate mutating func append(level entry: JSON, id: Int) {
        var level: JSON = [
            "id": .int(id), "access_level": .null, "user_id": .null, "group_id": .null, "deploy_key_id": .null,
        ]
        for key in ["access_level", "user_id", "group_id", "deploy_key_id"] {
            if let value = entry[key] { level[key] = value }
        }
        if level["access_level"] == .null { level["access_level"] = 40 }
        append(level)
    }
}
