import ArgumentParser
import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

@testable import AulaCLI

/// One teacher's machine in a world: its own files, its own name, the same systems.
final class Computer: Sendable {
    let name: String
    let world: World
    let folder: URL
    let terms: LockTerms
    /// Stands between every command and the systems; may hold a request up, or break it off.
    let intercept = Mutex<Intercept?>(nil)
    private let sockets = Mutex<[String: String]>([:])

    typealias Intercept = @Sendable (APIRequest, _ deliver: () async -> APIResponse) async throws -> APIResponse

    init(_ name: String, in world: World, terms: LockTerms = LockTerms()) throws {
        self.name = name
        self.world = world
        self.terms = terms
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-computer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A command that came to its end.
    struct Finished: Sendable, CustomStringConvertible {
        var outcome: Outcome
        var output: String
        var errors: String

        var description: String { "exit \(outcome.rawValue)\n\(output)\(errors)" }
    }

    func write(_ text: String, to name: String = "cohort.yaml") throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    func aula(_ arguments: String..., answering answers: [String]? = nil) async throws -> Finished {
        try await aula(arguments, answering: answers)
    }

    func aula(
        _ arguments: [String], answering answers: [String]? = nil,
        changing change: (inout Surroundings) -> Void = { _ in }
    ) async throws -> Finished {
        let screen = Screen(answers: answers)
        var surroundings = surroundings(screen)
        change(&surroundings)
        let command = try #require(try Aula.parseAsRoot(arguments) as? any AulaCommand)
        let outcome = await command.outcome(in: surroundings)
        return Finished(outcome: outcome, output: screen.text(.output), errors: screen.text(.error))
    }

    private func surroundings(_ screen: Screen) -> Surroundings {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let time = world.clock.timekeeper
        return Surroundings(
            environment: [
                "AULA_TEMPLATES": root.appendingPathComponent("templates").path, "HOME": folder.path,
                "GITLAB_TOKEN": "glpat-sandbox-teacher",
            ],
            time: time, terminal: screen.terminal, tools: Kubectl(computer: self),
            transport: { _ in Network(computer: self) },
            privateFolder: { Folder(path: self.folder.path + "/run-\(UInt32.random(in: 0 ... .max))") },
            holder: LockHolder(name: "\(name) process \(UInt32.random(in: 0 ... .max)) 1", now: time.now, terms: terms),
            stops: { AsyncStream { _ in } })
    }

    /// What a list of a cluster holds, by the administrator's own look.
    func items(_ path: String, in context: String = "") async throws -> [JSON] {
        guard let machine = world.clusters[context] else { return [] }
        let answer = await world.answer(APIRequest(.unixSocket(""), "GET", path), to: machine, from: name)
        return try JSON(parsing: answer.body)["items"]?.array ?? []
    }

    /// What a list of GitLab holds, by the teacher's own look.
    func gitlab(_ path: String) async throws -> [JSON] {
        let request = APIRequest(
            .url(""), "GET", "/api/v4/\(path)", query: [("per_page", "100")],
            headers: ["Authorization": "Bearer glpat-sandbox-teacher"])
        return try JSON(parsing: await world.answer(request, to: world.gitlab, from: name).body).array ?? []
    }

    fileprivate func connect(_ socket: String, to context: String) { sockets.withLock { $0[socket] = context } }

    fileprivate func send(_ request: APIRequest) async throws -> APIResponse {
        try Task.checkCancellation()
        guard let intercept = intercept.withLock({ $0 }) else { return try await deliver(request) }
        // What is not there is not there either way.
        guard isReachable(request) else { throw TransportError.cannotConnect("connection refused") }
        return try await intercept(request) { (try? await deliver(request)) ?? APIResponse(status: 503) }
    }

    private func isReachable(_ request: APIRequest) -> Bool {
        guard case .unixSocket(let path) = request.endpoint else { return true }
        return sockets.withLock { $0[path] } != nil
    }

    private func deliver(_ request: APIRequest) async throws -> APIResponse {
        switch request.endpoint {
        case .unixSocket(let path):
            guard let machine = sockets.withLock({ $0[path] }).flatMap({ world.clusters[$0] }) else {
                throw TransportError.cannotConnect("connection refused")
            }
            return await world.answer(request, to: machine, from: name)
        case .url(let url) where url.hasPrefix("https://cluster"):
            let context = String(url.dropFirst("https://cluster".count).dropLast(".test".count))
            guard let machine = world.clusters[context] else { throw TransportError.cannotConnect("unknown host") }
            return await world.answer(request, to: machine, from: name)
        case .url: return await world.answer(request, to: world.gitlab, from: name)
        }
    }
}

/// What kubectl answers where there is none.
private struct Kubectl: ToolRunner {
    let computer: Computer

    func run(_ invocation: ToolInvocation) async throws -> ToolResult {
        let context = context(invocation)
        let text =
            switch invocation.arguments.prefix(2) {
            case ["version", "--client"]: #"{"clientVersion":{"gitVersion":"v1.37.2"}}"#
            case ["config", "current-context"]: "current\n"
            case ["config", "view"]: "https://cluster\(context).test\n\n\n\nfalse\nhere\none"
            default:
                throw ToolError.endedEarly(invocation.tool, "nobody foresaw `\(invocation.commandLine)`")
            }
        return ToolResult(status: 0, output: Data(text.utf8))
    }

    func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool {
        let context = context(invocation)
        guard computer.world.clusters[context] != nil else {
            throw ToolError.endedEarly(.kubectl, "error: context \"\(context)\" does not exist")
        }
        let sign = "--unix-socket="
        let socket = invocation.arguments.first { $0.hasPrefix(sign) }.map { String($0.dropFirst(sign.count)) }
        computer.connect(socket ?? "", to: context)
        return Proxy()
    }

    private func context(_ invocation: ToolInvocation) -> String {
        let sign = "--context="
        return invocation.arguments.first { $0.hasPrefix(sign) }.map { String($0.dropFirst(sign.count)) } ?? ""
    }

    private struct Proxy: RunningTool {
        func stop() async {}
    }
}

private struct Network: HTTPTransport {
    let computer: Computer

    func send(_ request: APIRequest) async throws -> APIResponse { try await computer.send(request) }
}

private struct Folder: PrivateFolder {
    let path: String

    func remove(_ name: String) {}
}
