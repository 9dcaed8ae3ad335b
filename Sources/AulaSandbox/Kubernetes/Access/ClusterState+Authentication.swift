import AulaModel
import Crypto
import Foundation

extension ClusterState {
    /// Signs tokens; made from the administrator's token, so that it outlives a restart and never leaves the cluster.
    var tokenKey: SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data("tokens of \(identity.name) \(identity.adminToken)".utf8)))
    }

    /// - Throws: 401 for a token that is none of ours, is expired, or whose account or Secret is gone.
    func user(of request: SandboxRequest) throws(APIStatus) -> User {
        guard let token = request.bearerToken else { return .anonymous }
        guard let user = user(withToken: token) else { throw .unauthorized }
        // `kubectl --as`: the administrator may be anybody.
        if let other = request.headers["impersonate-user"], user.groups.contains("system:masters") {
            return User(name: other, groups: Self.groups(of: other) + ["system:authenticated"])
        }
        return user
    }

    private static func groups(of name: String) -> [String] {
        let parts = name.split(separator: ":")
        guard parts.count == 4, name.hasPrefix("system:serviceaccount:") else { return [] }
        return ["system:serviceaccounts", "system:serviceaccounts:\(parts[2])"]
    }

    func user(withToken text: String) -> User? {
        if text == identity.adminToken { return .admin }
        guard let token = AccountToken(reading: text, key: tokenKey),
            let account = object("serviceaccounts", token.namespace, token.account), account.uid == token.accountUID
        else { return nil }
        if let expiry = token.expiry, expiry <= now { return nil }
        if let secret = token.secret {
            guard let live = object("secrets", token.namespace, secret), !live.isBeingDeleted else { return nil }
            if let uid = token.secretUID, live.uid != uid { return nil }
            // A Secret's own token must still be in it.
            if token.expiry == nil, live[["data", "token"]]?.string != Data(text.utf8).base64EncodedString() {
                return nil
            }
        }
        return .account(token.account, in: token.namespace)
    }
}
