package import Foundation

/// Where the real git repositories are: the one effect of the sandbox's GitLab.
///
/// Every file, commit, branch and comparison that the machine answers with is what git printed.
package protocol GitRepositories: Sendable {
    /// Runs git in one bare repository.
    ///
    /// - Throws: ``GitUnusable`` where git cannot be run at all; a status that is not 0 is an answer.
    func run(_ command: GitCommand) async throws -> GitOutput

    /// Lets `git http-backend` answer one request of a git client.
    ///
    /// - Throws: ``GitUnusable`` as above.
    func serve(_ transfer: GitTransfer) async throws -> SandboxResponse

    /// Takes a repository away.
    func remove(_ repository: String) async
}

/// One run of git, as a value.
package struct GitCommand: Sendable {
    /// The folder's name below the one project root: `12.git`.
    package var repository: String
    package var arguments: [String]
    package var input = Data()
}

package struct GitOutput: Sendable {
    package var status: Int
    package var data: Data
    package var errorText: String

    package init(status: Int, data: Data, errorText: String) {
        self.status = status
        self.data = data
        self.errorText = errorText
    }

    package var isGood: Bool { status == 0 }
    var text: String { String(decoding: data, as: UTF8.self) }
    /// The text without the line's end.
    var line: String { text.trimmingCharacters(in: .newlines) }
    /// The parts of an output of `-z`.
    var parts: [String] { text.split(separator: "\0").map(String.init) }
}

/// One request of git's smart protocol over HTTP, after it was allowed.
package struct GitTransfer: Sendable {
    package var repository: String
    /// `info/refs`, `git-upload-pack` or `git-receive-pack`.
    package var service: String
    package var request: SandboxRequest
    /// Who pushes; empty for a reader.
    package var user: String
    /// Why nothing may be pushed; the repository's hook tells it to the client.
    package var refusal: String?
    /// Branches that may not lose commits.
    package var steady: [String] = []
}

/// Why git cannot be run.
package struct GitUnusable: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// For a machine without repositories: everything that needs git is refused.
package struct NoRepositories: GitRepositories {
    package init() {}

    package func run(_ command: GitCommand) async throws -> GitOutput {
        throw GitUnusable("this GitLab was made without repositories")
    }

    package func serve(_ transfer: GitTransfer) async throws -> SandboxResponse {
        throw GitUnusable("this GitLab was made without repositories")
    }

    package func remove(_ repository: String) async {}
}
