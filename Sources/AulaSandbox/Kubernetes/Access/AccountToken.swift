import AulaModel
import Crypto
import Foundation

/// A service account's bearer token in the shape of a JSON web token, signed with the cluster's key.
struct AccountToken {
    /// The claims, in the two shapes of the real server: a token Secret's and a TokenRequest's.
    let claims: JSON

    init(secret: JSON, account: JSON) {
        let prefix = "kubernetes.io/serviceaccount/"
        claims = [
            "iss": "kubernetes/serviceaccount", "sub": Self.subject(account),
            prefix + "namespace": .string(account.namespace), prefix + "secret.name": .string(secret.name),
            prefix + "service-account.name": .string(account.name),
            prefix + "service-account.uid": .string(account.uid),
        ]
    }

    init(account: JSON, audiences: JSON, boundTo secret: JSON?, issued: Date, seconds: Int) {
        var inner: JSON = [
            "namespace": .string(account.namespace),
            "serviceaccount": ["name": .string(account.name), "uid": .string(account.uid)],
        ]
        if let secret { inner["secret"] = ["name": .string(secret.name), "uid": .string(secret.uid)] }
        let start = Int(issued.timeIntervalSince1970)
        claims = [
            "aud": audiences, "exp": .int(start + seconds), "iat": .int(start), "nbf": .int(start),
            "iss": "https://kubernetes.default.svc", "jti": .string(UUID().uuidString.lowercased()),
            "kubernetes.io": inner, "sub": Self.subject(account),
        ]
    }

    /// Nil for a token that this cluster did not sign.
    init?(reading text: String, key: SymmetricKey) {
        let parts = text.split(separator: ".")
        guard parts.count == 3, let payload = Data(base64URL: parts[1]), let claims = try? JSON(parsing: payload),
            let signature = Data(base64URL: parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: Data("\(parts[0]).\(parts[1])".utf8), using: key)
        else { return nil }
        self.claims = claims
    }

    func signed(with key: SymmetricKey) -> String {
        let header: JSON = ["alg": "HS256", "kid": "aula-sandbox", "typ": "JWT"]
        let text = header.data.base64URL + "." + claims.data.base64URL
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        return text + "." + Data(code).base64URL
    }

    var namespace: String {
        claims["kubernetes.io/serviceaccount/namespace"]?.string
            ?? claims[["kubernetes.io", "namespace"]]?.string ?? ""
    }
    var account: String {
        claims["kubernetes.io/serviceaccount/service-account.name"]?.string
            ?? claims[["kubernetes.io", "serviceaccount", "name"]]?.string ?? ""
    }
    var accountUID: String {
        claims["kubernetes.io/serviceaccount/service-account.uid"]?.string
            ?? claims[["kubernetes.io", "serviceaccount", "uid"]]?.string ?? ""
    }
    /// The Secret that the token dies with; nil for one that is bound to none.
    var secret: String? {
        claims["kubernetes.io/serviceaccount/secret.name"]?.string
            ?? claims[["kubernetes.io", "secret", "name"]]?.string
    }
    /// Nil for a Secret's token, which names no uid.
    var secretUID: String? { claims[["kubernetes.io", "secret", "uid"]]?.string }
    var expiry: Date? { claims["exp"]?.int.map { Date(timeIntervalSince1970: TimeInterval($0)) } }

    private static func subject(_ account: JSON) -> JSON {
        .string("system:serviceaccount:\(account.namespace):\(account.name)")
    }
}

extension Data {
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    fileprivate init?(base64URL text: Substring) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
