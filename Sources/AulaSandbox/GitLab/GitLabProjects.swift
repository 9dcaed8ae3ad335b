import AulaModel
import Foundation

/// Projects: create, read, list, update.
extension GitLabInstance {
    static let projectRoutes: [GitLabRoute] = [
        GitLabRoute("GET", "projects") { gitlab, call in
            try gitlab.listProjects(Array(gitlab.projects.values), call)
        },
        GitLabRoute("POST", "projects") { gitlab, call in try gitlab.createProject(call) },
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

    private mutating func createProject(_ call: GitLabCall) throws -> SandboxResponse {
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
        if try arguments.flag("initialize_with_readme") == true {
            let readme = RepositoryFile(content: Data("# \(project.name)\n".utf8), executable: false)
            commit(
                ["README.md": readme], message: "Initial commit", to: project.defaultBranch, of: project.id,
                author: call.user, now: call.now)
        }
        return .json(201, try answer(.project(project.id), call))
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
        try apply(call.arguments, to: &project)
        try validate(project)
        project.updatedAt = call.now
        projects[project.id] = project
        if project.path != path { rebuildIndex() }
        return .json(200, try answer(holder, call))
    }

    private mutating func transferProject(_ call: GitLabCall, _ holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("namespace")
        var project = try project(holder)
        let target = try find(.group, try call.arguments.text("namespace") ?? "", for: call.user)
        try require(.maintainer, on: target, for: call.user)
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
            project.options[key] = arguments[key]
        }
    }

    private func validate(_ project: Project) throws {
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
