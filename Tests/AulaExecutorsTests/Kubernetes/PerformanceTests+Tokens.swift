import AulaEngine
import AulaModel
import Foundation
import Synchronization
import Testing

@testable import AulaExecutors

/// Tokens, and what a lost or refused answer says.
extension PerformanceTests {
    private static let token = Memo2.resource(
        "Secret", "n", "t",
        [
            "type": "kubernetes.io/service-account-token",
            "metadata": ["annotations": ["kubernetes.io/service-account.name": "gitlab-deployer"]],
        ])

    @Test func `a token is waited for, and made again when the cluster took it away`() async throws {
        let empty = Memo2.live("n", "t", uid: "u1", Self.token.body)
        let full = empty.merging(["data": ["token": "dG9rZW4=", "ca.crt": "UEVN"]])
        transport.on("PATCH /api/v1/namespaces/n/secrets/t") { _ in .object(201, empty) }
        transport.on(
            "GET /api/v1/namespaces/n/secrets/t", { _ in .object(200, empty) },
            { _ in .refusal(404, "NotFound", "not found") }, { _ in .object(200, full) })
        transport.on("GET /api/v1/namespaces/n/serviceaccounts/gitlab-deployer") { _ in .object(200, empty) }
        let result = try await perform(Memo2.step(.create, Self.token))
        #expect(result.outputs["token"] == .secret(Secret("token")))
        #expect(result.outputs["ca.crt"] == .secret(Secret("PEM")))
        #expect(writes.count == 2)
    }

    @Test func `a token whose account does not exist says so`() async throws {
        transport.on("PATCH /api/v1/namespaces/n/secrets/t") { _ in .object(201, Memo2.live("n", "t", Self.token.body))
        }
        for path in ["secrets/t", "serviceaccounts/gitlab-deployer"] {
            transport.on("GET /api/v1/namespaces/n/\(path)") { _ in .refusal(404, "NotFound", "not found") }
        }
        #expect(
            try await self.error(Memo2.step(.create, Self.token)).message
                == "kubernetes/Secret/n/t: its account gitlab-deployer does not exist, so the cluster removed it")
    }

    @Test func `the root hands out the cluster's coordinates`() async throws {
        transport.on("PATCH /api/v1/namespaces/memo2-aula/configmaps/aula") { _ in
            .object(201, Memo2.live("memo2-aula", "aula"))
        }
        let result = try await perform(Memo2.step(.create, Memo2.resource("ConfigMap", "memo2-aula", "aula")))
        #expect(result.outputs == ["server": "https://127.0.0.1:6443", "ca": "PEM\n"])
    }

    @Test(
        "what may be sent again, and when",
        arguments: [
            (429, "TooManyRequests", "slow down", ["retry-after": "7"], ExecutionError.Retry.after(.seconds(7))),
            (500, "InternalError", "etcdserver: leader changed", [:], .backoff),
            (503, "ServiceUnavailable", "later", [:], .backoff),
            (409, "Conflict", "the object has been modified", [:], .backoff),
            (422, "Invalid", "Service \"api\" is invalid: failed to allocate IP 10.0.0.7", [:], .backoff),
            (500, "", "failed to create typed patch object (n/app): .dta: field not declared in schema", [:], .never),
            (422, "Invalid", "ConfigMap \"app\" is invalid", [:], .never),
            (403, "Forbidden", "exceeded quota: quota", [:], .never),
            (401, "Unauthorized", "Unauthorized", [:], .never),
        ] as [(Int, String, String, [String: String], ExecutionError.Retry)])
    func retries(
        status: Int, reason: String, message: String, headers: [String: String], retry: ExecutionError.Retry
    ) async throws {
        transport.on(Self.appPath) { _ in
            var answer = APIResponse.refusal(status, reason, message)
            answer.headers = headers
            return answer
        }
        let error = try await self.error(Memo2.step(.update, Self.app, observed: Self.observed))
        #expect(error.retry == retry)
        #expect(error.message == "kubernetes/ConfigMap/n/app: \(message)")
    }

    @Test func `a lost answer may be asked for again`() async throws {
        transport.on(Self.appPath) { _ in throw TransportError.connectionLost("reset") }
        #expect(try await self.error(Memo2.step(.create, Self.app)).retry == .backoff)
    }

    @Test func `no message shows what a Secret holds, also where the server quotes it`() async throws {
        transport.on(
            "PATCH /api/v1/namespaces/n/secrets/s",
            { _ in
                .refusal(
                    422, "Invalid", "Secret is invalid: data[key]: Invalid value: \"hunter2hunter2\"",
                    causes: [["reason": "FieldValueInvalid", "field": "data[key]", "message": "hunter2hunter2"]])
            }, { _ in .refusal(403, "Forbidden", "webhook says hunter2hunter2 / aHVudGVyMmh1bnRlcjI= is bad") })
        let secret = Memo2.resource("Secret", "n", "s", ["data": ["key": "aHVudGVyMmh1bnRlcjI="]])
        let first = try await self.error(Memo2.step(.create, secret)).description
        #expect(first.contains("the server refused it (422 Invalid, at data[key])"))
        let second = try await self.error(Memo2.step(.create, secret)).description
        #expect(second.contains("webhook says [secret] / [secret] is bad"))
        #expect(!(first + second).contains("hunter2"))
    }
}
