import AulaModel
import Foundation

/// Projects: create, read, list, update.
extension GitLabInstance {
    static let projectRoutes: [GitLabRoute] = [
        GitLabRoute("GET", "projects") { gitlab, call in
            try gitlab.listProjects(Array(gitlab.projects.values), call)
        },
        GitLabRoute("POST", "projects") { machine, call in try await machine.createProject(call) },
        .under(.project, "GET", "", role: .none) { gitlab, call, holder in
            .json(200, try gitlab.answer(holder, call))
        },
        .under(.project, "PUT", "", role: .maintainer) { gitlab, call, holder in
            try gitlab.updateProject(call, holder)
        },
        .under(.project, "PUT", "transfer", role: .owner) { gitlab, call, holder in
            try gitlab.transferProject(call, holder)
        },
    ]

    func project(_ holder: Holder) throws -> Project {
        guard case .project(let id) = holder, let project = projects[id] else {
            throw GitLabFailure.notFound("Project")
        }
        return project
    }

    func listProjects(_ candidates: [Project], _ call: GitLabCall) throws -> SandboxResponse {
        let arguments = call.arguments
        var found = candidates.filter { isVisible(.project($0.id), to: call.user) }
        if let search = try arguments.text("search")?.lowercased() {
            found.removeAll { !$0.name.lowercased().contains(search) && !$0.path.lowercased().contains(search) }
        }
        if let archived = try arguments.flag("archived") {
            found.removeAll { isArchived(.project($0.id)) != archived }
        }
        if try arguments.flag("owned") == true || arguments.flag("membership") == true {
            found.removeAll { access(of: call.user, on: .project($0.id)) == .none }
        }
        if let level = try arguments.integer("min_access_level") {
            found.removeAll { access(of: call.user, on: .project($0.id)).rawValue < level }
        }
        if let topic = try arguments.text("topic") {
            found.removeAll { !($0.options["topics"]?.array ?? []).contains(.string(topic)) }
        }
        let simple = try arguments.flag("simple") ?? false
        let render = { (project: Project) in
            simple ? self.simple(project, base: call.base) : summary(project, base: call.base)
        }
        if try arguments.text("pagination") == "keyset" {
            return try call.keysetPage(found, id: \.id, render: render)
        }
        let words = ["id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"]
        switch try arguments.choice("order_by", of: words) ?? "created_at" {
        case "name": found.sort { ($0.name, $0.id) > ($1.name, $1.id) }
        case "path": found.sort { ($0.path, $0.id) > ($1.path, $1.id) }
        case "updated_at", "last_activity_at": found.sort { ($0.updatedAt, $0.id) > ($1.updatedAt, $1.id) }
        default: found.sort { $0.id > $1.id }
        }
        if try arguments.choice("sort", of: ["asc", "desc"]) == "asc" { found.reverse() }
        return try call.page(found, render: render)
    }

    mutating func createProject(_ call: GitLabCall) throws -> Project {
        let arguments = call.arguments
        guard arguments.has("name") || arguments.has("path") else {
            throw GitLabFailure.parameter("name, path are missing, at least one parameter must be provided")
        }
        let path = try arguments.text("path") ?? Self.slug(try arguments.text("name") ?? "")
        let namespace = try projectNamespace(call)
        var project = Project(
            id: 0, name: try arguments.text("name") ?? path, path: path, namespace: namespace, creator: call.user.id,
            visibility: "private", createdAt: call.now, updatedAt: call.now)
        try apply(arguments, to: &project)
        try validate(project)
        project.id = nextID("project")
        projects[project.id] = project
        addToIndex(.project(project.id))
        return project
    }

    /// The namespace of a new project: `namespace_id`, or the user's own.
    private func projectNamespace(_ call: GitLabCall) throws -> Int {
        guard let id = try call.arguments.integer("namespace_id"), id != call.user.namespace else {
            return call.user.namespace
        }
        guard let group = groups[id], isVisible(.group(id), to: call.user) else {
            throw GitLabFailure.validation("namespace", "is not valid")
        }
        try require(.developer, on: .group(group.id), for: call.user)
        try requireWritable(.group(id))
        return id
    }

