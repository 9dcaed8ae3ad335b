import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A client of the sandbox's GitLab without a socket: sends, lets the controllers work, reads the answer.
struct GitLabClient {
    let machine: GitLabMachine
    var token = "glpat-sandbox-teacher"
    var now = Date(timeIntervalSince1970: 1_795_000_000)

    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: JSON

        var message: String? { body["message"]?.string }
    }

    init(settings: GitLabSettings = GitLabSettings()) throws {
        machine = try GitLabMachine(settings: settings, now: now)
    }

    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var components = URLComponents()
        components.percentEncodedQuery = parts.count > 1 ? parts[1] : nil
        let request = SandboxRequest(
            method: method, path: "/api/v4/\(parts[0])",
            query: (components.queryItems ?? []).map { ($0.name, $0.value ?? "") },
            headers: ["private-token": token, "content-type": "application/json", "host": "gitlab.test:8443"],
            body: body?.data ?? Data())
        await machine.advance(to: now)
        let response = await machine.respond(to: request, now: now)
        guard case .bytes(let data) = response.body else { throw Unexpected() }
        return Answer(
            status: response.status,
            headers: Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }),
            body: data.isEmpty ? .null : (try? JSON(parsing: data)) ?? .string(String(decoding: data, as: UTF8.self)))
    }

    /// The seeded group's number.
    func classGroup() async throws -> Int {
        try #require(try await send("GET", "groups/memo2-fiuba").body["id"]?.int)
    }

    func makeGroup(_ path: String, in parent: Int) async throws -> Int {
        let answer = try await send(
            "POST", "groups", ["name": .string(path), "path": .string(path), "parent_id": .int(parent)])
        return try #require(answer.body["id"]?.int, "\(answer)")
    }

    func makeProject(_ path: String, in group: Int, readme: Bool = true) async throws -> Int {
        let answer = try await send(
            "POST", "projects",
            ["path": .string(path), "namespace_id": .int(group), "initialize_with_readme": .bool(readme)])
        return try #require(answer.body["id"]?.int, "\(answer)")
    }

    struct Unexpected: Error {}
}
