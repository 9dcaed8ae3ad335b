package import Foundation

/// A command line program that aula calls.
package enum Tool: String, Sendable, CaseIterable {
    case az
    case kubectl
}

/// One call of a tool, as a value: what is run can be shown, counted and tested without running it.
package struct ToolInvocation: Sendable, Hashable {
    package var tool: Tool
    /// Never a secret: arguments show in the process list.
    package var arguments: [String]
    package var input: Data?
    /// Added to the inherited environment.
    package var environment: [String: String]
    package var timeout: Duration

    package init(
        _ tool: Tool, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:],
        timeout: Duration = .seconds(120)
    ) {
        self.tool = tool
        self.arguments = arguments
        self.input = input
        self.environment = environment
        self.timeout = timeout
    }

    /// The command line as a user could type it.
    package var commandLine: String { ([tool.rawValue] + arguments).joined(separator: " ") }
}

/// What a tool answered.
///
/// A non-zero status is an answer, not an error: the executor decides what it means.
package struct ToolResult: Sendable, Hashable {
    package var status: Int32
    package var output: Data
    package var errorText: String

    package init(status: Int32, output: Data = Data(), errorText: String = "") {
        self.status = status
        self.output = output
        self.errorText = errorText
    }
}

/// What could not be asked at all.
package enum ToolError: Error, Hashable {
    /// No such program; the name or path that was tried.
    case notFound(Tool, tried: String)
    case timedOut(Tool, after: Duration)
    case outputTooLarge(Tool, limit: Int)
    /// A long-running tool ended before it was ready; what it said.
    case endedEarly(Tool, String)
}

/// Runs tools.
///
/// There is one real implementation, in AulaTools.
package protocol ToolRunner: Sendable {
    /// Runs a tool to its end.
    ///
    /// - Throws: `ToolError` when there is no answer, `CancellationError` when the run is cancelled.
    func run(_ invocation: ToolInvocation) async throws -> ToolResult

    /// Starts a tool that keeps running, and returns once it printed a line with the given beginning.
    func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool
}

/// A tool that keeps running beside us, such as `kubectl proxy`.
package protocol RunningTool: Sendable {
    /// Ends the tool and returns when it is gone. Calling it again does nothing.
    func stop() async
}
