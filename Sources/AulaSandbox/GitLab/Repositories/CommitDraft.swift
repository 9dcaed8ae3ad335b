import Foundation

/// A commit before git makes it: whole files that come, and paths that go.
struct CommitDraft {
    enum Content {
        case data(Data)
        /// What the repository already has, by its sum.
        case blob(String)
    }

    struct File {
        var content: Content
        var isExecutable = false
    }

    var branch: String
    var message: String
    var author: GitLabInstance.User
    var authorName: String?
    var authorEmail: String?
    /// The commit that it follows; nil for the first of a repository.
    var parent: String?
    /// Whether the branch may lose commits.
    var isForced = false
    /// Path to its file; nil takes it away.
    var changes: [String: File?] = [:]

    init(branch: String, message: String, author: GitLabInstance.User) {
        self.branch = branch
        self.message = message
        self.author = author
    }

    func adding(_ path: String, _ data: Data) -> CommitDraft {
        var draft = self
        draft.changes[path] = File(content: .data(data))
        return draft
    }

    /// What `git fast-import` reads; its one answer is the new commit's sum.
    func stream(now: Date) -> Data {
        var stream = Data()
        func line(_ text: String) { stream += Data("\(text)\n".utf8) }
        func data(_ content: Data) {
            line("data \(content.count)")
            stream += content
            line("")
        }
        let stamp = "\(Int(now.timeIntervalSince1970)) +0000"
        let plain = { (text: String) in text.filter { !"<>\n\0".contains($0) } }
        line("commit refs/heads/\(branch)")
        line("mark :1")
        line("author \(plain(authorName ?? author.name)) <\(plain(authorEmail ?? author.email))> \(stamp)")
        line("committer \(author.gitName) \(stamp)")
        data(Data(message.utf8))
        if let parent { line("from \(parent)") }
        for (path, file) in changes.sorted(by: { ($0.value == nil ? 0 : 1, $0.key) < ($1.value == nil ? 0 : 1, $1.key) }
        ) {
            guard let file else {
                line("D \(Self.quoted(path))")
                continue
            }
            let mode = file.isExecutable ? "100755" : "100644"
            switch file.content {
            case .blob(let sum): line("M \(mode) \(sum) \(Self.quoted(path))")
            case .data(let content):
                line("M \(mode) inline \(Self.quoted(path))")
                data(content)
            }
        }
        line("get-mark :1")
        line("done")
        return stream
    }

    private static func quoted(_ path: String) -> String {
        let escaped = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
