import Crypto
import Foundation

/// Secrets that GitLab makes: a prefix that names the kind, then 20 random characters.
enum GitLabSecret {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    static func make(prefix: String, length: Int = 20) -> String {
        prefix + String((0..<length).compactMap { _ in alphabet.randomElement() })
    }

    /// A SHA-256 sum as keys' fingerprints show it: base64 without padding.
    static func digest(_ data: Data) -> String {
        Data(SHA256.hash(data: data)).base64EncodedString().replacing("=", with: "")
    }
}
