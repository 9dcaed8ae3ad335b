import AulaModel
import Foundation

/// Commits: listed, compared, and made of several file actions, all or none.
extension GitLabMachine {
    static let commitRoutes: [GitLabRoute] = [
        .code("GET", "repository/commits") { try await $0.listCommits($1, $2) },
        .git("POST", "repository/commits", role: .developer) { try await $0.createCommit($1, $2) },
        .code("GET", "repository/commits/:commit") { machine, call, project in
            let sha = try await machine.namedCommit(call, project)
            return .json(200, try await machine.detail(sha, call, project))
        },
        .code("GET", "repository/commits/:commit/diff") { machine, call, project in
            let sha = try await machine.namedCommit(call, project)
            let parent = try await machine.git(project.id, ["rev-parse", "--verify", "--quiet", "\(sha)^"])
            let from = parent.isGood ? parent.line : GitLabMachine.emptyTree
            return try call.page(GitDiff.files(try await machine.output(project.id, GitDiff.arguments + [from, sha]))) {
                $0
            }
        },
        .code("GET", "repository/compare") { try await $0.compare($1, $2) },
    ]

    /// Git's name for a tree without files.
    private static let emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

    private func namedCommit(_ call: GitLabCall, _ project: Project) async throws -> String {
        guard let sha = try await commit(call.parameter("commit"), of: project) else {
            throw GitLabFailure.notFound("Commit")
        }
        return sha
    }

    private func listCommits(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        guard !project.heads.isEmpty else { return .json(200, []) }
        let arguments = call.arguments
        let (page, size) = try call.pageAndSize()
        var words = ["log", GitLog.format, "--skip=\((page - 1) * size)", "--max-count=\(size + 1)"]
        let withStats = try arguments.flag("with_stats") ?? false
        if withStats { words.append("--numstat") }
        for name in ["since", "until", "author"] {
            if let value = try arguments.text(name) { words.append("--\(name)=\(value)") }
        }
        if try arguments.flag("first_parent") == true { words.append("--first-parent") }
        if try arguments.flag("all") == true {
            words.append("--all")
        } else {
            words.append(try await commit(call, "ref_name", of: project, what: "Commit"))
        }
        words.append("--")
        if let path = try arguments.text("path") { words.append(path) }
        let log = GitLog(try await output(project.id, words), page: pageAddress(project, call)).commits
        let rendered = log.prefix(size).map { commit in
            var json = commit.json
            if withStats { json["stats"] = commit.stats }
            return json
        }
        return .json(200, .array(rendered), headers: call.pageHeaders(page, size, hasNext: log.count > size))
    }

    /// A commit with its numbers and its last pipeline.
    func detail(_ sha: String, _ call: GitLabCall, _ project: Project) async throws -> JSON {
        let log = try await output(project.id, ["log", "--max-count=1", "--numstat", GitLog.format, sha, "--"])
        guard let commit = GitLog(log, page: pageAddress(project, call)).commits.first else {
            throw GitLabFailure.notFound("Commit")
        }
        let pipeline = instance.lastPipeline(of: sha, in: .project(project.id))
        var json = commit.json
        json["stats"] = commit.stats
        json["project_id"] = .int(project.id)
        json["last_pipeline"] = pipeline.map { instance.basic($0, .project(project.id), call) } ?? .null
        json["status"] = pipeline?["status"] ?? .null
        return json
    }

    private func compare(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        try call.arguments.require("from", "to")
        let (from, to) = (try call.arguments.text("from") ?? "", try call.arguments.text("to") ?? "")
        guard let start = try await commit(from, of: project), let end = try await commit(to, of: project) else {
            throw GitLabFailure.notFound("Ref")
        }
        let isStraight = try call.arguments.flag("straight") ?? false
        let base = isStraight ? start : try await mergeBase(start, end, project)
        let page = pageAddress(project, call)
        let log = GitLog(
            try await output(project.id, ["log", "--reverse", GitLog.format, "\(start)..\(end)", "--"]), page: page)
        let diffs = GitDiff.files(try await output(project.id, GitDiff.arguments + [base ?? Self.emptyTree, end]))
        return .json(
            200,
            [
                "commit": log.commits.last?.json ?? .null, "commits": .array(log.commits.map(\.json)),
                "diffs": .array(diffs), "compare_timeout": false, "compare_same_ref": .bool(start == end),
                "web_url": .string("\(page)/-/compare/\(from)...\(to)"),
            ])
    }

