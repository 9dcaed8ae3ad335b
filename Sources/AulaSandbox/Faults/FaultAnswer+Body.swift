import AulaModel
import Foundation

extension FaultAnswer {
    /// The answer as a system would word it: its own error body where the fault names none.
    package func response(from system: SandboxSystem) -> SandboxResponse {
        let headers = headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        switch body {
        case .string(let text)?: return .text(status, text, headers: headers)
        case let json?: return .json(status, json, headers: headers)
        case nil where system == .gitlab && status == 429: return .text(status, "Retry later\n", headers: headers)
        case nil: return .json(status, FaultAnswer.body(of: system, status: status), headers: headers)
        }
    }

    private static func body(of system: SandboxSystem, status: Int) -> JSON {
        let (reason, words) = phrase(status)
        let message = "\(words) (a fault of the sandbox)"
        switch system {
        case .kubernetes:
            return [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
                "reason": .string(reason), "code": .int(status),
            ]
        case .azure: return ["error": ["code": .string(reason), "message": .string(message)]]
        case .gitlab: return ["message": .string("\(status) \(words)")]
        }
    }

    /// The word that programs look at, and the one for people.
    private static func phrase(_ status: Int) -> (reason: String, words: String) {
        switch status {
        case 400: ("BadRequest", "Bad Request")
        case 401: ("Unauthorized", "Unauthorized")
        case 403: ("Forbidden", "Forbidden")
        case 404: ("NotFound", "Not Found")
        case 409: ("Conflict", "Conflict")
        case 410: ("Expired", "Gone")
        case 422: ("Invalid", "Unprocessable Entity")
        case 429: ("TooManyRequests", "Too Many Requests")
        case 500: ("InternalError", "Internal Server Error")
        case 502: ("BadGateway", "Bad Gateway")
        case 503: ("ServiceUnavailable", "Service Unavailable")
        case 504: ("Timeout", "Gateway Timeout")
        default: ("Unknown", "Error")
        }
    }
}

extension SandboxResponse {
    fileprivate static func text(
        _ status: Int, _ text: String, headers: [(name: String, value: String)]
    ) -> SandboxResponse {
        let type = (name: "Content-Type", value: "text/plain; charset=utf-8")
        return SandboxResponse(status: status, headers: [type] + headers, body: .bytes(Data(text.utf8)))
    }
}
