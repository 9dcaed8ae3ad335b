import AulaEngine
import AulaModel
import Foundation

/// One GitLab, spoken to over REST v4 with a bearer token.
///
/// Reads are tried again here; whether a write is, the walker decides. When GitLab says that its patience is used up,
/// the next request waits as long as it asks.
struct GitLabClient: Sendable {
    /// Without a trailing slash: `https://gitlab.com`.
    let url: String
    private let token: Secret
    private let transport: any HTTPTransport
    private let reading: RetryPolicy
    private let limit: RateLimit
    private var say: @Sendable (String) -> Void = { _ in }
    let now: @Sendable () -> Date

    init(
        url: String, token: Secret, transport: any HTTPTransport, reading: RetryPolicy,
        now: @escaping @Sendable () -> Date
    ) {
        self.url = url
        self.token = token
        self.transport = transport
        self.reading = reading
        self.now = now
        limit = RateLimit()
    }

    /// The same client, which tells whoever waits for what.
    func saying(_ say: @escaping @Sendable (String) -> Void) -> GitLabClient {
        var client = self
        client.say = say
        return client
    }

    /// The host, for sentences.
    var host: String { URLComponents(string: url)?.host ?? url }

    /// Reads one thing; `path` begins after `/api/v4/`.
    func get(_ path: String, query: [(name: String, value: String)] = []) async throws -> JSON {
        try Self.json(await read(path, query))
    }

    /// Reads every page of a list: a part of a list is no list.
    func list(_ path: String, query: [(name: String, value: String)] = []) async throws -> [JSON] {
        var items: [JSON] = []
        var page: Int? = 1
        while let current = page {
            let response = try await read(path, query + [("per_page", "100"), ("page", "\(current)")])
            guard let part = try Self.json(response).array else {
                throw GitLabFailure(status: response.status, text: "the answer is not a list")
            }
            items += part
            page = try Self.nextPage(after: current, response)
        }
        return items
    }

    /// Sends one write, once.
    @discardableResult
    func write(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSON? = nil
    ) async throws -> JSON {
        try Self.json(await send(method, path, query, body))
    }

    private func read(_ path: String, _ query: [(name: String, value: String)]) async throws -> APIResponse {
        var attempt = 1
        while true {
            do {
                return try await send("GET", path, query, nil)
            } catch let failure as GitLabFailure {
                guard let pause = reading.pause(after: attempt, retry: failure.retry) else { throw failure }
                say("GitLab: \(failure.text): trying again in \(pause.components.seconds + 1) s")
                try await reading.sleep(pause)
                attempt += 1
            }
        }
    }

    private func send(
        _ method: String, _ path: String, _ query: [(name: String, value: String)], _ body: JSON?
    ) async throws -> APIResponse {
        if let pause = limit.pause(at: now()) {
            guard pause <= reading.patience else { throw GitLabFailure(allowanceUsedUpFor: pause) }
            say("GitLab takes no more requests for now: waiting \(pause.components.seconds + 1) s")
            try await reading.sleep(pause)
        }
        var headers = ["Authorization": "Bearer \(token.revealed)", "Accept": "application/json"]
        if body != nil { headers["Content-Type"] = "application/json" }
        let request = APIRequest(
            .url(url), method, "/api/v4/" + path, query: query, headers: headers, body: body?.data)
        do {
            let response = try await transport.send(request)
            limit.note(response, at: now())
            guard (200..<300).contains(response.status) else { throw GitLabFailure(response) }
            return response
        } catch let error as TransportError {
            throw GitLabFailure(error, isRead: method == "GET")
        }
    }

    private static func json(_ response: APIResponse) throws -> JSON {
        guard !response.body.isEmpty else { return .null }
        guard let json = try? JSON(parsing: response.body) else {
            throw GitLabFailure(status: response.status, text: "the answer is not JSON; is this GitLab's address?")
        }
        return json
    }

    /// GitLab names the next page, or, behind some proxies, only links to it.
    private static func nextPage(after current: Int, _ response: APIResponse) throws -> Int? {
        let next = response.headers["x-next-page"]
        let hasNext =
            next.map { !$0.isEmpty } ?? (response.headers["link"]?.contains("rel=\"next\"") == true)
        guard hasNext else { return nil }
        guard next == nil || next == "\(current + 1)", current < mostPages else {
            throw GitLabFailure(
                status: response.status, text: "page \(next ?? "\(current + 1)") does not follow on page \(current)")
        }
        return current + 1
    }

    /// A hundred entries each: no class has a list of a hundred thousand.
    private static let mostPages = 1000
}

extension String {
    /// One segment of a path: `course/team` becomes `course%2Fteam`.
    var pathSegment: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? self
    }
}
