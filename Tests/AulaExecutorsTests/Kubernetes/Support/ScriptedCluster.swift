import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

/// A cluster that answers what a test says, and fails the test for anything else.
final class ScriptedCluster: HTTPTransport {
    typealias Answer = @Sendable (APIRequest) throws -> APIResponse

    private struct State {
        var answers: [String: [Answer]] = [:]
        var requests: [APIRequest] = []
    }

    private let state = Mutex(State())

    var requests: [APIRequest] { state.withLock { $0.requests } }
    var lines: [String] { requests.map(\.callLine) }

    /// Answers a request by method and path; of several answers the last one stays.
    func on(_ line: String, _ answers: Answer...) {
        state.withLock { $0.answers[line, default: []] += answers }
    }

    func on(_ line: String, _ status: Int, _ body: JSON = [:], headers: [String: String] = [:]) {
        on(line) { _ in .object(status, body, headers: headers) }
    }

    func send(_ request: APIRequest) async throws -> APIResponse {
        let answer = state.withLock { state -> Answer? in
            state.requests.append(request)
            let line = "\(request.method) \(request.path)"
            guard let first = state.answers[line]?.first else { return nil }
            if let count = state.answers[line]?.count, count > 1 { state.answers[line]?.removeFirst() }
            return first
        }
        guard let answer else {
            Issue.record("nobody said what to answer to \(request.callLine)")
            return .object(501, ["kind": "Status", "message": "\(request.callLine) was not foreseen"])
        }
        return try answer(request)
    }
}

extension APIRequest {
    /// `GET /api/v1/secrets?limit=500`.
    var callLine: String {
        let query = query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return "\(method) \(path)" + (query.isEmpty ? "" : "?\(query)")
    }

    var sent: JSON { (try? JSON(parsing: body ?? Data())) ?? .null }

    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

extension APIResponse {
    static func object(_ status: Int, _ body: JSON, headers: [String: String] = [:]) -> APIResponse {
        APIResponse(status: status, headers: headers, body: body.data)
    }

    static func list(_ items: [JSON], next: String? = nil) -> APIResponse {
        .object(200, ["kind": "List", "metadata": ["continue": .string(next ?? "")], "items": .array(items)])
    }

    static func refusal(
        _ status: Int, _ reason: String, _ message: String, causes: [JSON] = []
    ) -> APIResponse {
        .object(
            status,
            [
                "kind": "Status", "status": "Failure", "reason": .string(reason), "message": .string(message),
                "code": .int(status), "details": ["causes": .array(causes)],
            ])
    }
}
