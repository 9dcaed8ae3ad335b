import AulaEngine
import AulaModel
import AulaPlanner
import AulaTokens
import Foundation

/// Requests a token that expires, and keeps it in the very Secret that it is bound to: with the Secret it dies.
///
/// A token that was granted and whose answer was lost is in nobody's hands and dies the same way.
struct TokenRequest {
    let call: ObjectCall

    /// The Secret with its token.
    ///
    /// - Throws: `ExecutionError`, also where less was granted than asked for; the Secret is gone then, and with it the
    ///   token.
    func fill(_ secret: LiveObject) async throws -> LiveObject {
        let days = secret.metadata["annotations"]?[TokenPart.days]?.string.flatMap { Int($0) } ?? 30
        let asked = days * 86_400
        let answer = try await request(secret, seconds: asked)
        guard let token = answer[["status", "token"]]?.string.map({ Secret($0) }),
            let expires = answer[["status", "expirationTimestamp"]]?.string
        else { throw ExecutionError("\(call.address): the cluster granted no token", hint: "run aula again") }
        // The wish may come back as it was; what the cluster will obey is written in the token.
        let granted = min(
            answer[["spec", "expirationSeconds"]]?.int ?? asked, TokenExpiry.lifetime(of: token) ?? asked)
        guard granted >= asked else {
            _ = try await Removal(call: call, uid: secret.uid, progress: { _ in }).begin()
            throw ExecutionError(
                "\(call.address): asked for \(days) days, the cluster grants \(Self.text(granted)); GitLab was not told",
                hint: "ask for less with `tokens: { kind: expiring, days: … }`, or write `kind: longLived`")
        }
        return try await keep(token, expires, in: secret)
    }

    private func request(_ secret: LiveObject, seconds: Int) async throws -> JSON {
        let account = secret.requestedAccount ?? ""
        let answer = try await call.send(
            "POST", ObjectKind.serviceAccount.path(namespace: call.namespace, name: account) + "/token",
            body: [
                "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                "spec": [
                    "expirationSeconds": .int(seconds),
                    "boundObjectRef": [
                        "apiVersion": "v1", "kind": "Secret", "name": .string(call.name), "uid": .string(secret.uid),
                    ],
                ],
            ])
        guard (200..<300).contains(answer.status) else { throw call.error(Refusal(answer)) }
        return (try? JSON(parsing: answer.body)) ?? .null
    }

    /// Written once, under the manager of such fields: aula's own apply never takes it away.
    private func keep(_ token: Secret, _ expires: String, in secret: LiveObject) async throws -> LiveObject {
        let answer = try await call.send(
            "PATCH", call.path, query: [("fieldManager", FieldManager.placeholder)],
            body: [
                "metadata": ["uid": .string(secret.uid), "annotations": [TokenPart.expires: .string(expires)]],
                "data": .object(
                    JSONObject([(TokenPart.field, .string(Data(token.revealed.utf8).base64EncodedString()))])),
            ], as: .mergePatch)
        guard answer.status == 200 else { throw call.error(Refusal(answer)) }
        return try call.object(in: answer)
    }

    private static func text(_ seconds: Int) -> String {
        seconds % 86_400 == 0 ? "\(seconds / 86_400) day\(seconds == 86_400 ? "" : "s")" : "\(seconds / 3600) hours"
    }
}
