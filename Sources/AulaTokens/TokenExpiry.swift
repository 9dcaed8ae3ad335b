package import AulaModel
package import Foundation

/// How long a token lives.
package enum TokenExpiry: Hashable, Sendable {
    /// A token without an end: it lives as long as its Secret.
    case never
    case at(Date)
    /// The cluster has not filled its Secret, or it is none that can be read.
    case unreadable

    /// Whether it is over by then.
    package func isOver(at now: Date) -> Bool { if case .at(let end) = self { end <= now } else { false } }

    /// Reads when a JSON Web Token ends (RFC 7519, `exp`); nil for other text.
    ///
    /// The signature is the cluster's to check.
    package init?(of token: Secret) {
        guard let claims = Self.claims(of: token) else { return nil }
        switch claims["exp"] {
        case .int(let seconds): self = .at(Date(timeIntervalSince1970: TimeInterval(seconds)))
        case .double(let seconds): self = .at(Date(timeIntervalSince1970: seconds))
        default: self = .never
        }
    }

    /// From a token's issue to its end in seconds; nil for one that cannot be read.
    package static func lifetime(of token: Secret) -> Int? {
        guard let claims = claims(of: token), let begin = claims["iat"]?.int, let end = claims["exp"]?.int else {
            return nil
        }
        return end - begin
    }

    private static func claims(of token: Secret) -> JSON? {
        let parts = token.revealed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var base64 = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: String(base64)), let claims = try? JSON(parsing: data),
            claims.object != nil
        else { return nil }
        return claims
    }
}
