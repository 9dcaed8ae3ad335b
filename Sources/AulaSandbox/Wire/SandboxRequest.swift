package import Foundation

/// One HTTP request as a state machine of the sandbox sees it, free of any server's types.
package struct SandboxRequest: Sendable {
    package var method: String
    /// The raw path, still percent-encoded: GitLab's `group%2Fproject` is one segment.
    package var path: String
    /// Decoded names and values in their order; a name may repeat.
    package var query: [(name: String, value: String)]
    /// Names in lower case.
    package var headers: [String: String]
    package var body: Data

    package init(
        method: String, path: String, query: [(name: String, value: String)] = [], headers: [String: String] = [:],
        body: Data = Data()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The path's segments, each percent-decoded.
    package var segments: [String] {
        path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    }

    /// The first value of a query parameter.
    package func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The token of an `Authorization: Bearer …` header.
    package var bearerToken: String? {
        guard let value = headers["authorization"], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst("bearer ".count))
    }
}
