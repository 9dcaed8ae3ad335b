import AulaEngine
import Foundation

extension APIRequest {
    /// The whole URL; a unix socket's path is its percent-encoded host.
    var url: String {
        let base =
            switch endpoint {
            case .url(let url): url
            case .unixSocket(let path): "http+unix://" + Self.encoded(path)
            }
        guard !query.isEmpty else { return base + path }
        return base + path + "?"
            + query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// RFC 3986: everything but the unreserved characters is encoded, so that `+`, `/` and `[` mean themselves.
    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
