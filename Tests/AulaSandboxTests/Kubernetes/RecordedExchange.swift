import AulaModel
import AulaSandbox
import Foundation

/// One request to a real API server with its answer, from the recordings beside the project.
struct RecordedExchange: Sendable {
    let name: String
    let method: String
    let path: String
    let headers: [String: String]
    let body: JSON?
    let status: Int
    let warning: String?
    let answer: JSON

    init(_ json: JSON) {
        name = json["name"]?.string ?? ""
        method = json[["request", "method"]]?.string ?? ""
        path = json[["request", "path"]]?.string ?? ""
        headers = Dictionary(
            (json[["request", "headers"]]?.object?.members ?? []).map { ($0.key.lowercased(), $0.value.string ?? "") },
            uniquingKeysWith: { $1 })
        body = json[["request", "body"]]
        status = json[["response", "status"]]?.int ?? 0
        warning = json[["response", "warning"]]?.string ?? json[["response", "warning"]]?[0]?.string
        answer = json[["response", "body"]] ?? .null
    }

    /// Nil where the recordings are not there.
    static func all(renaming words: [(String, String)] = []) throws -> [RecordedExchange]? {
        guard let data = recording("kubernetes-1.36-exchanges.json") else { return nil }
        var text = String(decoding: data, as: UTF8.self)
        for (old, new) in words { text = text.replacing(old, with: new) }
        return try JSON(parsing: text).array?.map(RecordedExchange.init)
    }

    /// The further recordings beside the first, by file name: whatever `kubernetes-*-exchanges*.json` there are.
    static func further() throws -> [(name: String, exchanges: [RecordedExchange])] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return try names.filter { $0.wholeMatch(of: /kubernetes-.*-exchanges.+\.json/) != nil }.sorted().map { name in
            let data = try Data(contentsOf: folder.appending(path: name))
            return (
                name, try JSON(parsing: String(decoding: data, as: UTF8.self)).array?.map(RecordedExchange.init) ?? []
            )
        }
    }

    private static var folder: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        return root.appending(path: "shared/data")
    }

    static func recording(_ name: String) -> Data? {
        let file = folder.appending(path: name)
        let data = try? Data(contentsOf: file)
        if data == nil { print("skipped: the recordings are not at \(file.path())") }
        return data
    }

    func request(body: JSON?, token: String) -> SandboxRequest {
        var parts = URLComponents(string: path) ?? URLComponents()
        let query = (parts.queryItems ?? []).map { (name: $0.name, value: $0.value ?? "") }
        parts.queryItems = nil
        var headers = headers
        headers["authorization"] = "Bearer \(token)"
        headers["user-agent"] = "Python-urllib/3.11"
        // A body that was recorded as text was sent as it is: YAML, or JSON that has a key twice.
        let data = body.map { body in body.string.map { Data($0.utf8) } ?? body.data } ?? Data()
        return SandboxRequest(
            method: method, path: parts.percentEncodedPath, query: query, headers: headers, body: data)
    }
}
