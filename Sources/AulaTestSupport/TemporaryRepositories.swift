package import AulaSandbox
import AulaSandboxServer
import Foundation

/// Real git repositories for one test's GitLab, in a folder that goes with it.
package final class TemporaryRepositories: GitRepositories {
    private let folder: URL
    private let git: GitFolder

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "aula-git-\(UUID().uuidString)")
        git = try GitFolder(folder)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    package func run(_ command: GitCommand) async throws -> GitOutput { try await git.run(command) }
    package func serve(_ transfer: GitTransfer) async throws -> SandboxResponse { try await git.serve(transfer) }
    package func remove(_ repository: String) async { await git.remove(repository) }
}
