import AulaModel
import Foundation

extension ClusterState {
    /// Fills a token Secret; one whose account is not there is deleted, as the real controller does.
    mutating func reconcileToken(_ secret: JSON, _ key: ObjectKey) {
        guard secret["type"] == "kubernetes.io/service-account-token", !secret.isBeingDeleted,
            hasWaited(settings.tokenDelaySeconds, "token", secret, key)
        else { return }
        let name = secret.annotation("kubernetes.io/service-account.name") ?? ""
        let uid = secret.annotation("kubernetes.io/service-account.uid")
        guard let account = object("serviceaccounts", key.namespace, name), uid == nil || uid == account.uid else {
            discard(secret, key)
            return
        }
        guard secret[["data", "token"]] == nil else { return }
        let token = AccountToken(secret: secret, account: account).signed(with: tokenKey)
        func base64(_ text: String) -> JSON { .string(Data(text.utf8).base64EncodedString()) }
        let authority = identity.caPEM
        control(key) { secret in
            secret[["metadata", "annotations", "kubernetes.io/service-account.uid"]] = .string(account.uid)
            secret[["data", "ca.crt"]] = base64(authority)
            secret[["data", "namespace"]] = base64(key.namespace)
            secret[["data", "token"]] = base64(token)
        }
    }

    /// Writes what is used of a quota.
    mutating func reconcileQuota(_ quota: JSON, _ key: ObjectKey) {
        let used = usage(quota)
        control(key, subresource: "status") { quota in
            quota[["status", "hard"]] = quota[["spec", "hard"]]
            quota[["status", "used"]] = .object(
                JSONObject(used.map { ($0.key, .string($0.value.canonical)) }))
        }
    }
}
