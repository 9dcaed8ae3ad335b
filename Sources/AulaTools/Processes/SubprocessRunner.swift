package import AulaEngine
import Foundation
import Subprocess

/// Runs `az` and `kubectl` as child processes.
///
/// Every child leads a session of its own, so that Ctrl-C in the terminal reaches only aula, which then decides what
/// may still finish: a half-sent write is worse than a late exit. When the calling task is cancelled the child is
/// asked to end, and killed five seconds later. A short-lived child outlives a `kill -9` of aula and finishes its one
/// call; a long-running one ends with us (see `LeashedTool`).
package struct SubprocessRunner: ToolRunner {
    /// The most that a tool may print: a LIST of a university's cluster is about 20 MB.
    package static let outputLimit = 64 << 20
    /// The most that a tool may print on stderr.
    package static let errorLimit = 4 << 20

    private let environment: [String: String]

    /// - Parameter environment: where `AULA_KUBECTL` and `AULA_AZ` are looked up.
    package init(environment: [String: String]) {
        self.environment = environment
    }

    package func run(_ invocation: ToolInvocation) async throws -> ToolResult {
        try await withThrowingTaskGroup(of: ToolResult.self) { group in
            group.addTask { try await answer(to: invocation) }
            group.addTask {
                try await Task.sleep(for: invocation.timeout)
                throw ToolError.timedOut(invocation.tool, after: invocation.timeout)
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    package func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool {
        let environment = childEnvironment(invocation)
        // The leash would report a missing program as its own failure.
        let location = ToolLocation(invocation.tool, environment: self.environment)
        let program = try await location.path(in: environment)
        return try await LeashedTool.start(
            invocation, at: program, environment: environment, readyLine: readyLine)
    }

    private func answer(to invocation: ToolInvocation) async throws -> ToolResult {
        let location = ToolLocation(invocation.tool, environment: environment)
        let childEnvironment = childEnvironment(invocation)
        let program = try await location.path(in: childEnvironment)
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
        let configuration = Configuration(
            executable: .path(program), arguments: Arguments(invocation.arguments),
            environment: childEnvironment, platformOptions: options)
        do {
            let result = try await Subprocess.run(
                configuration, input: .data(invocation.input ?? Data()), output: .data(limit: Self.outputLimit),
                error: .string(limit: Self.errorLimit))
            try Task.checkCancellation()
            return ToolResult(
                status: result.terminationStatus.shellStatus, output: result.standardOutput,
                errorText: result.standardError)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            switch error.code {
            case .outputLimitExceeded: throw ToolError.outputTooLarge(invocation.tool, limit: Self.outputLimit)
            case .executableNotFound, .spawnFailed: throw location.notFound
            default: throw ToolError.endedEarly(invocation.tool, String(describing: error))
            }
        }
    }

    /// The inherited environment without the one secret in it that no tool needs.
    private func childEnvironment(_ invocation: ToolInvocation) -> Subprocess.Environment {
        var changes: [Subprocess.Environment.Key: String?] = ["GITLAB_TOKEN": nil]
        for (name, value) in invocation.environment {
            if let key = Subprocess.Environment.Key(rawValue: name) { changes[key] = value }
        }
        return .inherit.updating(changes)
    }
}

extension TerminationStatus {
    /// The status as a shell shows it: 128 more than the signal for a child that a signal ended.
    var shellStatus: Int32 {
        switch self {
        case .exited(let code): Int32(code)
        case .signaled(let signal): 128 + Int32(signal)
        }
    }
}
