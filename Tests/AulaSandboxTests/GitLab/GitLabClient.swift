import AulaModel
import AulaSandbox
import AulaTestSupport
import Foundation
import Testing

/// A client of the sandbox's GitLab without a socket: sends, lets the controllers work, reads the answer.
struct GitLabClient {
    let machine: GitLabMachine
    var token = "glpat-sandbox-teacher"
    var now = Date(timeIntervalSince1970: 1_795_000_000)

    init(settings: GitLabSettings = GitLabSettings()) throws {
        machine = try GitLabMachine(settings: settings, repositories: TemporaryRepositories(), now: now)
    }

    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async -> MachineAnswer {
        await machine.answer(
            method, "/api/v4/\(path)", body?.data,
            headers: ["private-token": token, "content-type": "application/json", "host": "gitlab.test:8443"], at: now)
    }

    /// The seeded group's number.
    func classGroup() async throws -> Int {
        try #require(await send("GET", "groups/memo2-fiuba").body["id"]?.int)
    }

    func makeGroup(_ path: String, in parent: Int) async throws -> Int {
        let answer = await send(
            "POST", "groups", ["name": .string(path), "path": .string(path), "parent_id": .int(parent)])
        return try #require(answer.body["id"]?.int, "\(answer)")
    }

    func makeProject(_ path: String, in group: Int, readme: Bool = true) async throws -> Int {
        let answer = await send(
            "POST", "projects",
            ["path": .string(path), "namespace_id": .int(group), "initialize_with_readme": .bool(readme)])
        return try #require(answer.body["id"]?.int, "\(answer)")
    }
}
