import AulaModel
import Crypto
import Foundation

/// Single files of a repository: read, and written by a commit each.
extension GitLabInstance {
    static let fileRoutes: [GitLabRoute] = [
        .under(.project, "GET", "repository/files/:path", role: .reporter) { gitlab, call, holder in
            try gitlab.getFile(call, in: holder)
        },
        .under(.project, "GET", "repository/files/:path/raw", role: .reporter) { gitlab, call, holder in
            let branch = try gitlab.branch(call, "ref", of: try gitlab.project(holder))
            guard let file = branch.files[call.parameter("path")] else { throw GitLabFailure.notFound("File") }
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(file.content))
        },
        .under(.project, "POST", "repository/files/:path", role: .developer) { gitlab, call, holder in
            try call.arguments.require("branch", "commit_message", "content")
            return try gitlab.writeFile(call, in: holder, status: 201, exists: false)
        },
        .under(.project, "PUT", "repository/files/:path", role: .developer) { gitlab, call, holder in
            try call.arguments.require("branch", "commit_message", "content")
            return try gitlab.writeFile(call, in: holder, status: 200, exists: true)
        },
        .under(.project, "DELETE", "repository/files/:path", role: .developer) { gitlab, call, holder in
            try call.arguments.require("branch", "commit_message")
            return try gitlab.writeFile(call, in: holder, status: 204, exists: true)
        },
    ]

    /// The content with its sums in the body, and the sums in headers for `HEAD`.
    private func getFile(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let branch = try branch(call, "ref", of: try project(holder))
        let path = call.parameter("path")
        guard let file = branch.files[path] else { throw GitLabFailure.notFound("File") }
        let sum = SHA256.hash(data: file.content).map { Self.hex($0) }.joined()
        let last = branch.commits.last?.id ?? ""
        let fields: [(header: String, key: String, value: JSON)] = [
            ("Blob-Id", "blob_id", .string(file.blobID)), ("Commit-Id", "commit_id", .string(last)),
            ("Content-Sha256", "content_sha256", .string(sum)), ("Encoding", "encoding", "base64"),
            ("Execute-Filemode", "execute_filemode", .bool(file.executable)),
            ("File-Name", "file_name", .string(path.split(separator: "/").last.map(String.init) ?? "")),
            ("File-Path", "file_path", .string(path)), ("Last-Commit-Id", "last_commit_id", .string(file.commit)),
            ("Ref", "ref", .string(try call.arguments.text("ref") ?? "HEAD")),
            ("Size", "size", .int(file.content.count)),
        ]
        var json = JSON.object(JSONObject(fields.map { ($0.key, $0.value) }))
        json["content"] = .string(file.content.base64EncodedString())
        let headers = fields.map { (name: "X-Gitlab-\($0.header)", value: $0.value.string ?? $0.value.text) }
        return .json(200, json, headers: headers)
    }

    private mutating func writeFile(
        _ call: GitLabCall, in holder: Holder, status: Int, exists: Bool
    ) throws -> SandboxResponse {
        let arguments = call.arguments
        let project = try project(holder)
        let name = try arguments.text("branch") ?? ""
        let path = call.parameter("path")
        try requirePush(to: name, of: project, for: call.user)
        let start = try startOfBranch(name, of: project, call)
        let present = (project.repository.branches[name] ?? start)?.files[path]
        guard (present != nil) == exists else {
            throw GitLabFailure.message(
                400, exists ? "A file with this name doesn't exist" : "A file with this name already exists")
        }
        var file: RepositoryFile?
        if status != 204 {
            let text = try arguments.text("content") ?? ""
            let isBase64 = try arguments.text("encoding") == "base64"
            guard let content = isBase64 ? Data(base64Encoded: text) : Data(text.utf8) else {
                throw GitLabFailure.message(400, "Invalid base64")
            }
            file = RepositoryFile(content: content, executable: present?.executable ?? false)
        }
        commit(
            [path: file], message: try arguments.text("commit_message") ?? "", to: name, of: project.id,
            author: call.user, now: call.now, from: start)
        guard status != 204 else { return GitLabCall.noContent() }
        return .json(status, ["file_path": .string(path), "branch": .string(name)])
    }
}
