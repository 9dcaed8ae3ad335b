package import AulaEngine
import AulaModel
package import AulaTokens

/// Tries tokens as their users do: with requests that carry the token and nothing else.
package struct TokenTrial: Sendable {
    /// The API server's URL as pipelines know it.
    private let server: String
    /// Trusts the cluster's certificates.
    private let transport: any HTTPTransport

    package init(server: String, transport: any HTTPTransport) {
        self.server = server
        self.transport = transport
    }

    /// Asks whether the token may deploy in its own namespace, and whether it may in another one.
    package func run(_ token: DeployerToken, neighbour: String) async -> TokenFinding {
        TokenFinding(token: token, result: await result(token, neighbour))
    }

    private func result(_ token: DeployerToken, _ neighbour: String) async -> TokenFinding.Result {
        guard let secret = token.secret else { return .missing }
        do {
            guard try await mayDeploy(secret, in: token.namespace) else { return .powerless }
            return try await mayDeploy(secret, in: neighbour) ? .tooPowerful(neighbour: neighbour) : .works
        } catch Refused.unauthorized {
            return .rejected
        } catch Refused.status(let status) {
            return .unknown("the cluster answered \(status)")
        } catch let error as TransportError {
            return .unknown(error.sentence)
        } catch {
            return .unknown("interrupted")
        }
    }

    private enum Refused: Error {
        case unauthorized
        case status(Int)
    }

    /// A review of one's own access: whoever is authenticated may ask, and nothing is written.
    private func mayDeploy(_ secret: Secret, in namespace: String) async throws -> Bool {
        let review: JSON = [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": [
                "resourceAttributes": [
                    "namespace": .string(namespace), "verb": "patch", "group": "apps", "resource": "deployments",
                ]
            ],
        ]
        let answer = try await transport.send(
            APIRequest(
                .url(server), "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                headers: [
                    "Authorization": "Bearer \(secret.revealed)", "Accept": "application/json",
                    "Content-Type": "application/json",
                ], body: review.data, timeout: .seconds(30)))
        if answer.status == 401 { throw Refused.unauthorized }
        guard answer.status == 201 || answer.status == 200, let json = try? JSON(parsing: answer.body) else {
            throw Refused.status(answer.status)
        }
        return json[["status", "allowed"]] == true
    }
}

extension TransportError {
    fileprivate var sentence: String {
        switch self {
        case .cannotConnect(let text): "no connection to the cluster (\(text))"
        case .connectionLost(let text): "the connection broke (\(text))"
        case .timedOut(let limit): "no answer within \(limit.components.seconds) s"
        case .answerTooLarge(let limit): "the answer is larger than \(limit) bytes"
        }
    }
}
