import AulaEngine
import Foundation
import Synchronization
import Testing

/// Answers the few calls of kubectl and az that a connection makes; any other fails the test.
final class ScriptedKubectl: ToolRunner {
    struct Script: Sendable {
        var kubectl: ToolError?
        var version = #"{"clientVersion":{"gitVersion":"v1.37.2"}}"#
        var server = "https://127.0.0.1:6443"
        var certificates = Data("PEM".utf8).base64EncodedString()
        /// `proxy-url`, `tls-server-name` and `insecure-skip-tls-verify`, a line each.
        var detours = "\n\nfalse"
        /// What the kubeconfig has, and the program that it has its credentials from.
        var contexts = ["kind"]
        var plugin = ""
        var credentials = ToolResult(status: 0)
        var proxyFails: ToolError?
    }

    private let script: Mutex<Script>
    private let record = Mutex<(lines: [String], running: Int)>(([], 0))

    init(_ script: Script = Script()) {
        self.script = Mutex(script)
    }

    var lines: [String] { record.withLock { $0.lines } }
    /// How many proxies run at this moment.
    var running: Int { record.withLock { $0.running } }

    func change(_ edit: (inout Script) -> Void) { script.withLock { edit(&$0) } }

    func run(_ invocation: ToolInvocation) async throws -> ToolResult {
        record.withLock { $0.lines.append(invocation.commandLine) }
        let script = script.withLock { $0 }
        switch (invocation.tool, invocation.arguments.prefix(2)) {
        case (.az, ["aks", "get-credentials"]): return script.credentials
        case (.kubectl, ["version", "--client"]):
            if let error = script.kubectl { throw error }
            return ToolResult(status: 0, output: Data(script.version.utf8))
        case (.kubectl, ["config", "get-contexts"]):
            return ToolResult(status: 0, output: Data(script.contexts.map { $0 + "\n" }.joined().utf8))
        case (.kubectl, ["config", "view"]) where invocation.commandLine.contains("{.users[0].user.exec.command}"):
            return ToolResult(status: 0, output: Data(script.plugin.utf8))
        case (.kubectl, ["config", "view"]):
            return ToolResult(
                status: 0, output: Data("\(script.server)\n\(script.certificates)\n\(script.detours)".utf8))
        default:
            Issue.record("nobody said what to answer to \(invocation.commandLine)")
            return ToolResult(status: 64, errorText: "not foreseen: \(invocation.commandLine)")
        }
    }

    func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool {
        record.withLock { $0.lines.append(invocation.commandLine) }
        if invocation.tool != .kubectl || !invocation.arguments.contains("proxy") {
            Issue.record("nobody said that this is started: \(invocation.commandLine)")
        }
        if let error = script.withLock({ $0.kubectl ?? $0.proxyFails }) { throw error }
        record.withLock { $0.running += 1 }
        return Proxy { self.record.withLock { $0.running -= 1 } }
    }

    private struct Proxy: RunningTool {
        var ended: @Sendable () -> Void

        func stop() async { ended() }
    }
}

/// Remembers what was removed.
final class RecordedFolder: PrivateFolder {
    let path = "/private"
    private let names = Mutex<[String]>([])
    var removed: [String] { names.withLock { $0 } }

    func remove(_ name: String) { names.withLock { $0.append(name) } }
}
