import AulaModel
import Foundation

/// Clones, fetches and pushes of real git clients, over HTTP.
extension GitLabMachine {
    /// Who stands behind a git client's password.
    private enum Principal {
        case user(GitLabInstance.User, mayWrite: Bool)
        /// A deploy token of a project or group.
        case reader(GitLabInstance.Holder)
    }

    private static let services = ["info/refs", "git-upload-pack", "git-receive-pack"]

    /// The answer to a git client; nil for every other request.
    func transfer(_ request: SandboxRequest, now: Date) async throws -> SandboxResponse? {
        guard let end = request.path.range(of: ".git/"), end.lowerBound != request.path.startIndex,
            Self.services.contains(String(request.path[end.upperBound...]))
        else { return nil }
        let service = String(request.path[end.upperBound...])
        let path = request.path[..<end.lowerBound].dropFirst().removingPercentEncoding ?? ""
        let name = service == "info/refs" ? request.parameter("service") ?? "" : service
        guard name == "git-upload-pack" || name == "git-receive-pack" else {
            return Self.plain(403, "Git clients of the dumb protocol are not served.")
        }
        guard let principal = principal(of: request, now: now) else {
            var answer = Self.plain(401, "HTTP Basic: Access denied. Use a token as the password.")
            answer.headers.append(("WWW-Authenticate", "Basic realm=\"GitLab\""))
            return answer
        }
        let unknown = "The project you were looking for could not be found or you don't have permission to view it."
        guard let id = instance.projectID(at: path), let project = instance.projects[id] else {
            return Self.plain(404, unknown)
        }
        var transfer = GitTransfer(
            repository: Self.repository(of: id), service: service, request: request, user: "", refusal: nil)
        let isPush = name == "git-receive-pack"
        switch principal {
        case .reader(let holder):
            let holders = [.project(id)] + instance.ancestors(of: .project(id))
            guard holders.contains(holder), !isPush else { return Self.plain(isPush ? 403 : 404, unknown) }
        case .user(let user, let mayWrite):
            guard instance.isVisible(.project(id), to: user) else { return Self.plain(404, unknown) }
            guard (try? instance.requireCode(.project(id), for: user)) != nil else {
                return Self.plain(403, "You are not allowed to download code from this project.")
            }
            guard isPush else { break }
            guard mayWrite, instance.access(of: user, on: .project(id)) >= .developer else {
                return Self.plain(403, "You are not allowed to push code to this project.")
            }
            guard !instance.isArchived(.project(id)) else {
                return Self.plain(403, "You can't push code to an archived project.")
            }
            transfer.user = user.username
            transfer.steady = project.heads.keys.filter { branch in
                let rules = instance.protections("protected_branches", of: branch, in: .project(id))
                return !rules.isEmpty && !rules.contains { $0.flag("allow_force_push") }
            }
            if service == "git-receive-pack" { transfer.refusal = refusal(of: request.body, to: project, by: user) }
        }
        _ = try await git(id, ["symbolic-ref", "HEAD", "refs/heads/\(project.defaultBranch)"])
        let answer = try await repositories.serve(transfer)
        if service == "git-receive-pack", case .user(let user, _) = principal {
            for (branch, commit) in try await readRefs(of: id) {
                moved(branch, to: commit, of: id, by: user, now: now)
                if let commit { await pushed(branch, commit, to: id, by: user, now: now) }
            }
        }
        return answer
    }

    private static func plain(_ status: Int, _ text: String) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: .bytes(Data((text + "\n").utf8)))
    }

    /// The password of HTTP Basic is a token; the name matters for deploy tokens only.
    private func principal(of request: SandboxRequest, now: Date) -> Principal? {
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1]))
        else {
            return nil
        }
        let sides = String(decoding: data, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        guard sides.count == 2 else { return nil }
        if let name = instance.settings.tokens[sides[1]],
            let user = instance.users.values.first(where: { $0.username == name })
        {
            return .user(user, mayWrite: true)
        }
        if let issued = instance.issuedTokens[sides[1]], let user = instance.users[issued.user],
            issued.expires > GitLabTime.day(now)
        {
            let reads = ["api", "read_repository", "write_repository"]
            guard issued.scopes.contains(where: reads.contains) else { return nil }
            return .user(user, mayWrite: issued.scopes.contains { $0 == "api" || $0 == "write_repository" })
        }
        let holders =
            instance.groups.keys.map(GitLabInstance.Holder.group)
            + instance.projects.keys.map(GitLabInstance.Holder.project)
        for holder in holders {
            let tokens = instance.things("deploy_tokens", of: holder)
            let found = tokens.first { $0["token"] == .string(sides[1]) && $0["username"] == .string(sides[0]) }
            guard let found, found["scopes"].array?.contains("read_repository") == true else { continue }
            guard found["expires_at"].string.map({ $0 > GitLabTime.text(now) }) ?? true else { continue }
            return .reader(holder)
        }
        return nil
    }

    /// Why a push may not be: what it asks for stands before the pack, in lines that carry their length.
    private func refusal(of body: Data, to project: Project, by user: GitLabInstance.User) -> String? {
        let zero = String(repeating: "0", count: 40)
        var rest = body
        while let length = Int(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16), length > 4,
            rest.count >= length
        {
            let line = rest.dropFirst(4).prefix(length - 4)
            rest = rest.dropFirst(length)
            let words = String(decoding: line.prefix { $0 != 0 }, as: UTF8.self)
                .trimmingCharacters(in: .newlines).split(separator: " ").map(String.init)
            guard words.count == 3 else { continue }
            let holder = GitLabInstance.Holder.project(project.id)
            if words[2].hasPrefix("refs/tags/") {
                let name = String(words[2].dropFirst("refs/tags/".count))
                guard instance.may("create", name, in: holder, user) else {
                    return "You are not allowed to create this tag as it is protected."
                }
                continue
            }
            guard words[2].hasPrefix("refs/heads/") else { continue }
            let name = String(words[2].dropFirst("refs/heads/".count))
            if words[1] == zero, name == project.defaultBranch {
                return "The default branch of a project cannot be deleted."
            }
            // The first push of an empty repository goes to a branch that is protected with it.
            let level = instance.access(of: user, on: holder)
            if project.heads.isEmpty, name == project.defaultBranch, level < .maintainer {
                return "You are not allowed to create protected branches on this project."
            }
            guard instance.may("push", name, in: holder, user) else {
                return "You are not allowed to push code to protected branches on this project."
            }
        }
        return nil
    }
}

extension GitLabInstance {
    /// The project at a full path, or that was there before.
    fileprivate func projectID(at path: String) -> Int? {
        if case .project(let id)? = index[path.lowercased()] { return id }
        return redirects[path.lowercased()]
    }
}
