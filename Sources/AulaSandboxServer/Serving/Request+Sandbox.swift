import AulaSandbox
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The largest body that is read: the real API server stops at 3 MiB for objects, GitLab later.
    static let bodyLimit = 16 << 20

    /// The request as the state machines see it, with its body read whole.
    ///
    /// A request that announces no body is left unread: only then can a watch notice that its client has left.
    ///
    /// - Throws: 413 for a body over the limit.
    func sandboxRequest() async throws -> SandboxRequest {
        var data = Data()
        if headers[.contentLength].map({ $0 != "0" }) ?? headers.contains(.transferEncoding) {
            do {
                data = Data(try await body.collect(upTo: Request.bodyLimit).readableBytesView)
            } catch is NIOTooManyBytesError {
                throw HTTPError(.contentTooLarge)
            }
        }
        var fields: [String: String] = [:]
        for field in headers { fields[field.name.canonicalName] = field.value }
        if let host = head.authority { fields["host"] = host }
        return SandboxRequest(
            method: method.rawValue, path: uri.path, query: Request.parameters(of: uri.query), headers: fields,
            body: data)
    }

    private static func parameters(of query: String?) -> [(name: String, value: String)] {
        (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decode)
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
    }

    private static func decode(_ text: Substring) -> String {
        let spaced = String(text.replacing("+", with: " "))
        return spaced.removingPercentEncoding ?? spaced
    }
}
