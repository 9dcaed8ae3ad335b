package import AulaEngine
package import AulaModel
package import Foundation
import Synchronization

/// Turns changes in GitLab into REST calls, and what GitLab says into an observation.
package struct GitLabExecutor: Executor {
    package var system: System { .gitlab }

    private let place: GitLabHome
    private let client: GitLabClient
    /// What stands in the way of the first request, in words.
    private let obstacle: ExecutionError?
    private let doubts = Doubts()

    /// Makes an executor; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - place: the file's `gitlab:`.
    ///   - url: where to go instead of the file's `gitlab.url`: the value of `AULA_GITLAB_URL`.
    ///   - token: a personal or group access token with the scope `api`; the value of `GITLAB_TOKEN`.
    ///   - transport: what sends the requests.
    ///   - reading: how reads are tried again.
    ///   - now: the clock that rate limits are read by.
    package init(
        _ place: GitLabHome, url: String? = nil, token: Secret, transport: any HTTPTransport,
        reading: RetryPolicy = RetryPolicy(), now: @escaping @Sendable () -> Date = { Date() }
    ) {
        var base = url.flatMap { $0.isEmpty ? nil : $0 } ?? place.url
        while base.hasSuffix("/") { base.removeLast() }
        let secret = token.revealed.trimmingCharacters(in: .whitespacesAndNewlines)
        self.place = place
        client = GitLabClient(url: base, token: Secret(secret), transport: transport, reading: reading, now: now)
        obstacle = Self.obstacle(base, token: secret, host: client.host)
    }

    private static func obstacle(_ url: String, token: String, host: String) -> ExecutionError? {
        if token.isEmpty {
            return ExecutionError(
                "GITLAB_TOKEN is not set",
                hint: "make a personal access token with the scope `api` at \(host) and export it as GITLAB_TOKEN")
        }
        let isLocal = ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
        guard url.hasPrefix("http://"), !isLocal else { return nil }
        return ExecutionError(
            "\(url) is not encrypted, and the token would travel in the clear", hint: "use https:// in gitlab.url")
    }

    package func observe(_ request: ObservationRequest) async -> Observation {
        if let obstacle {
            return Observation(gaps: [.init(.system(.gitlab), reason: obstacle.message, hint: obstacle.hint)])
        }
        var survey = GitLabSurvey(client.saying(request.progress), place, request)
        return await survey.run()
    }

    package func perform(_ step: Step) async throws -> StepResult {
        if let obstacle { throw obstacle }
        guard let type = GitLabKinds.named(step.change.address.kind) else {
            throw ExecutionError("\(step.change.address): aula does not know this kind of GitLab thing")
        }
        let kind = type.init(GitLabSession(client: client.saying(step.progress), doubts: doubts))
        do {
            return try await kind.perform(step)
        } catch let failure as GitLabFailure {
            throw failure.error(doing: "\(step.change.address)", at: client)
        }
    }

    package func preflight(_ plan: Plan) async -> [Diagnostic] {
        guard obstacle == nil else { return [] }
        return await GitLabPreflight(client: client, place: place, plan: plan).run()
    }

    package func lock(of mark: Mark) -> (any SharedLock)? {
        obstacle == nil ? VariableLock(client: client, group: place.group, mark: mark) : nil
    }

    package func close() async {}
}

/// Addresses whose last POST may have been carried out without our learning of it.
final class Doubts: Sendable {
    private let addresses = Mutex<Set<Address>>([])

    func raise(_ address: Address) { addresses.withLock { _ = $0.insert(address) } }

    /// Whether there was a doubt; it is settled by asking.
    func settle(_ address: Address) -> Bool { addresses.withLock { $0.remove(address) != nil } }
}
