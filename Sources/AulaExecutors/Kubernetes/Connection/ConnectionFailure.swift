import AulaEngine

/// Why there is no connection to the cluster.
enum ConnectionFailure: Error, Hashable {
    /// There is proof that the cluster does not exist: neither does anything in it.
    case absent(String)
    /// Nothing is known; one sentence, and the next step.
    case unreachable(String, hint: String, mayPass: Bool)

    var error: ExecutionError {
        switch self {
        case .absent(let what): ExecutionError("\(what) does not exist", hint: "run aula again: it will be planned")
        case .unreachable(let reason, let hint, let mayPass):
            ExecutionError(reason, hint: hint, retry: mayPass ? .backoff : .never)
        }
    }

    init(_ error: any Error, while action: String) {
        switch error {
        case let failure as ConnectionFailure:
            self = failure
        case ToolError.notFound(let tool, let tried):
            self = .unreachable(
                "\(tool.rawValue) was not found (tried \(tried))",
                hint: "install it, or name it with \(tool == .az ? "AULA_AZ" : "AULA_KUBECTL")", mayPass: false)
        case ToolError.timedOut(let tool, let limit):
            self = .unreachable(
                "\(tool.rawValue) did not end within \(limit.components.seconds) s while \(action)",
                hint: "check the network, then run aula again", mayPass: true)
        case ToolError.endedEarly(let tool, let text):
            self = .unreachable(
                "\(tool.rawValue) ended while \(action): \(text.firstLine)",
                hint: "run `kubectl cluster-info` to see more", mayPass: false)
        case is CancellationError:
            self = .unreachable("interrupted while \(action)", hint: "run aula again", mayPass: false)
        default:
            self = .unreachable(
                "\(action) failed: \(error)", hint: "check the network, then run aula again", mayPass: true)
        }
    }
}

extension String {
    /// What a tool said first, without `ERROR: ` in front.
    var firstLine: String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? "no message"
        for prefix in ["ERROR: ", "error: ", "Error: "] where line.hasPrefix(prefix) {
            return String(line.dropFirst(prefix.count))
        }
        return line
    }
}
