import AulaModel
import Foundation

/// One action of a commit: what it does to which file.
struct FileAction {
    enum Kind: String { case create, update, delete, move, chmod }

    var kind: Kind
    var path: String
    var previousPath: String?
    var content: Data?
    var isExecutable: Bool?
    var lastCommit: String?

    /// - Throws: 400 for an action that lacks something or whose path leads out of the repository.
    init(_ action: JSON, at position: Int) throws {
        guard let word = action["action"]?.string else {
            throw GitLabFailure.parameter("actions[\(position)][action] is missing")
        }
        guard let kind = Kind(rawValue: word) else {
            throw GitLabFailure.parameter("actions[\(position)][action] does not have a valid value")
        }
        self.kind = kind
        path = try Self.path(action["file_path"]?.string ?? "")
        previousPath = try action["previous_path"]?.string.map(Self.path)
        isExecutable = action["execute_filemode"]?.bool
        lastCommit = action["last_commit_id"]?.string
        if let text = action["content"]?.string {
            content = try Self.content(text, encoding: action["encoding"]?.string)
        }
    }

    init(_ kind: Kind, _ path: String, content: Data?) throws {
        self.kind = kind
        self.path = try Self.path(path)
        self.content = content
    }

    static func path(_ text: String) throws -> String {
        guard !text.isEmpty else { throw GitLabFailure.message(400, "You must provide a file path") }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(".."), !text.contains("\0") else {
            throw GitLabFailure.message(400, "Path cannot include directory traversal")
        }
        guard !parts.contains(where: { $0.lowercased() == ".git" }) else {
            throw GitLabFailure.message(400, "Invalid path: '\(text)'")
        }
        return parts.filter { !$0.isEmpty && $0 != "." }.joined(separator: "/")
    }

    static func content(_ text: String, encoding: String?) throws -> Data {
        guard encoding == "base64" else { return Data(text.utf8) }
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            throw GitLabFailure.message(400, "Invalid base64")
        }
        return data
    }
}

/// The files of a commit, and what actions make of them.
struct FileTree {
    private var files: [String: CommitDraft.File] = [:]
    private(set) var changes: [String: CommitDraft.File?] = [:]

    init(of commit: String?, _ project: GitLabInstance.Project, _ machine: isolated GitLabMachine) async throws {
        guard let commit else { return }
        for line in try await machine.output(project.id, ["ls-tree", "-r", "-z", commit]).parts {
            let sides = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let words = sides[0].split(separator: " ").map(String.init)
            guard sides.count == 2, words.count == 3, words[1] == "blob" else { continue }
            files[sides[1]] = CommitDraft.File(content: .blob(words[2]), isExecutable: words[0] == "100755")
        }
    }

    /// - Throws: 400 in the words of GitLab's index.
    mutating func perform(_ action: FileAction) throws {
        switch action.kind {
        case .create:
            try refuse(action.path)
            set(
                action.path,
                CommitDraft.File(content: .data(action.content ?? Data()), isExecutable: action.isExecutable ?? false))
        case .update, .chmod:
            var file = try present(action.path)
            if action.kind == .update, let content = action.content { file.content = .data(content) }
            file.isExecutable = action.isExecutable ?? file.isExecutable
            set(action.path, file)
        case .delete:
            _ = try present(action.path)
            set(action.path, nil)
        case .move:
            guard let previous = action.previousPath else {
                throw GitLabFailure.message(400, "You must provide a file path")
            }
            var file = try present(previous)
            try refuse(action.path)
            if let content = action.content { file.content = .data(content) }
            set(previous, nil)
            set(action.path, file)
        }
    }

    private mutating func set(_ path: String, _ file: CommitDraft.File?) {
        files[path] = file
        changes[path] = .some(file)
    }

    private func present(_ path: String) throws -> CommitDraft.File {
        guard let file = files[path] else { throw GitLabFailure.message(400, "A file with this name doesn't exist") }
        return file
    }

    private func refuse(_ path: String) throws {
        guard files[path] == nil else { throw GitLabFailure.message(400, "A file with this name already exists") }
        guard !files.keys.contains(where: { $0.hasPrefix(path + "/") }) else {
            throw GitLabFailure.message(400, "A directory with this name already exists")
        }
    }
}
