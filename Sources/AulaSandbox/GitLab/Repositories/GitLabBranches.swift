import AulaModel
import Foundation

/// Branches and tags.
extension GitLabMachine {
    static let branchRoutes: [GitLabRoute] = [
        .code("GET", "repository/branches") { try await $0.listBranches($1, $2) },
        .code("GET", "repository/branches/:branch") { machine, call, project in
            let name = call.parameter("branch")
            guard project.heads[name] != nil else { throw GitLabFailure.notFound("Branch") }
            guard call.request.method != "HEAD" else { return GitLabCall.noContent() }
            return .json(200, try await machine.branches([name], call, project)[0])
        },
        .git("POST", "repository/branches", role: .developer) { try await $0.createBranch($1, $2) },
        .git("DELETE", "repository/branches/:branch", role: .developer) { try await $0.deleteBranch($1, $2) },
        .code("GET", "repository/tags") { machine, call, project in
            let search = try call.arguments.text("search") ?? ""
            let names = project.tags.keys.filter { search.isEmpty || $0.contains(search) }.sorted(by: >)
            let slice = try call.slice(names)
            return try call.page(names, rendered: await machine.tags(slice, call, project))
        },
        .code("GET", "repository/tags/:tag") { machine, call, project in
            guard project.tags[call.parameter("tag")] != nil else { throw GitLabFailure.notFound("Tag") }
            return .json(200, try await machine.tags([call.parameter("tag")], call, project)[0])
        },
        .git("POST", "repository/tags", role: .developer) { try await $0.createTag($1, $2) },
        .git("DELETE", "repository/tags/:tag", role: .developer) { machine, call, project in
            let name = call.parameter("tag")
            guard project.tags[name] != nil else { throw GitLabFailure.notFound("Tag") }
            guard machine.instance.may("create", name, in: .project(project.id), call.user) else {
                throw GitLabFailure.forbidden()
            }
            _ = try await machine.output(project.id, ["update-ref", "-d", "refs/tags/\(name)"])
            machine.instance.projects[project.id]?.tags[name] = nil
            return GitLabCall.noContent()
        },
    ]

    private func listBranches(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let search = try call.arguments.text("search") ?? ""
        var names = project.heads.keys.sorted()
        if search.hasPrefix("^") {
            names = names.filter { $0.hasPrefix(search.dropFirst()) }
        } else if search.hasSuffix("$") {
            names = names.filter { $0.hasSuffix(search.dropLast()) }
        } else if !search.isEmpty {
            names = names.filter { $0.localizedCaseInsensitiveContains(search) }
        }
        return try call.page(names, rendered: await branches(call.slice(names), call, project))
    }

    /// The answers for branches that exist, with two runs of git however many they are.
    private func branches(_ names: [String], _ call: GitLabCall, _ project: Project) async throws -> [JSON] {
        guard let head = names.first.flatMap({ project.heads[$0] }) else { return [] }
        let page = pageAddress(project, call)
        let shas = names.compactMap { project.heads[$0] }
        let log = try await output(project.id, ["log", "--no-walk=unsorted", GitLog.format] + shas)
        let commits = Dictionary(GitLog(log, page: page).commits.map { ($0.id, $0.json) }) { first, _ in first }
        let trunk = project.heads[project.defaultBranch] ?? head
        let merged = Set(
            try await output(
                project.id, ["for-each-ref", "--format=%(refname:lstrip=2)", "--merged=\(trunk)", "refs/heads"]
            )
            .text.split(separator: "\n").map(String.init))
        let holder = GitLabInstance.Holder.project(project.id)
        return names.map { name in
            let rules = instance.protections("protected_branches", of: name, in: holder)
            let developers = { (verb: String) in
                JSON.bool(
                    rules.contains { ($0["\(verb)_access_levels"].array ?? []).contains { $0["access_level"] == 30 } })
            }
            return [
                "name": .string(name), "merged": .bool(name != project.defaultBranch && merged.contains(name)),
                "default": .bool(name == project.defaultBranch), "protected": .bool(!rules.isEmpty),
                "developers_can_push": developers("push"), "developers_can_merge": developers("merge"),
                "can_push": .bool(instance.may("push", name, in: holder, call.user)),
                "web_url": .string("\(page)/-/tree/\(name)"),
                "commit": project.heads[name].flatMap { commits[$0] } ?? .null,
            ]
        }
    }

    func pageAddress(_ project: Project, _ call: GitLabCall) -> String {
        "\(call.base)/\(instance.fullPath(.project(project.id)))"
    }

