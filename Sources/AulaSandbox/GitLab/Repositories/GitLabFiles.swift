import AulaModel
import Crypto
import Foundation

/// Single files of a repository, its folders, and the whole as an archive.
extension GitLabMachine {
    static let fileRoutes: [GitLabRoute] =
        [
            .code("GET", "repository/files/:path") { try await $0.getFile($1, $2) },
            .code("GET", "repository/files/:path/raw") { machine, call, project in
                let sha = try await machine.commit(call, "ref", of: project, what: "Commit")
                let (_, entry) = try await machine.entry(call.parameter("path"), sha, project)
                let blob = try await machine.output(project.id, ["cat-file", "blob", entry])
                return SandboxResponse(
                    status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(blob.data))
            },
            .git("POST", "repository/files/:path", role: .developer) {
                try await $0.writeFile(.create, $1, $2, status: 201)
            },
            .git("PUT", "repository/files/:path", role: .developer) {
                try await $0.writeFile(.update, $1, $2, status: 200)
            },
            .git("DELETE", "repository/files/:path", role: .developer) {
                try await $0.writeFile(.delete, $1, $2, status: 204)
            },
            .code("GET", "repository/tree") { try await $0.listTree($1, $2) },
        ]
        + ["", ".tar.gz", ".tgz", ".tar", ".zip"].map { ending in
            .code("GET", "repository/archive\(ending)") { try await $0.archive(ending, $1, $2) }
        }

    /// The mode and the sum of a file in a commit.
    private func entry(_ path: String, _ commit: String, _ project: Project) async throws -> (
        mode: String, blob: String
    ) {
        let line = try await output(project.id, ["ls-tree", "-z", commit, "--", path]).parts.first ?? ""
        let words = line.split(separator: "\t", maxSplits: 1).first?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3, words[1] == "blob" else { throw GitLabFailure.notFound("File") }
        return (words[0], words[2])
    }

    /// The content with its sums in the body, and the sums in headers for `HEAD`.
    private func getFile(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        try call.arguments.require("ref")
        guard let ref = try call.arguments.text("ref"), !ref.isEmpty else {
            throw GitLabFailure.parameter("ref is empty")
        }
        let path = call.parameter("path")
        let sha = try await commit(call, "ref", of: project, what: "Commit")
        let (mode, blob) = try await entry(path, sha, project)
        let content = try await output(project.id, ["cat-file", "blob", blob]).data
        let last = try await output(project.id, ["log", "--max-count=1", "--format=%H", sha, "--", path]).line
        let sum = SHA256.hash(data: content).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let fields: [(header: String, key: String, value: JSON)] = [
            ("Blob-Id", "blob_id", .string(blob)), ("Commit-Id", "commit_id", .string(sha)),
            ("Content-Sha256", "content_sha256", .string(sum)), ("Encoding", "encoding", "base64"),
            ("Execute-Filemode", "execute_filemode", .bool(mode == "100755")),
            ("File-Name", "file_name", .string(path.split(separator: "/").last.map(String.init) ?? "")),
            ("File-Path", "file_path", .string(path)), ("Last-Commit-Id", "last_commit_id", .string(last)),
            ("Ref", "ref", .string(ref)), ("Size", "size", .int(content.count)),
        ]
        var json = JSON.object(JSONObject(fields.map { ($0.key, $0.value) }))
        json["content"] = .string(content.base64EncodedString())
        let headers = fields.map { (name: "X-Gitlab-\($0.header)", value: $0.value.string ?? $0.value.text) }
        return .json(200, json, headers: headers)
    }

    private func writeFile(
        _ kind: FileAction.Kind, _ call: GitLabCall, _ project: Project, status: Int
    ) async throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require(names: ["branch", "commit_message"] + (kind == .delete ? [] : ["content"]))
        let name = try arguments.text("branch") ?? ""
        let path = call.parameter("path")
        guard instance.may("push", name, in: .project(project.id), call.user) else {
            throw GitLabFailure.message(400, "You are not allowed to push into this branch")
        }
        let encoding = try arguments.choice("encoding", of: ["base64", "text"])
        let content = try arguments.text("content").map { try FileAction.content($0, encoding: encoding) }
        var draft = try await draft(name, call, project)
        var tree = try await FileTree(of: draft.parent, project, self)
        var action = try FileAction(kind, path, content: content)
        action.isExecutable = try arguments.flag("execute_filemode")
        if let known = try arguments.text("last_commit_id"), kind != .create, let parent = draft.parent {
            let last = try await output(project.id, ["log", "--max-count=1", "--format=%H", parent, "--", path]).line
            guard last == known else {
                throw GitLabFailure.message(
                    400, "You are attempting to update a file that has changed since you started editing it.")
            }
        }
        try tree.perform(action)
        draft.changes = tree.changes
        _ = try await write(draft, to: project, now: call.now)
        guard status != 204 else { return GitLabCall.noContent() }
        return .json(status, ["file_path": .string(path), "branch": .string(name)])
    }

    private func listTree(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let sha = try await commit(call, "ref", of: project, what: "Tree")
        let path = (try call.arguments.text("path") ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "/"))
        var words = ["ls-tree", "-z", "--full-tree"]
        if try call.arguments.flag("recursive") == true { words += ["-r", "-t"] }
        let listing = try await git(project.id, words + [path.isEmpty ? sha : "\(sha):\(path)"])
        guard listing.isGood else { throw GitLabFailure.notFound("invalid revision or path") }
        let entries = listing.parts.compactMap { line -> JSON? in
            let sides = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let words = sides[0].split(separator: " ").map(String.init)
            guard sides.count == 2, words.count == 3 else { return nil }
            return [
                "id": .string(words[2]), "name": .string(sides[1].split(separator: "/").last.map(String.init) ?? ""),
                "type": .string(words[1]), "path": .string(path.isEmpty ? sides[1] : "\(path)/\(sides[1])"),
                "mode": .string(words[0]),
            ]
        }
        let sorted = entries.filter { $0["type"] == "tree" } + entries.filter { $0["type"] != "tree" }
        return try call.page(sorted) { $0 }
    }

    private func archive(_ ending: String, _ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let reference = try call.arguments.text("sha") ?? project.defaultBranch
        guard let sha = try await commit(reference, of: project) else { throw GitLabFailure.notFound("File") }
        let name = "\(project.path)-\(reference.replacing("/", with: "-"))-\(sha)"
        let format = ["": "tar.gz", ".tgz": "tar.gz"][ending] ?? String(ending.dropFirst())
        var words = ["archive", "--format=\(format)", "--prefix=\(name)/", sha]
        if let path = try call.arguments.text("path") { words += ["--", path] }
        let archive = try await git(project.id, words)
        guard archive.isGood else { throw GitLabFailure.notFound("File") }
        let file = name + (ending.isEmpty ? ".tar.gz" : ending)
        return SandboxResponse(
            status: 200,
            headers: [
                ("Content-Type", "application/octet-stream"),
                ("Content-Disposition", "attachment; filename=\"\(file)\""),
            ], body: .bytes(archive.data))
    }
}
