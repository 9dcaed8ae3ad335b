package import Foundation

/// One HTTP request, as a value.
package struct APIRequest: Sendable, Hashable {
    /// Where a request goes.
    package enum Endpoint: Sendable, Hashable {
        /// Scheme, host and port, and a path prefix if any, without a trailing slash.
        case url(String)
        /// A server behind a unix socket: `kubectl proxy`.
        case unixSocket(String)
    }

    package var endpoint: Endpoint
    package var method: String
    /// Begins with a slash; already percent-encoded.
    package var path: String
    package var query: [(name: String, value: String)]
    /// May hold a secret (`Authorization`): never logged.
    package var headers: [String: String]
    /// May hold secrets: never logged.
    package var body: Data?
    package var timeout: Duration

    package init(
        _ endpoint: Endpoint, _ method: String, _ path: String, query: [(name: String, value: String)] = [],
        headers: [String: String] = [:], body: Data? = nil, timeout: Duration = .seconds(60)
    ) {
        self.endpoint = endpoint
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }

    package static func == (left: APIRequest, right: APIRequest) -> Bool {
        left.endpoint == right.endpoint && left.method == right.method && left.path == right.path
            && left.headers == right.headers && left.body == right.body
            && left.query.elementsEqual(right.query) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(endpoint)
        hasher.combine(method)
        hasher.combine(path)
        hasher.combine(body)
    }
}

/// One HTTP answer, whatever its status.
package struct APIResponse: Sendable, Hashable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String]
    package var body: Data

    package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A request without an answer.
package enum TransportError: Error, Hashable {
    /// Nothing was sent: the name is unknown, nobody listens, the certificate is not trusted. Safe to try again.
    case cannotConnect(String)
    /// The connection broke after the request was sent: it may or may not have been carried out.
    case connectionLost(String)
    case timedOut(after: Duration)
    case answerTooLarge(limit: Int)
}

/// Sends requests.
///
/// It follows no redirect, so that credentials stay with the host they are for.
package protocol HTTPTransport: Sendable {
    /// - Throws: `TransportError` when there is no whole answer, `CancellationError` when the run is cancelled.
    func send(_ request: APIRequest) async throws -> APIResponse

    /// Closes every connection; nothing can be sent afterwards.
    func close() async
}

extension HTTPTransport {
    package func close() async {}
}
