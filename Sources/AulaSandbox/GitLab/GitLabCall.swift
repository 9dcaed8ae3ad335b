import AulaModel
import Foundation

/// One authenticated request with its parameters read.
struct GitLabCall: Sendable {
    let request: SandboxRequest
    /// The values in the path, decoded.
    let parameters: [String: String]
    let arguments: GitLabArguments
    let user: GitLabInstance.User
    let now: Date
    let scheme: String

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// A number in the path.
    ///
    /// - Throws: 400 for other text, as GitLab's declared parameters do.
    func number(_ name: String) throws -> Int {
        guard let number = Int(parameter(name)) else { throw GitLabFailure.parameter("\(name) is invalid") }
        return number
    }

    var isRead: Bool { ["GET", "HEAD"].contains(request.method) }

    /// - Throws: 412 where the client knows an older state than the present one.
    func requireUnmodified(since changed: Date) throws {
        guard let text = request.headers["if-unmodified-since"], let known = GitLabTime.httpDate(text) else { return }
        guard changed.timeIntervalSince(known) < 1 else { throw GitLabFailure.message(412, "412 Precondition Failed") }
    }

    /// Where the client reached this server; links in answers begin with it.
    var base: String { "\(scheme)://\(request.headers["host"] ?? "gitlab.sandbox")" }

    static func noContent() -> SandboxResponse { SandboxResponse(status: 204) }

    static let accepted = SandboxResponse.json(202, ["message": "202 Accepted"])

    // MARK: Pages

    /// Which page is asked for, and how many items it holds.
    func pageAndSize() throws -> (page: Int, size: Int) {
        (max(try arguments.integer("page") ?? 1, 1), min(max(try arguments.integer("per_page") ?? 20, 1), 100))
    }

    /// The items of the page that is asked for.
    func slice<Item>(_ items: [Item]) throws -> [Item] {
        let (page, size) = try pageAndSize()
        return Array(items.dropFirst((page - 1) * size).prefix(size))
    }

    /// One page of a list, with GitLab's pagination headers; only the items of the page are rendered.
    func page<Item>(_ items: [Item], render: (Item) -> JSON) throws -> SandboxResponse {
        try page(items, rendered: slice(items).map(render))
    }

    /// The same for items that were rendered already.
    func page<Item>(_ items: [Item], rendered: [JSON]) throws -> SandboxResponse {
        let (page, size) = try pageAndSize()
        let headers = pageHeaders(page, size, total: items.count, hasNext: page * size < items.count)
        return .json(200, .array(rendered), headers: headers)
    }

    /// The headers of a page; `total` is nil for lists that GitLab does not count.
    func pageHeaders(_ page: Int, _ size: Int, total: Int? = nil, hasNext: Bool) -> [(name: String, value: String)] {
        // GitLab stops counting for the client at ten thousand.
        let total = total.flatMap { $0 <= 10_000 ? $0 : nil }
        let pages = total.map { max(($0 + size - 1) / size, 1) }
        var links = [("first", 1)]
        if page > 1 { links.append(("prev", page - 1)) }
        if hasNext { links.append(("next", page + 1)) }
        if let pages { links.append(("last", pages)) }
        let addresses = links.map { link(["page": String($1), "per_page": String(size)], rel: $0) }
        var headers = [
            ("X-Page", String(page)), ("X-Per-Page", String(size)), ("X-Next-Page", hasNext ? String(page + 1) : ""),
            ("X-Prev-Page", page > 1 ? String(page - 1) : ""), ("Link", addresses.joined(separator: ", ")),
        ]
        if let total, let pages { headers += [("X-Total", String(total)), ("X-Total-Pages", String(pages))] }
        return headers.map { (name: $0.0, value: $0.1) }
    }

    /// One page of a list in order of id, whose only header is the link to the next page.
    ///
    /// - Throws: 405 for an order that keyset pagination does not know.
    func keysetPage<Item>(_ items: [Item], id: (Item) -> Int, render: (Item) -> JSON) throws -> SandboxResponse {
        guard try arguments.text("order_by") ?? "id" == "id" else {
            throw GitLabFailure.parameter("Keyset pagination is not yet available for this type of request")
        }
        let size = min(max(try arguments.integer("per_page") ?? 20, 1), 100)
        let ascending = try arguments.text("sort") == "asc"
        var rest = items.sorted { ascending ? id($0) < id($1) : id($0) > id($1) }
        if let after = try arguments.integer("id_after") { rest.removeAll { id($0) <= after } }
        if let before = try arguments.integer("id_before") { rest.removeAll { id($0) >= before } }
        let slice = Array(rest.prefix(size))
        var headers: [(name: String, value: String)] = []
        if let last = slice.last, slice.count < rest.count {
            headers.append(("Link", link([ascending ? "id_after" : "id_before": String(id(last))], rel: "next")))
        }
        return .json(200, .array(slice.map(render)), headers: headers)
    }

    private func link(_ changes: [String: String], rel: String) -> String {
        var query = request.query.filter { changes[$0.name] == nil }
        query += changes.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let text = query.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }.joined(separator: "&")
        return "<\(base)\(request.path)?\(text)>; rel=\"\(rel)\""
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? text
    }
}
