import AulaEngine
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A long-running child on a leash: it ends when we stop it, and also when aula itself is killed with no warning.
///
/// Linux can tie a child to its parent with `PR_SET_PDEATHSIG`, but that needs code between fork and exec, which
/// swift-subprocess does not offer, and it does not exist elsewhere. Instead a shell holds the child and reads a pipe
/// from us: when the pipe closes, for whatever reason, the shell ends the child. The command line is passed as
/// arguments, never as shell text.
struct LeashedTool: RunningTool {
    /// A path, since looking up a name costs a failed start for each folder of PATH.
    private static let shell = Executable.path("/bin/sh")

    /// The shell lets go of the output, so that its end is the tool's end; what the child started ends with it.
    private static let leash = """
        "$0" "$@" </dev/null & child=$!
        exec >&- 2>&-
        read -r _
        trap '' TERM
        kill 0
        wait "$child"
        """

    private enum Startup: Sendable {
        case ready
        case ended(String)
    }

    private let stopping: AsyncStream<Never>.Continuation
    private let whole: Task<Void, Never>

    func stop() async {
        stopping.finish()
        await whole.value
    }

    static func start(
        _ invocation: ToolInvocation, at program: FilePath, environment: Subprocess.Environment, readyLine: String
    ) async throws -> LeashedTool {
        let (stops, stopping) = AsyncStream.makeStream(of: Never.self)
        let (startups, startup) = AsyncStream.makeStream(of: Startup.self)
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        let configuration = Configuration(
            executable: shell, arguments: Arguments(["-c", leash, program.string] + invocation.arguments),
            environment: environment, platformOptions: options)
        let whole = Task {
            var tail = LastLines()
            do {
                _ = try await Subprocess.run(
                    configuration, input: .inputWriter, output: .sequence, error: .combinedWithOutput
                ) { execution in
                    let writer = execution.standardInputWriter
                    let keeper = Task {
                        for await _ in stops {}
                        try? await writer.finish()
                    }
                    for try await line in execution.standardOutput.strings() {
                        if line.hasPrefix(readyLine) { startup.yield(.ready) }
                        tail.append(line)
                    }
                    stopping.finish()
                    await keeper.value
                }
            } catch {
                tail.append(String(describing: error))
            }
            startup.yield(.ended(tail.text))
            startup.finish()
        }
        let tool = LeashedTool(stopping: stopping, whole: whole)
        switch await firstStartup(startups, within: invocation.timeout) {
        case .ready?: return tool
        case .ended(let said)?: throw ToolError.endedEarly(invocation.tool, said)
        case nil:
            await tool.stop()
            try Task.checkCancellation()
            throw ToolError.timedOut(invocation.tool, after: invocation.timeout)
        }
    }

    /// Nil when the time is up or the caller is cancelled.
    private static func firstStartup(_ startups: AsyncStream<Startup>, within limit: Duration) async -> Startup? {
        await withTaskGroup(of: Startup?.self) { group in
            group.addTask { await startups.first { _ in true } }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

/// The last lines that a tool printed, for the error when it ends too soon.
private struct LastLines {
    private var lines: [String] = []

    var text: String { lines.joined(separator: "\n") }

    mutating func append(_ line: String) {
        lines.append(line.trimmingCharacters(in: .newlines))
        if lines.count > 20 { lines.removeFirst() }
    }
}
