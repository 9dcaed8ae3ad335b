import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Synchronization

@testable import AulaExecutors

/// The sandbox's state machine as a cluster, without a socket; its clock moves only when someone waits.
final class SandboxCluster: HTTPTransport {
    let machine: KubernetesMachine
    private struct State {
        var now = Date(timeIntervalSince1970: 1_800_000_000)
        var requests: [APIRequest] = []
        var intercept: Intercept?
        var user: String?
    }

    /// Stands between: may answer itself, break off, or let the cluster answer.
    typealias Intercept = @Sendable (APIRequest, _ deliver: () async -> APIResponse) async throws -> APIResponse

    private let state = Mutex(State())

    init(settings: ClusterSettings = ClusterSettings()) {
        machine = KubernetesMachine(
            identity: ClusterIdentity(name: "test", adminToken: "admin", caPEM: "PEM"), settings: settings,
            now: Date(timeIntervalSince1970: 1_800_000_000))
    }

    var requests: [APIRequest] { state.withLock { $0.requests } }
    var writes: [APIRequest] { requests.filter { $0.method != "GET" } }

    func forgetRequests() { state.withLock { $0.requests = [] } }

    func intercept(_ closure: Intercept?) {
        state.withLock { $0.intercept = closure }
    }

    /// Whose rights the executor has from now on; nil for the administrator's.
    func act(as user: String?) { state.withLock { $0.user = user } }

    /// Breaks the connection of the first request with this method, before the cluster saw it or after it answered.
    func breakOnce(_ method: String, afterwards: Bool) {
        let isPending = Mutex(true)
        intercept { request, deliver in
            guard request.method == method, isPending.withLock({ exchange(&$0, false) }) else { return await deliver() }
            if afterwards { _ = await deliver() }
            throw TransportError.connectionLost("reset")
        }
    }

    /// Lets time pass, and the controllers work.
    func pass(_ duration: Duration) async {
        let now = state.withLock { state in
            state.now += Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
            return state.now
        }
        await machine.advance(to: now)
    }

    /// Waits as the executor does, in the cluster's time.
    var patience: Patience {
        let pass: @Sendable (Duration) async throws -> Void = { await self.pass($0) }
        var reading = RetryPolicy(attempts: 3)
        reading.sleep = pass
        return Patience(reading: reading, sleep: pass)
    }

    func send(_ request: APIRequest) async throws -> APIResponse {
        let (intercept, now) = state.withLock { state in
            state.requests.append(request)
            return (state.intercept, state.now)
        }
        var request = request
        request.headers["Impersonate-User"] = state.withLock { $0.user }
        guard let intercept else { return await answer(request, now: now) }
        return try await intercept(request) { await answer(request, now: now) }
    }

    private func answer(_ request: APIRequest, now: Date) async -> APIResponse {
        var headers = Dictionary(
            request.headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { _, last in last })
        headers["authorization"] = "Bearer admin"
        await machine.advance(to: now)
        let answer = await machine.respond(
            to: SandboxRequest(
                method: request.method, path: request.path, query: request.query, headers: headers,
                body: request.body ?? Data()), now: now)
        guard case .bytes(let body) = answer.body else { return APIResponse(status: 500) }
        return APIResponse(
            status: answer.status,
            headers: Dictionary(
                answer.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { _, last in last }),
            body: body)
    }

    /// What somebody else does with kubectl, unseen by the executor.
    @discardableResult
    func someone(
        _ method: String, _ path: String, manager: String = "kubectl-create", content: String = "application/json",
        _ body: JSON? = nil
    ) async -> APIResponse {
        await answer(
            APIRequest(
                .unixSocket(""), method, path, query: [("fieldManager", manager)], headers: ["Content-Type": content],
                body: body?.data), now: state.withLock { $0.now })
    }
}

private func exchange(_ value: inout Bool, _ new: Bool) -> Bool {
    defer { value = new }
    return value
}