    func mergeBase(_ one: String, _ other: String, _ project: Project) async throws -> String? {
        let output = try await git(project.id, ["merge-base", one, other])
        return output.isGood ? output.line : nil
    }

    // MARK: Making one

    private func createCommit(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("branch", "commit_message", "actions")
        let name = try arguments.text("branch") ?? ""
        guard instance.may("push", name, in: .project(project.id), call.user) else {
            throw GitLabFailure.forbidden("You are not allowed to push into this branch")
        }
        var draft = try await draft(name, call, project)
        var tree = try await FileTree(of: draft.parent, project, self)
        for (position, action) in (arguments["actions"]?.array ?? []).enumerated() {
            let change = try FileAction(action, at: position)
            if let known = change.lastCommit, let parent = draft.parent {
                try await requireUnchanged(change.previousPath ?? change.path, since: known, parent, project)
            }
            try tree.perform(change)
        }
        draft.changes = tree.changes
        let sha = try await write(draft, to: project, now: call.now)
        return .json(201, try await detail(sha, call, self.project(project.id)))
    }

    /// A commit that follows the branch, or what the request says that the branch begins from.
    ///
    /// - Throws: 400 when the branch does not exist and no start is given.
    func draft(_ name: String, _ call: GitLabCall, _ project: Project) async throws -> CommitDraft {
        let arguments = call.arguments
        guard RefName.isValid(name) else { throw GitLabFailure.message(400, "Branch name is invalid") }
        var draft = CommitDraft(branch: name, message: try arguments.text("commit_message") ?? "", author: call.user)
        draft.authorName = try arguments.text("author_name")
        draft.authorEmail = try arguments.text("author_email")
        draft.parent = project.heads[name]
        let start = try arguments.text("start_sha") ?? arguments.text("start_branch")
        if let start, start != name, !project.heads.isEmpty {
            draft.isForced = try arguments.flag("force") ?? false
            guard draft.parent == nil || draft.isForced else {
                throw GitLabFailure.message(
                    400, "A branch called '\(name)' already exists. Switch to that branch in order to make changes")
            }
            guard let sha = try await commit(start, of: project) else {
                throw GitLabFailure.message(400, "Cannot find start_branch '\(start)'")
            }
            draft.parent = sha
        }
        guard draft.parent != nil || project.heads.isEmpty else {
            throw GitLabFailure.message(400, "You can only create or edit files when you are on a branch")
        }
        return draft
    }

    func requireUnchanged(_ path: String, since known: String, _ parent: String, _ project: Project) async throws {
        let last = try await output(project.id, ["log", "--max-count=1", "--format=%H", parent, "--", path]).line
        guard last != known else { return }
        throw GitLabFailure.message(400, "The file has changed since you started editing it: \(path)")
    }

    /// Lets git make the commit, and notes it.
    func write(_ draft: CommitDraft, to project: Project, now: Date) async throws -> String {
        let arguments = ["fast-import", "--quiet", "--done"] + (draft.isForced ? ["--force"] : [])
        let made = try await git(project.id, arguments, input: draft.stream(now: now))
        guard made.isGood, made.line.count == 40 else {
            throw GitLabFailure.message(
                400, "Could not update refs/heads/\(draft.branch). Please refresh and try again.")
        }
        moved(draft.branch, to: made.line, of: project.id, by: draft.author, now: now)
        await pushed(draft.branch, made.line, to: project.id, by: draft.author, now: now)
        return made.line
    }
}
