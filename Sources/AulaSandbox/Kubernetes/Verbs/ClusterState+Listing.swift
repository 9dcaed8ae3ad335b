import AulaModel
import Foundation

/// Where the next page of a LIST begins.
private struct Continuation {
    let start: String
    let revision: Int
    let issued: Date

    init(start: String, revision: Int, issued: Date) {
        self.start = start
        self.revision = revision
        self.issued = issued
    }

    init?(_ text: String) {
        guard let data = Data(base64Encoded: text), let json = try? JSON(parsing: data),
            let start = json["start"]?.string, let revision = json["rv"]?.int, let issued = json["issued"]?.int
        else { return nil }
        self.init(start: start, revision: revision, issued: Date(timeIntervalSince1970: TimeInterval(issued)))
    }

    var text: String {
        let json: JSON = [
            "v": "meta.k8s.io/v1", "rv": .int(revision), "start": .string(start),
            "issued": .int(Int(issued.timeIntervalSince1970)),
        ]
        return json.data.base64EncodedString()
    }
}

extension ClusterState {
    /// Answers a LIST, a page at a time where `limit` says so.
    mutating func list(_ request: SandboxRequest, _ target: RequestTarget) throws(APIStatus) -> SandboxResponse {
        let kind = target.kind
        let selection = try Selection(request, target)
        let limit = request.parameter("limit").flatMap(Int.init) ?? 0
        var paths = stores[kind.id]?.paths(in: target.namespace) ?? []
        var version = revision
        if let text = request.parameter("continue"), !text.isEmpty {
            guard let page = Continuation(text) else {
                throw .badRequest("invalid continue token: continue key is not valid: the token cannot be read")
            }
            guard now.timeIntervalSince(page.issued) <= settings.continueSeconds else { throw .expired }
            version = page.revision
            let start = stores[kind.id]?.position(of: page.start) ?? 0
            paths = paths[max(paths.startIndex, min(start, paths.endIndex))...]
        }
        var chosen: [String] = []
        var metadata: JSON = ["resourceVersion": .string(String(version))]
        for (offset, path) in zip(paths.indices, paths) {
            if !selection.isEverything, let object = stores[kind.id]?[path], !selection.matches(object) { continue }
            if limit > 0, chosen.count == limit {
                metadata["continue"] = .string(Continuation(start: path, revision: version, issued: now).text)
                if selection.isEverything { metadata["remainingItemCount"] = .int(paths.endIndex - offset) }
                break
            }
            chosen.append(path)
        }
        if let table = TableRequest(request) {
            let objects = chosen.compactMap { stores[kind.id]?[$0] }
            return table.response(kind, objects, metadata: metadata, now: now)
        }
        if PartialMetadata.isAsked(by: request) {
            let items = chosen.compactMap { stores[kind.id]?[$0] }.map(PartialMetadata.of)
            return .json(200, PartialMetadata.list(items, metadata))
        }
        return page(kind, chosen, metadata)
    }

    /// A custom object in the version that is asked for.
    func served(_ object: JSON, _ kind: Kind) -> JSON {
        guard kind.isCustom else { return object }
        var object = object
        object["apiVersion"] = .string(kind.apiVersion)
        return object
    }

    /// Puts a list's text together from its items' cached texts.
    private mutating func page(_ kind: Kind, _ paths: [String], _ metadata: JSON) -> SandboxResponse {
        var body = Data("{\"apiVersion\":\"\(kind.apiVersion)\",\"items\":[".utf8)
        for (index, path) in paths.enumerated() {
            // Custom objects say their kind and version in lists too.
            let custom = kind.isCustom ? stores[kind.id]?[path].map { served($0, kind).data } : nil
            guard let item = custom ?? stores[kind.id]?.item(path) else { continue }
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body.append(item)
        }
        body.append(Data("],\"kind\":\"\(kind.listKind)\",\"metadata\":\(metadata.text)}".utf8))
        return SandboxResponse(status: 200, headers: [("Content-Type", "application/json")], body: .bytes(body))
    }
}