    private mutating func updateProject(_ call: GitLabCall, _ holder: Holder) throws -> SandboxResponse {
        var project = try project(holder)
        let path = project.path
        let full = fullPath(holder).lowercased()
        if let branch = try call.arguments.text("default_branch"), !project.heads.isEmpty, project.heads[branch] == nil
        {
            throw GitLabFailure.validation("base", "Could not change HEAD: branch '\(branch)' does not exist")
        }
        try apply(call.arguments, to: &project)
        try validate(project)
        project.updatedAt = call.now
        projects[project.id] = project
        if project.path != path {
            redirects[full] = project.id
            rebuildIndex()
        }
        return .json(200, try answer(holder, call))
    }

    private mutating func transferProject(_ call: GitLabCall, _ holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("namespace")
        var project = try project(holder)
        let target = try find(.group, try call.arguments.text("namespace") ?? "", for: call.user)
        try require(.maintainer, on: target, for: call.user)
        redirects[fullPath(holder).lowercased()] = project.id
        project.namespace = target.id
        try validate(project)
        projects[project.id] = project
        rebuildIndex()
        return .json(200, try answer(holder, call))
    }

    private func apply(_ arguments: GitLabArguments, to project: inout Project) throws {
        project.name = try arguments.text("name") ?? project.name
        project.path = try arguments.text("path") ?? project.path
        if arguments.has("description") { project.description = try arguments.text("description") }
        project.defaultBranch = try arguments.text("default_branch") ?? project.defaultBranch
        project.visibility =
            try arguments.choice("visibility", of: ["private", "internal", "public"]) ?? project.visibility
        for key in Project.defaults.keys where arguments.has(key) {
            if key.hasSuffix("_access_level") {
                _ = try arguments.choice(key, of: ["disabled", "private", "enabled", "public"])
            }
            project.options[key] = try Self.kept(key, arguments)
        }
        if let topics = arguments["tag_list"] { project.options["topics"] = topics }
        if let policy = arguments["container_expiration_policy_attributes"]?.object {
            var whole = project.options["container_expiration_policy"] ?? Project.registryPolicy
            for member in policy.members { whole[member.key] = member.value }
            project.options["container_expiration_policy"] = whole
        }
    }

    /// An attribute as it is kept: of the form that its usual value has.
    private static func kept(_ key: String, _ arguments: GitLabArguments) throws -> JSON {
        switch Project.defaults[key] {
        case .bool: try arguments.flag(key).map(JSON.bool) ?? .null
        case .int: try arguments.integer(key).map(JSON.int) ?? .null
        case .array: .array((try arguments.list(key) ?? []).map(JSON.string))
        default: arguments[key] ?? .null
        }
    }

    func validate(_ project: Project) throws {
        var problems: [(field: String, text: String)] = []
        let siblings = projects.values.filter { $0.namespace == project.namespace && $0.id != project.id }
        if siblings.contains(where: { $0.name == project.name }) {
            problems += [("name", "has already been taken"), ("project_namespace.name", "has already been taken")]
        }
        problems += self.problems(
            name: project.name, path: project.path, in: project.namespace, of: .project(project.id),
            rule: "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in "
                + "'.atom'")
        if let group = groups[project.namespace],
            Self.openness(project.visibility) > Self.openness(group.visibility)
        {
            problems.append(
                ("visibility_level", "\(project.visibility) is not allowed in a \(group.visibility) group."))
        }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
    }

    /// A path made of a name: lower case, with dashes for what a path cannot have.
    static func slug(_ name: String) -> String {
        let dashed = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" }
        return dashed.split(separator: "-").map { String($0) }.joined(separator: "-")
    }
}

extension GitLabMachine {
    /// A new project, with a first commit where one is asked for.
    func createProject(_ call: GitLabCall) async throws -> SandboxResponse {
        let project = try instance.createProject(call)
        if try call.arguments.flag("initialize_with_readme") == true {
            let draft = CommitDraft(branch: project.defaultBranch, message: "Initial commit", author: call.user)
            _ = try await write(
                draft.adding("README.md", Data("# \(project.name)\n".utf8)), to: project, now: call.now)
        }
        return .json(201, try instance.answer(.project(project.id), call))
    }
}
