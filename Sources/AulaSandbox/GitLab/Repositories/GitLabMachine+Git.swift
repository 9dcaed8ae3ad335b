import AulaModel
import Foundation

/// The way from a route to git and back.
extension GitLabMachine {
    typealias Project = GitLabInstance.Project
    typealias User = GitLabInstance.User

    /// Runs git in a project's repository, which the first run makes.
    func git(_ project: Int, _ arguments: [String], input: Data = Data()) async throws -> GitOutput {
        let repository = Self.repository(of: project)
        if !madeRepositories.contains(project) {
            let made = try await repositories.run(
                GitCommand(repository: repository, arguments: ["init", "--quiet", "--bare", "--initial-branch=main"]))
            guard made.isGood else { throw GitUnusable(made.errorText) }
            madeRepositories.insert(project)
        }
        return try await repositories.run(GitCommand(repository: repository, arguments: arguments, input: input))
    }

    static func repository(of project: Int) -> String { "\(project).git" }

    /// What git prints, where its failing is a fault of ours.
    func output(_ project: Int, _ arguments: [String], input: Data = Data()) async throws -> GitOutput {
        let output = try await git(project, arguments, input: input)
        guard output.isGood else { throw GitUnusable("git \(arguments[0]): \(output.errorText)") }
        return output
    }

    func project(_ id: Int) throws -> Project { try instance.project(.project(id)) }

    /// The commit that a branch, a tag, a sum or an expression names; nil where there is none.
    func commit(_ reference: String, of project: Project) async throws -> String? {
        guard !project.heads.isEmpty, !reference.contains("\n") else { return nil }
        if reference == "HEAD" { return project.heads[project.defaultBranch] }
        if let head = project.heads[reference] { return head }
        if reference.hasPrefix("refs/heads/") { return project.heads[String(reference.dropFirst("refs/heads/".count))] }
        let input = Data("\(reference)^{commit}\n".utf8)
        let answer = try await git(project.id, ["cat-file", "--batch-check"], input: input).line.split(separator: " ")
        return answer.count == 3 && answer[1] == "commit" ? String(answer[0]) : nil
    }

    /// The commit that a parameter names, else the default branch's.
    ///
    /// - Throws: 404 that names `what`.
    func commit(_ call: GitLabCall, _ parameter: String, of project: Project, what: String) async throws -> String {
        let reference = try call.arguments.text(parameter) ?? project.defaultBranch
        guard let sha = try await commit(reference.isEmpty ? project.defaultBranch : reference, of: project) else {
            throw GitLabFailure.notFound(what)
        }
        return sha
    }

    /// Reads the branches and tags anew, after a push; answers what changed.
    @discardableResult
    func readRefs(of id: Int) async throws -> [(branch: String, commit: String?)] {
        let format = "--format=%(refname)%00%(objectname)%00%(*objectname)"
        let lines = try await output(id, ["for-each-ref", format, "refs/heads", "refs/tags"]).text
        var heads: [String: String] = [:]
        var tags: [String: String] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { continue }
            if parts[0].hasPrefix("refs/heads/") {
                heads[String(parts[0].dropFirst("refs/heads/".count))] = parts[1]
            } else {
                tags[String(parts[0].dropFirst("refs/tags/".count))] = parts[2].isEmpty ? parts[1] : parts[2]
            }
        }
        let before = instance.projects[id]?.heads ?? [:]
        instance.projects[id]?.tags = tags
        let names = Set(before.keys).union(heads.keys).filter { before[$0] != heads[$0] }
        return names.sorted().map { ($0, heads[$0]) }
    }

    /// Notes a branch's new commit, or that it is gone.
    ///
    /// The first branch becomes the default one, protected.
    func moved(_ branch: String, to commit: String?, of id: Int, by user: User, now: Date) {
        guard let project = instance.projects[id] else { return }
        instance.projects[id]?.heads[branch] = commit
        instance.projects[id]?.updatedAt = now
        guard project.heads.isEmpty, commit != nil else { return }
        if instance.projects[id]?.heads[project.defaultBranch] == nil {
            instance.projects[id]?.defaultBranch = branch
        }
        instance.protect(branch, of: .project(id), author: user.id, now: now)
    }
}

/// What git itself does not take as a branch's or tag's name.
enum RefName {
    static func isValid(_ name: String) -> Bool {
        guard !name.isEmpty, !name.hasPrefix("-"), !name.hasPrefix("/"), !name.hasSuffix("/"), !name.hasSuffix("."),
            name != "@", name != "HEAD"
        else { return false }
        guard !name.contains(".."), !name.contains("//"), !name.contains("@{") else { return false }
        let forbidden = Set(" ~^:?*[\\\u{7F}")
        guard name.unicodeScalars.allSatisfy({ $0.value >= 32 }), !name.contains(where: forbidden.contains) else {
            return false
        }
        return name.split(separator: "/").allSatisfy { !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
    }
}
