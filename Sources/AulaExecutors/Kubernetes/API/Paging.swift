import AulaEngine
import AulaModel

/// Gathers the items of a LIST page by page; a copy of the empty one serves where the list begins anew.
protocol ItemCollector: Sendable {
    mutating func add(_ item: JSON)
}

/// What to list.
struct ListQuery: Sendable {
    var kind: ObjectKind
    var namespace: String?
    var labelSelector: String?
    var fieldSelector: String?
    var metadataOnly = false

    var path: String { kind.path(namespace: namespace) }

    func page(after token: String?) -> [(name: String, value: String)] {
        var query = [(name: "limit", value: "500")]
        if let labelSelector { query.append(("labelSelector", labelSelector)) }
        if let fieldSelector { query.append(("fieldSelector", fieldSelector)) }
        if let token { query.append(("continue", token)) }
        return query
    }
}

extension KubernetesAPI {
    /// Reads a whole list, 500 items at a time.
    ///
    /// A page is asked for again where that helps. When the server forgot where the list was (410), the list begins
    /// anew: half an old list and half a new one would be neither.
    ///
    /// - Throws: `ReadFailure`: a list is whole or it is nothing.
    func list<Collector: ItemCollector>(
        _ list: ListQuery, into empty: Collector, patience: Patience
    ) async throws -> Collector {
        var collector = empty
        var token: String?
        var restarts = 0
        while true {
            let answer = try await page(list, after: token, patience: patience)
            switch answer {
            case .expired:
                restarts += 1
                guard restarts <= 3 else {
                    throw ReadFailure("the list of \(list.kind.plural) expired again and again while it was read")
                }
                collector = empty
                token = nil
            case .items(let items, let next):
                for item in items { collector.add(item) }
                guard let next else { return collector }
                token = next
            }
        }
    }

    private enum Page: Sendable {
        case items([JSON], next: String?)
        case expired
    }

    private func page(_ list: ListQuery, after token: String?, patience: Patience) async throws -> Page {
        let answer = try await read(
            list.path, query: list.page(after: token),
            accept: list.metadataOnly ? Self.metadataOnly : "application/json", patience: patience)
        if answer.status == 410 { return .expired }
        guard answer.status == 200 else { throw ReadFailure(Refusal(answer)) }
        guard let page = try? JSON(parsing: answer.body), let items = page["items"]?.array ?? page.emptyItems else {
            throw ReadFailure("the answer to the list of \(list.kind.plural) is not a list")
        }
        let next = page["metadata"]?["continue"]?.string
        return .items(items, next: next?.isEmpty == false ? next : nil)
    }
}

extension JSON {
    /// Go writes an empty list as null.
    fileprivate var emptyItems: [JSON]? { self["kind"]?.string?.hasSuffix("List") == true ? [] : nil }
}
