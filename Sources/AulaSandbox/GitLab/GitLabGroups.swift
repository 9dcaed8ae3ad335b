import AulaModel
import Foundation

/// Groups and subgroups: create, read, list, update.
extension GitLabInstance {
    static let groupRoutes: [GitLabRoute] = [
        GitLabRoute("GET", "groups") { gitlab, call in
            try gitlab.listGroups(Array(gitlab.groups.values), call)
        },
        GitLabRoute("POST", "groups") { gitlab, call in try gitlab.createGroup(call) },
        .under(.group, "GET", "", role: .none) { gitlab, call, holder in
            let withProjects = try call.arguments.flag("with_projects") ?? true
            return .json(200, gitlab.detail(try gitlab.group(holder), withProjects: withProjects, base: call.base))
        },
        .under(.group, "PUT", "", role: .owner) { gitlab, call, holder in try gitlab.updateGroup(call, holder) },
        .under(.group, "POST", "transfer", role: .owner) { gitlab, call, holder in
            try gitlab.transferGroup(call, holder)
        },
        .under(.group, "GET", "subgroups", role: .none) { gitlab, call, holder in
            try gitlab.listGroups(gitlab.groups.values.filter { $0.parent == holder.id }, call)
        },
        .under(.group, "GET", "descendant_groups", role: .none) { gitlab, call, holder in
            try gitlab.listGroups(gitlab.descendants(of: holder.id).compactMap { gitlab.groups[$0] }, call)
        },
        .under(.group, "GET", "projects", role: .none) { gitlab, call, holder in
            let deep = try call.arguments.flag("include_subgroups") ?? false
            let around = Set([holder.id] + (deep ? gitlab.descendants(of: holder.id) : []))
            return try gitlab.listProjects(gitlab.projects.values.filter { around.contains($0.namespace) }, call)
        },
    ]

    func group(_ holder: Holder) throws -> Group {
        guard case .group(let id) = holder, let group = groups[id] else { throw GitLabFailure.notFound("Group") }
        return group
    }

    /// All groups below a group, at any depth.
    func descendants(of id: Int) -> [Int] {
        let children = Dictionary(grouping: groups.values.filter { $0.parent != nil }) { $0.parent ?? 0 }
        var found: [Int] = []
        var open = [id]
        while let next = open.popLast() {
            let below = (children[next] ?? []).map(\.id)
            found += below
            open += below
        }
        return found
    }

    private func listGroups(_ candidates: [Group], _ call: GitLabCall) throws -> SandboxResponse {
        let arguments = call.arguments
        var found = candidates.filter { isVisible(.group($0.id), to: call.user) }
        if let search = try arguments.text("search")?.lowercased() {
            found.removeAll { !$0.name.lowercased().contains(search) && !$0.path.lowercased().contains(search) }
        }
        if try arguments.flag("top_level_only") == true { found.removeAll { $0.parent != nil } }
        if try arguments.flag("owned") == true {
            found.removeAll { access(of: call.user, on: .group($0.id)) < .owner }
        }
        if let level = try arguments.integer("min_access_level") {
            found.removeAll { access(of: call.user, on: .group($0.id)).rawValue < level }
        }
        if let archived = try arguments.flag("archived") {
            found.removeAll { isArchived(.group($0.id)) != archived }
        }
        if let active = try arguments.flag("active") {
            found.removeAll { (isArchived(.group($0.id)) || deletionDay(.group($0.id)) != nil) == active }
        }
        if let day = try arguments.day("marked_for_deletion_on") {
            found.removeAll { deletionDay(.group($0.id)) != day }
        }
        switch try arguments.choice("order_by", of: ["name", "path", "id", "similarity"]) ?? "name" {
        case "id": found.sort { $0.id < $1.id }
        case "path": found.sort { ($0.path, $0.id) < ($1.path, $1.id) }
        default: found.sort { ($0.name, $0.id) < ($1.name, $1.id) }
        }
        if try arguments.choice("sort", of: ["asc", "desc"]) == "desc" { found.reverse() }
        return try call.page(found) { summary($0, base: call.base) }
    }