    private func createBranch(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        try call.arguments.require("branch", "ref")
        let name = try call.arguments.text("branch") ?? ""
        let reference = try call.arguments.text("ref") ?? ""
        var project = project
        if project.heads.isEmpty {
            // GitLab gives an empty repository a first commit before it makes the branch.
            let readme = CommitDraft(branch: project.defaultBranch, message: "Add README.md", author: call.user)
            _ = try await write(readme.adding("README.md", Data()), to: project, now: call.now)
            project = try self.project(project.id)
            if name == project.defaultBranch { return .json(201, try await branches([name], call, project)[0]) }
        }
        guard RefName.isValid(name) else { throw GitLabFailure.message(400, "Branch name is invalid") }
        guard project.heads[name] == nil else { throw GitLabFailure.message(400, "Branch already exists") }
        guard instance.may("push", name, in: .project(project.id), call.user) else {
            throw GitLabFailure.message(400, "You are not allowed to create protected branches on this project.")
        }
        guard let sha = try await commit(reference, of: project) else {
            throw GitLabFailure.message(400, "Failed to create branch '\(name)': invalid reference name '\(reference)'")
        }
        let made = try await git(project.id, ["update-ref", "refs/heads/\(name)", sha, ""])
        guard made.isGood else { throw GitLabFailure.message(400, "Branch already exists") }
        moved(name, to: sha, of: project.id, by: call.user, now: call.now)
        return .json(201, try await branches([name], call, self.project(project.id))[0])
    }

    private func deleteBranch(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let name = call.parameter("branch")
        guard let head = project.heads[name] else { throw GitLabFailure.notFound("Branch") }
        let holder = GitLabInstance.Holder.project(project.id)
        let isProtected = !instance.protections("protected_branches", of: name, in: holder).isEmpty
        guard !isProtected || instance.access(of: call.user, on: holder) >= .maintainer else {
            throw GitLabFailure.message(405, "You dont have push access to repo")
        }
        guard name != project.defaultBranch else {
            throw GitLabFailure.message(400, "The default branch of a project cannot be deleted.")
        }
        _ = try await output(project.id, ["update-ref", "-d", "refs/heads/\(name)", head])
        moved(name, to: nil, of: project.id, by: call.user, now: call.now)
        return GitLabCall.noContent()
    }

    private func tags(_ names: [String], _ call: GitLabCall, _ project: Project) async throws -> [JSON] {
        guard !names.isEmpty else { return [] }
        let shas = names.compactMap { project.tags[$0] }
        let log = try await output(project.id, ["log", "--no-walk=unsorted", GitLog.format] + shas)
        let commits = Dictionary(
            GitLog(log, page: pageAddress(project, call)).commits.map { ($0.id, $0.json) }
        ) { first, _ in first }
        let format = "--format=%(refname:lstrip=2)%00%(objectname)%00%(objecttype)%00%(contents:subject)"
        let lines = try await output(project.id, ["for-each-ref", format] + names.map { "refs/tags/\($0)" }).text
        var targets: [String: (id: String, message: JSON)] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            if parts.count == 4 { targets[parts[0]] = (parts[1], parts[2] == "tag" ? .string(parts[3]) : "") }
        }
        return names.map { name in
            let rules = instance.protections("protected_tags", of: name, in: .project(project.id))
            return [
                "name": .string(name), "message": targets[name]?.message ?? "",
                "target": .string(targets[name]?.id ?? ""), "release": .null, "protected": .bool(!rules.isEmpty),
                "commit": project.tags[name].flatMap { commits[$0] } ?? .null, "created_at": .null,
            ]
        }
    }

    private func createTag(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        try call.arguments.require("tag_name", "ref")
        let name = try call.arguments.text("tag_name") ?? ""
        let reference = try call.arguments.text("ref") ?? ""
        guard RefName.isValid(name) else { throw GitLabFailure.message(400, "Tag name invalid") }
        guard instance.may("create", name, in: .project(project.id), call.user) else {
            throw GitLabFailure.message(400, "You are not allowed to create this tag as it is protected.")
        }
        guard project.tags[name] == nil else { throw GitLabFailure.message(400, "Tag \(name) already exists") }
        guard let sha = try await commit(reference, of: project) else {
            throw GitLabFailure.message(400, "Target \(reference) is invalid")
        }
        var target = sha
        if let message = try call.arguments.text("message"), !message.isEmpty {
            let stamp = "\(Int(call.now.timeIntervalSince1970)) +0000"
            let text = "object \(sha)\ntype commit\ntag \(name)\ntagger \(call.user.gitName) \(stamp)\n\n\(message)\n"
            target = try await output(project.id, ["mktag"], input: Data(text.utf8)).line
        }
        _ = try await output(project.id, ["update-ref", "refs/tags/\(name)", target, ""])
        instance.projects[project.id]?.tags[name] = sha
        return .json(201, try await tags([name], call, self.project(project.id))[0])
    }
}

extension GitLabInstance.User {
    var email: String { "\(username)@sandbox.invalid" }
    /// As git writes an author.
    var gitName: String { "\(name.filter { !"<>\n".contains($0) }) <\(email)>" }
}
