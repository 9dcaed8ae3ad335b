import AulaModel
import Crypto
import Foundation

/// A project's repository: branches, commits and the tree of a branch.
extension GitLabInstance {
    struct RepositoryFile: Codable, Sendable {
        var content: Data
        var executable: Bool
        /// The last commit that changed it.
        var commit = ""

        /// The number git gives a file's content.
        var blobID: String {
            var blob = Data("blob \(content.count)\0".utf8)
            blob += content
            return Insecure.SHA1.hash(data: blob).map { GitLabInstance.hex($0) }.joined()
        }
    }

    struct Commit: Codable, Sendable {
        var id: String
        var parents: [String]
        var message: String
        var author: String
        var email: String
        var createdAt: Date
    }

    struct Repository: Codable, Sendable {
        struct Branch: Codable, Sendable {
            var commits: [Commit] = []
            var files: [String: RepositoryFile] = [:]
        }

        var branches: [String: Branch] = [:]
    }

    static let repositoryRoutes: [GitLabRoute] = [
        .under(.project, "GET", "repository/branches", role: .reporter) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let search = try call.arguments.text("search") ?? ""
            let names = project.repository.branches.keys.sorted().filter { search.isEmpty || $0.contains(search) }
            return try call.page(names) { render(branch: $0, of: project, base: call.base) }
        },
        .under(.project, "GET", "repository/branches/:branch", role: .reporter) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            guard project.repository.branches[call.parameter("branch")] != nil else {
                throw GitLabFailure.notFound("Branch")
            }
            return .json(200, render(branch: call.parameter("branch"), of: project, base: call.base))
        },
        .under(.project, "POST", "repository/branches", role: .developer) { gitlab, call, holder in
            try gitlab.createBranch(call, in: holder)
        },
        .under(.project, "DELETE", "repository/branches/:branch", role: .developer) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            let name = call.parameter("branch")
            guard project.repository.branches[name] != nil else { throw GitLabFailure.notFound("Branch") }
            guard gitlab.protections("protected_branches", of: name, in: holder).isEmpty else {
                throw GitLabFailure.forbidden("Protected branch can't be removed")
            }
            gitlab.projects[project.id]?.repository.branches[name] = nil
            return GitLabCall.noContent()
        },
        .under(.project, "GET", "repository/commits", role: .reporter) { gitlab, call, holder in
            let branch = try gitlab.branch(call, "ref_name", of: try gitlab.project(holder))
            return try call.page(branch.commits.reversed()) { render($0) }
        },
        .under(.project, "GET", "repository/commits/:commit", role: .reporter) { gitlab, call, holder in
            let reference = call.parameter("commit")
            let branches = try gitlab.project(holder).repository.branches
            let named = branches[reference]?.commits.last
            let found = named ?? branches.values.lazy.flatMap(\.commits).first { $0.id.hasPrefix(reference) }
            guard let found else { throw GitLabFailure.notFound("Commit") }
            return .json(200, render(found))
        },
        .under(.project, "POST", "repository/commits", role: .developer) { gitlab, call, holder in
            try gitlab.createCommit(call, in: holder)
        },
        .under(.project, "GET", "repository/tree", role: .reporter) { gitlab, call, holder in
            try gitlab.listTree(call, in: holder)
        },
    ]

    /// The branch that a parameter names, else the default one.
    func branch(_ call: GitLabCall, _ name: String, of project: Project) throws -> Repository.Branch {
        var reference = try call.arguments.text(name) ?? project.defaultBranch
        if reference == "HEAD" { reference = project.defaultBranch }
        if reference.hasPrefix("refs/heads/") { reference.removeFirst("refs/heads/".count) }
        guard let branch = project.repository.branches[reference] else {
            throw GitLabFailure.notFound(project.repository.branches.isEmpty ? "Tree" : "Commit")
        }
        return branch
    }

    private mutating func createBranch(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("branch", "ref")
        let project = try project(holder)
        let name = try call.arguments.text("branch") ?? ""
        guard project.repository.branches[name] == nil else {
            throw GitLabFailure.message(400, "Branch already exists")
        }
        guard let source = try? branch(call, "ref", of: project) else {
            throw GitLabFailure.message(400, "Invalid reference name: \(name)")
        }
        projects[project.id]?.repository.branches[name] = source
        return .json(201, Self.render(branch: name, of: try self.project(holder), base: call.base))
    }

    private func listTree(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let branch = try branch(call, "ref", of: try project(holder))
        let path = try call.arguments.text("path") ?? ""
        let folder = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
        let recursive = try call.arguments.flag("recursive") ?? false
        var entries: [String: String] = [:]
        for (file, content) in branch.files where file.hasPrefix(folder) {
            let parts = file.dropFirst(folder.count).split(separator: "/").map(String.init)
            for depth in 1..<max(parts.count, 1) where recursive || depth == 1 {
                entries[folder + parts.prefix(depth).joined(separator: "/")] = ""
            }
            if recursive || parts.count == 1 { entries[file] = content.blobID }
        }
        guard !entries.isEmpty || folder.isEmpty else { throw GitLabFailure.notFound("Tree") }
        let sorted = entries.sorted { ($0.value.isEmpty ? 0 : 1, $0.key) < ($1.value.isEmpty ? 0 : 1, $1.key) }
        return try call.page(sorted) { path, blob in
            let id = blob.isEmpty ? Self.digest("tree \(path)") : blob
            let executable = branch.files[path]?.executable == true
            return [
                "id": .string(id), "name": .string(path.split(separator: "/").last.map(String.init) ?? ""),
                "type": blob.isEmpty ? "tree" : "blob", "path": .string(path),
                "mode": blob.isEmpty ? "040000" : executable ? "100755" : "100644",
            ]
        }
    }

    private static func render(branch name: String, of project: Project, base: String) -> JSON {
        [
            "name": .string(name), "merged": false, "default": .bool(name == project.defaultBranch),
            "protected": false,
            "developers_can_push": false, "developers_can_merge": false, "can_push": true,
            "commit": project.repository.branches[name]?.commits.last.map { render($0) } ?? .null,
        ]
    }

    static func render(_ commit: Commit) -> JSON {
        let time = JSON.string(GitLabTime.text(commit.createdAt))
        return [
            "id": .string(commit.id), "short_id": .string(String(commit.id.prefix(8))),
            "title": .string(commit.message.split(separator: "\n").first.map(String.init) ?? ""),
            "message": .string(commit.message), "parent_ids": .array(commit.parents.map(JSON.string)),
            "author_name": .string(commit.author), "author_email": .string(commit.email), "authored_date": time,
            "committer_name": .string(commit.author), "committer_email": .string(commit.email),
            "committed_date": time, "created_at": time,
        ]
    }
}