    private mutating func createGroup(_ call: GitLabCall) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("name", "path")
        let parent = try arguments.integer("parent_id")
        if let parent {
            let holder = try find(.group, String(parent), for: call.user)
            try require(.maintainer, on: holder, for: call.user)
            try requireWritable(holder)
        } else if call.user.isBot {
            throw GitLabFailure.forbidden()
        }
        var group = Group(
            id: 0, name: try arguments.text("name") ?? "", path: try arguments.text("path") ?? "", parent: parent,
            visibility: "private", createdAt: call.now)
        try apply(arguments, to: &group)
        let problems = problems(of: group)
        guard problems.isEmpty else {
            throw GitLabFailure.message(400, "Failed to save group \(Self.rubyHash(problems))")
        }
        group.id = nextID("namespace")
        group.contents.members = [
            Member(user: call.user.id, level: .owner, createdAt: call.now, createdBy: call.user.id)
        ]
        groups[group.id] = group
        addToIndex(.group(group.id))
        return .json(201, detail(group, withProjects: true, base: call.base))
    }

    private mutating func updateGroup(_ call: GitLabCall, _ holder: Holder) throws -> SandboxResponse {
        var group = try group(holder)
        let path = group.path
        try apply(call.arguments, to: &group)
        let problems = problems(of: group)
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
        groups[group.id] = group
        if group.path != path { rebuildIndex() }
        return .json(200, detail(group, withProjects: true, base: call.base))
    }

    /// To another group, or to the top without one.
    private mutating func transferGroup(_ call: GitLabCall, _ holder: Holder) throws -> SandboxResponse {
        var group = try group(holder)
        let target = try call.arguments.integer("group_id")
        let failed = { (text: String) in GitLabFailure.message(400, "Transfer failed: \(text)") }
        if let target {
            let there = try find(.group, String(target), for: call.user)
            guard access(of: call.user, on: there) >= .owner else { throw failed("You don't have enough permissions.") }
            guard there != holder, !ancestors(of: there).contains(holder) else {
                throw failed("Cannot transfer group to one of its subgroup.")
            }
        }
        guard target != group.parent else {
            throw failed(
                target == nil ? "Group is already a root group." : "Group is already associated to the parent group.")
        }
        group.parent = target
        let problems = problems(of: group)
        guard !problems.contains(where: { $0.field == "path" }) else {
            throw failed("The parent group already has a subgroup or a project with the same path.")
        }
        groups[group.id] = group
        rebuildIndex()
        return .json(201, try answer(holder, call))
    }

    private func apply(_ arguments: GitLabArguments, to group: inout Group) throws {
        group.name = try arguments.text("name") ?? group.name
        group.path = try arguments.text("path") ?? group.path
        group.description = try arguments.text("description") ?? group.description
        group.visibility =
            try arguments.choice("visibility", of: ["private", "internal", "public"]) ?? group.visibility
        for key in Group.defaults.keys where arguments.has(key) { group.options[key] = arguments[key] }
    }

    private func problems(of group: Group) -> [(field: String, text: String)] {
        var problems: [(field: String, text: String)] = []
        let siblings = groups.values.filter { $0.parent == group.parent && $0.id != group.id }
        if group.parent != nil, siblings.contains(where: { $0.name == group.name }) {
            problems.append(("name", "has already been taken"))
        }
        problems += self.problems(
            name: group.name, path: group.path, in: group.parent, of: .group(group.id),
            rule:
                "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or "
                + "'.', nor end with '-', '_', '.', '.git', or '.atom'.")
        if let parent = group.parent.flatMap({ groups[$0] }),
            Self.openness(group.visibility) > Self.openness(parent.visibility)
        {
            problems.append(
                (
                    "visibility_level",
                    "\(group.visibility) is not allowed since the parent group has a \(parent.visibility) visibility."
                ))
        }
        return problems
    }

    /// What is wrong with the name and the path that a group or a project asks for; `rule` is what paths obey, in words.
    func problems(
        name: String, path: String, in parent: Int?, of holder: Holder, rule: String
    ) -> [(field: String, text: String)] {
        var problems: [(field: String, text: String)] = []
        if name.isEmpty { problems.append(("name", "can't be blank")) }
        if !Self.isPath(path) {
            problems.append(("path", rule))
        } else if isTaken(path, in: parent, except: holder) {
            problems.append(("path", "has already been taken"))
        }
        return problems
    }

    /// Whether something else already has this path in a namespace; at the top, users count too.
    func isTaken(_ path: String, in parent: Int?, except holder: Holder) -> Bool {
        let full = parent.map { "\(namespacePath($0))/\(path)" } ?? path
        if let present = index[full.lowercased()], present != holder { return true }
        return parent == nil && users.values.contains { $0.username == path.lowercased() }
    }

    private static func isPath(_ text: String) -> Bool {
        guard text.count <= 255, !text.hasSuffix(".git"), !text.hasSuffix(".atom") else { return false }
        return text.wholeMatch(of: /[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?/) != nil
    }

    static func openness(_ visibility: String) -> Int {
        ["private": 0, "internal": 10, "public": 20][visibility] ?? 0
    }

    /// How Ruby prints a hash of messages: the text that a failed group creation carries.
    static func rubyHash(_ problems: [(field: String, text: String)]) -> String {
        var fields: [String] = []
        for (field, _) in problems where !fields.contains(field) { fields.append(field) }
        let pairs = fields.map { field in
            let texts = problems.filter { $0.field == field }.map { "\"\($0.text)\"" }
            return ":\(field)=>[\(texts.joined(separator: ", "))]"
        }
        return "{\(pairs.joined(separator: ", "))}"
    }
}
