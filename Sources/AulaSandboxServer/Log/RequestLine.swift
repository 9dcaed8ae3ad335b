import AulaModel
import AulaSandbox
import Foundation

/// One line of the request log: what was asked, by whom, and what came of it.
///
/// It holds no secret.
struct RequestLine: Sendable {
    let started: Date
    let ended: Date
    let system: SandboxSystem
    let cluster: String?
    let request: SandboxRequest
    /// The answer's status; 0 where the request was dropped before the system saw it.
    let status: Int
    let fault: Fault?

    /// Query parameters by which GitLab takes tokens.
    private static let secrets: Set = ["private_token", "access_token", "job_token", "token", "rss_token"]

    var json: JSON {
        var line: JSON = [
            "time": .string(started.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            "system": .string(system.rawValue),
            "method": .string(request.method),
            "path": .string(request.path),
            "status": .int(status),
            "write": .bool(RequestMeaning.isWrite(request, to: system)),
            "ms": .int(Int(ended.timeIntervalSince(started) * 1000)),
        ]
        line["cluster"] = cluster.map(JSON.string)
        if !request.query.isEmpty {
            line["query"] = .object(
                JSONObject(
                    request.query.map { ($0.name, .string(RequestLine.secrets.contains($0.name) ? "***" : $0.value)) }))
        }
        line["agent"] = request.headers["user-agent"].map(JSON.string)
        // The real `az` names its command in every request.
        line["command"] = request.headers["commandname"].map(JSON.string)
        if let fault { line["fault"] = .string(fault.word) }
        return line
    }
}

extension Fault {
    fileprivate var word: String {
        switch outcome {
        case .none: "delay"
        case .answer: "answer"
        case .dropRequest: "drop request"
        case .dropAnswer: "drop answer"
        case .cutBody: "cut body"
        }
    }
}
