import AulaEngine
import AulaSandbox
import Foundation
import Synchronization

/// Sends requests to the sandbox's GitLab in process, counts them, and breaks what a test asks it to break.
final class SandboxTransport: HTTPTransport {
    typealias Trouble = @Sendable (APIRequest, _ earlier: Int) -> Break?

    enum Break: Sendable {
        /// The request is carried out and its answer is lost.
        case answerLost
        case unreachable
        case answer(APIResponse)
    }

    let machine: GitLabMachine
    private let state = Mutex<(log: [String], trouble: Trouble?)>(([], nil))

    init(_ machine: GitLabMachine) { self.machine = machine }

    /// Every request so far: `POST projects/3/variables`.
    var log: [String] { state.withLock { $0.log } }
    var writes: [String] { log.filter { !$0.hasPrefix("GET ") } }

    func clear() { state.withLock { $0.log = [] } }

    /// `earlier` counts the requests of the same method and path before.
    func trouble(_ trouble: @escaping Trouble) { state.withLock { $0.trouble = trouble } }

    func send(_ request: APIRequest) async throws -> APIResponse {
        let line = "\(request.method) \(request.path.dropFirst("/api/v4/".count))"
        let trouble = state.withLock { state in
            let earlier = state.log.count { $0 == line }
            state.log.append(line)
            return state.trouble?(request, earlier)
        }
        switch trouble {
        case .unreachable: throw TransportError.cannotConnect("connection refused")
        case .answer(let response): return response
        case .answerLost:
            _ = await answer(request)
            throw TransportError.connectionLost("reset by peer")
        case nil: return await answer(request)
        }
    }

    private func answer(_ request: APIRequest) async -> APIResponse {
        var headers = ["host": "gitlab.test"]
        for (name, value) in request.headers { headers[name.lowercased()] = value }
        let response = await machine.respond(
            to: SandboxRequest(
                method: request.method, path: request.path, query: request.query, headers: headers,
                body: request.body ?? Data()), now: Date())
        guard case .bytes(let body) = response.body else { return APIResponse(status: 500) }
        return APIResponse(
            status: response.status,
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { _, new in new }, body: body
        )
    }
}
