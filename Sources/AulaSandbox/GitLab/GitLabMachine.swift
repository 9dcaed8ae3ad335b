package import AulaModel
package import Foundation

/// The sandbox's GitLab: REST API v4 of a self-managed instance, as far as provisioning a course needs it.
///
/// Its records are a value that knows no effect; its repositories are git's own, reached through a protocol.
package actor GitLabMachine: SandboxMachine {
    var instance: GitLabInstance
    let repositories: any GitRepositories
    /// What runs jobs; nil leaves them waiting.
    let runner: (any JobRunner)?
    var runningJobs: [Int: Task<Void, Never>] = [:]
    /// The repositories that are known to exist.
    var madeRepositories: Set<Int> = []

    /// Starts from what `snapshot()` gave before, or with the seeded users and groups.
    ///
    /// - Throws: `DecodingError` for a snapshot of another shape.
    package init(
        settings: GitLabSettings = GitLabSettings(), repositories: any GitRepositories = NoRepositories(),
        runner: (any JobRunner)? = nil,
        snapshot: JSON? = nil, now: Date = Date()
    ) throws {
        self.repositories = repositories
        self.runner = runner
        if let snapshot {
            instance = try JSONDecoder().decode(GitLabInstance.self, from: snapshot.data)
            instance.settings = settings
            instance.rebuildIndex()
        } else {
            instance = GitLabInstance(settings: settings, now: now)
        }
    }

    package func respond(to request: SandboxRequest, now: Date) async -> SandboxResponse {
        var response: SandboxResponse
        do {
            if let answer = try await transfer(request, now: now) { return answer }
            let (route, call) = try instance.open(request, now: now)
            switch route.work {
            case .pure(let answer): response = try answer(&instance, call)
            case .git(let answer): response = try await answer(self, call)
            }
            response.headers += instance.traffic.headers(call.user, limit: instance.settings.throttle, now: now)
        } catch let failure as GitLabFailure {
            response = failure.response
        } catch {
            response = GitLabFailure.message(500, "500 Internal Server Error - \(error)").response
        }
        if request.method == "HEAD" { response.body = .bytes(Data()) }
        return response
    }

    package func advance(to now: Date) async {
        startJobs(now: now)
        stopCanceledJobs()
        for project in instance.advance(to: now) {
            madeRepositories.remove(project)
            await repositories.remove(Self.repository(of: project))
        }
    }

    package func snapshot() -> JSON {
        guard let data = try? JSONEncoder().encode(instance), let json = try? JSON(parsing: data) else { return .null }
        return json
    }

    /// Changes the set-up while it runs, for instance to switch certificate-based clusters off.
    package func configure(_ change: @Sendable (inout GitLabSettings) -> Void) {
        change(&instance.settings)
    }
}
