import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Synchronization

/// The sandbox's machines without a socket, a process or real time: what commands meet when they run in a test.
final class World: Sendable {
    let clock = WorldClock()
    let gitlab: GitLabMachine
    /// By the context that leads to them; the empty name is the current context.
    let clusters: [String: KubernetesMachine]
    private let record = Mutex<[Sent]>([])

    /// A request that a machine answered.
    struct Sent: Sendable {
        var computer: String
        var line: String
        var status: Int
        var isWrite: Bool
    }

    init(contexts: [String] = [""]) throws {
        let now = clock.now
        gitlab = try GitLabMachine(now: now)
        clusters = Dictionary(
            uniqueKeysWithValues: contexts.map { name in
                (
                    name,
                    KubernetesMachine(
                        identity: ClusterIdentity(name: "cluster\(name)", adminToken: "admin", caPEM: ""),
                        settings: ClusterSettings(), now: now)
                )
            })
    }

    var requests: [Sent] { record.withLock { $0 } }
    /// What was written, apart from locks.
    var writes: [Sent] { requests.filter(\.isWrite) }

    func forgetRequests() { record.withLock { $0 = [] } }

    /// Lets a machine answer, and its controllers work before.
    func answer(_ request: APIRequest, to machine: some SandboxMachine, from computer: String) async -> APIResponse {
        clock.pass(.milliseconds(10))
        var headers = ["host": "gitlab.test"]
        for (name, value) in request.headers { headers[name.lowercased()] = value }
        if case .unixSocket = request.endpoint { headers["authorization"] = "Bearer admin" }
        await machine.advance(to: clock.now)
        let answer = await machine.respond(
            to: SandboxRequest(
                method: request.method, path: request.path, query: request.query, headers: headers,
                body: request.body ?? Data()), now: clock.now)
        let sent = Sent(
            computer: computer, line: "\(request.method) \(request.path)", status: answer.status,
            isWrite: request.isWrite)
        record.withLock { $0.append(sent) }
        guard case .bytes(let body) = answer.body else { return APIResponse(status: 500) }
        return APIResponse(
            status: answer.status,
            headers: Dictionary(answer.headers.map { ($0.name.lowercased(), $0.value) }) { _, new in new }, body: body)
    }
}

extension APIRequest {
    /// Whether it changes the class: reads, questions about rights and the traffic of locks do not.
    var isWrite: Bool {
        guard !["GET", "HEAD"].contains(method) else { return false }
        return !path.contains("/leases") && !path.contains("AULA_LOCK") && !path.hasSuffix("reviews")
            && !String(decoding: body ?? Data(), as: UTF8.self).contains("\"AULA_LOCK\"")
    }
}
