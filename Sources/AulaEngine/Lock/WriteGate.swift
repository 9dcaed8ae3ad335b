import Synchronization

/// Stands before every write to the systems: shut while the run has lost its turn.
package final class WriteGate: Sendable {
    private let turn = Mutex<Turn?>(nil)
    private let terms: LockTerms

    package init(_ terms: LockTerms) { self.terms = terms }

    /// From now on only this turn's run may write; before, nothing that is sent changes the class.
    package func guardWrites(by turn: Turn?) { self.turn.withLock { $0 = turn } }

    /// How long a write that may start now may wait for its answer.
    ///
    /// - Throws: `ExecutionError` where it must not start.
    fileprivate func admit(_ timeout: Duration) async throws -> Duration {
        let limit = min(timeout, terms.longestWrite)
        guard !Turn.isLockTraffic, let turn = turn.withLock({ $0 }) else { return timeout }
        guard await turn.mayWrite(within: limit) else {
            throw ExecutionError(
                "not sent, because this run has lost its turn to write",
                hint: "another run may have worked on this cohort meanwhile; run aula again")
        }
        return limit
    }
}

/// Sends what the gate lets through.
package struct GuardedTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let gate: WriteGate

    package init(_ transport: any HTTPTransport, _ gate: WriteGate) {
        self.transport = transport
        self.gate = gate
    }

    package func send(_ request: APIRequest) async throws -> APIResponse {
        guard !["GET", "HEAD"].contains(request.method) else { return try await transport.send(request) }
        var request = request
        request.timeout = try await gate.admit(request.timeout)
        return try await transport.send(request)
    }

    package func close() async { await transport.close() }
}

/// Runs the tools whose calls the gate lets through.
///
/// A call of `az` may take as long as it likes: it is not cut off in the middle of what it does.
package struct GuardedTools: ToolRunner {
    private let tools: any ToolRunner
    private let gate: WriteGate

    package init(_ tools: any ToolRunner, _ gate: WriteGate) {
        self.tools = tools
        self.gate = gate
    }

    package func run(_ invocation: ToolInvocation) async throws -> ToolResult {
        if invocation.isWrite { _ = try await gate.admit(invocation.timeout) }
        return try await tools.run(invocation)
    }

    package func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool {
        try await tools.start(invocation, readyLine: readyLine)
    }
}

extension ToolInvocation {
    /// Whether it may change something: whatever is not known to be a look, and only `az` is used for writing.
    fileprivate var isWrite: Bool {
        guard tool == .az else { return false }
        let command = arguments.prefix { !$0.hasPrefix("-") }.last ?? ""
        return !["show", "list", "get-credentials", "version", "wait"].contains { command.hasPrefix($0) }
    }
}
