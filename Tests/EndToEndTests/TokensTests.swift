import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// Tokens through the built binary, the real kubectl and TLS.
@Suite(.timeLimit(.minutes(5))) struct TokensTests {
    @Test func `tokens are listed, tried and rotated, and the next apply writes nothing`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let old = try await sandbox.deployerToken(namespace: "demo-g1-test")
            let list = try await sandbox.aula("tokens", "list", file, "--format", "json")
            let tokens = try #require(try JSON(parsing: list.output)["tokens"]?.array, "\(list.transcript)")
            #expect(tokens.map { $0["generation"] } == [1, 1])
            #expect(!list.output.contains(old))

            let verify = try await sandbox.aula("tokens", "verify", file)
            #expect(verify.status == 0, "\(verify.transcript)")
            let rotate = try await sandbox.aula("tokens", "rotate", file, "--group", "g1", "--yes")
            #expect(rotate.status == 0, "\(rotate.transcript)")
            #expect(!rotate.transcript.contains(old))
            let refused = try await sandbox.kubectl("--token", old, "-n", "demo-g1-test", "get", "deployments")
            #expect(refused.status == 1, "\(refused.transcript)")
            let secrets = try await sandbox.kubectl("get", "secrets", "-A", "-o", "name")
            #expect(
                secrets.output.split(separator: "\n").filter { $0.contains("deployer-token") }.sorted() == [
                    "secret/gitlab-deployer-token", "secret/gitlab-deployer-token-2",
                ])
            #expect(try await sandbox.aula("tokens", "verify", file).status == 0)

            let count = try sandbox.requests().count
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.output.contains("No changes."), "\(apply.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            let destroy = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(destroy.status == 0, "\(destroy.transcript)")
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 6]) func `a rotation that is killed leaves tokens that work, and is finished`(
        writes: Int
    ) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            try await sandbox.kill(after: writes, "tokens", "rotate", file, "--yes", "--parallelism", "1")
            for token in try await sandbox.deliveredTokens() {
                let review = try await sandbox.kubectl("--token", token, "auth", "whoami")
                #expect(review.status == 0, "\(review.transcript)")
            }
            let next = try await sandbox.aula("tokens", "rotate", file, "--yes")
            #expect(next.status == 0, "\(next.transcript)")
            #expect(try await sandbox.aula("tokens", "verify", file).status == 0)
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a token that its cluster no longer accepts fails the check`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small())
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            _ = try await sandbox.kubectl("-n", "demo-g1-test", "delete", "rolebinding", "gitlab-deployer")
            let verify = try await sandbox.aula("tokens", "verify", file)
            #expect(verify.status == 1, "\(verify.transcript)")
            #expect(verify.output.contains("may not deploy in its own namespace"))
        }
    }

    @Test func `tokens that expire last the days that were asked for, and are rotated like others`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(
                Cohorts.small(groups: "1", more: "tokens: { kind: expiring, days: 30 }\n"))
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let list = try await sandbox.aula("tokens", "list", file, "--format", "json")
            let expires = try JSON(parsing: list.output)["tokens"]?.array?.first?["expires"]?.string
            let date = try Date(try #require(expires, "\(list.transcript)"), strategy: .iso8601)
            #expect(abs(date.timeIntervalSinceNow - 30 * 86_400) < 600)
            #expect(try await sandbox.aula("tokens", "verify", file).status == 0)
            #expect(try await sandbox.aula("tokens", "rotate", file, "--yes").status == 0)
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
        }
    }
}

extension Sandbox {
    /// What GitLab hands to the pipelines.
    func deliveredTokens() async throws -> [String] {
        let result = try await python(
            """
            import os, gitlab
            gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
            for n in (1, 2):
                for v in gl.projects.get(f"memo2-fiuba/demo/g{n}/api").variables.list(get_all=True):
                    if v.key == "KUBE_TOKEN": print(v.value)
            """)
        return result.output.split(separator: "\n").map(String.init)
    }
}
