import AulaModel
import Crypto
import Foundation

/// Commits of several file actions, all or none.
extension GitLabInstance {
    mutating func createCommit(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("branch", "commit_message", "actions")
        let project = try project(holder)
        let name = try arguments.text("branch") ?? ""
        try requirePush(to: name, of: project, for: call.user)
        let start = try startOfBranch(name, of: project, call)
        var files = (project.repository.branches[name] ?? start)?.files ?? [:]
        var changed: [String: RepositoryFile?] = [:]
        for action in arguments["actions"]?.array ?? [] {
            for (path, file) in try Self.perform(action, on: files) {
                files[path] = file
                changed[path] = file
            }
        }
        let commit = commit(
            changed, message: try arguments.text("commit_message") ?? "", to: name, of: project.id, author: call.user,
            now: call.now, from: start)
        var json = Self.render(commit)
        json["stats"] = ["additions": .int(changed.count), "deletions": 0, "total": .int(changed.count)]
        json["status"] = .null
        json["project_id"] = .int(project.id)
        json["web_url"] = .string("\(call.base)/\(fullPath(holder))/-/commit/\(commit.id)")
        return .json(201, json)
    }

    /// What a new branch begins from: nil for one that exists, and for the first of an empty repository.
    ///
    /// - Throws: 400 when the branch does not exist and no start is given.
    func startOfBranch(_ name: String, of project: Project, _ call: GitLabCall) throws -> Repository.Branch? {
        guard project.repository.branches[name] == nil else { return nil }
        guard !project.repository.branches.isEmpty else { return nil }
        guard call.arguments.has("start_branch") || call.arguments.has("start_sha") else {
            throw GitLabFailure.message(400, "You can only create or edit files when you are on a branch")
        }
        if let sha = try call.arguments.text("start_sha"),
            let found = project.repository.branches.values.first(where: { $0.commits.last?.id == sha })
        {
            return found
        }
        guard let found = try? branch(call, "start_branch", of: project) else {
            throw GitLabFailure.message(400, "Cannot find start_branch")
        }
        return found
    }

    func requirePush(to branch: String, of project: Project, for user: User) throws {
        guard !may("push", branch, in: .project(project.id), user) else { return }
        throw GitLabFailure.message(400, "You are not allowed to push into this branch")
    }

    /// The changes of one action on a tree.
    private static func perform(
        _ action: JSON, on files: [String: RepositoryFile]
    ) throws -> [(String, RepositoryFile?)] {
        guard let kind = action["action"]?.string else {
            throw GitLabFailure.parameter("actions[0][action] is missing")
        }
        guard let path = action["file_path"]?.string, !path.isEmpty else {
            throw GitLabFailure.message(400, "You must provide a file path")
        }
        guard !path.split(separator: "/").contains("..") else {
            throw GitLabFailure.message(400, "Path cannot include directory traversal")
        }
        let content = try content(action)
        switch kind {
        case "create":
            try refuse(path, in: files)
            let executable = action["execute_filemode"]?.bool ?? false
            return [(path, RepositoryFile(content: content ?? Data(), executable: executable))]
        case "update":
            var file = try present(path, in: files)
            file.content = content ?? file.content
            return [(path, file)]
        case "delete":
            _ = try present(path, in: files)
            return [(path, nil)]
        case "move":
            let previous = action["previous_path"]?.string ?? ""
            var file = try present(previous, in: files)
            try refuse(path, in: files)
            file.content = content ?? file.content
            return [(previous, nil), (path, file)]
        case "chmod":
            var file = try present(path, in: files)
            file.executable = action["execute_filemode"]?.bool ?? file.executable
            return [(path, file)]
        default: throw GitLabFailure.parameter("actions[0][action] does not have a valid value")
        }
    }

    private static func content(_ action: JSON) throws -> Data? {
        guard let text = action["content"]?.string else { return nil }
        guard action["encoding"]?.string == "base64" else { return Data(text.utf8) }
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            throw GitLabFailure.message(400, "Invalid base64")
        }
        return data
    }

    private static func present(_ path: String, in files: [String: RepositoryFile]) throws -> RepositoryFile {
        guard let file = files[path] else { throw GitLabFailure.message(400, "A file with this name doesn't exist") }
        return file
    }

    private static func refuse(_ path: String, in files: [String: RepositoryFile]) throws {
        guard files[path] == nil else { throw GitLabFailure.message(400, "A file with this name already exists") }
        guard !files.keys.contains(where: { $0.hasPrefix(path + "/") }) else {
            throw GitLabFailure.message(400, "A directory with this name already exists")
        }
    }

    /// Writes a commit, and protects a new default branch.
    ///
    /// `files` holds the changes: path to new content, nil to take the file away.
    @discardableResult
    mutating func commit(
        _ files: [String: RepositoryFile?], message: String, to name: String, of id: Int, author: User, now: Date,
        from start: Repository.Branch? = nil
    ) -> Commit {
        let isFirst = projects[id]?.repository.branches.isEmpty == true
        var branch = projects[id]?.repository.branches[name] ?? start ?? Repository.Branch()
        let parents = branch.commits.last.map { [$0.id] } ?? []
        let number = nextID("commit")
        let commit = Commit(
            id: Self.digest("commit \(id) \(number) \(message) \(now.timeIntervalSince1970)"), parents: parents,
            message: message, author: author.name, email: "\(author.username)@sandbox.invalid", createdAt: now)
        for (path, file) in files {
            branch.files[path] = file
            branch.files[path]?.commit = commit.id
        }
        branch.commits.append(commit)
        projects[id]?.repository.branches[name] = branch
        if isFirst, name == projects[id]?.defaultBranch {
            protect(name, of: .project(id), author: author.id, now: now)
        }
        return commit
    }

    static func digest(_ text: String) -> String {
        Insecure.SHA1.hash(data: Data(text.utf8)).map { hex($0) }.joined()
    }

    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}
