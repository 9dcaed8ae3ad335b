import AulaTestSupport
import Foundation
import Testing

/// Whom aula talks to, and what it hands to pipelines to tell by.
@Suite(.timeLimit(.minutes(5))) struct TrustTests {
    @Test func `a kubeconfig that checks no certificate is said, and no pipeline gets an empty one`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes", "--no-wait").status == 0)
            let kubeconfig = try String(contentsOfFile: sandbox.environment["KUBECONFIG"] ?? "", encoding: .utf8)
            let insecure = kubeconfig.replacing(
                /certificate-authority-data: .*/, with: "insecure-skip-tls-verify: true")
            #expect(insecure != kubeconfig)
            let path = try sandbox.write(insecure, to: "insecure")
            let before = try sandbox.requests().count
            for arguments in [["plan", file], ["apply", file, "--yes"]] {
                let result = try await sandbox.aula(arguments, environment: ["KUBECONFIG": path])
                #expect(result.status == 1, "\(result.transcript)")
                #expect(result.errors.contains("(insecure-skip-tls-verify)"), "\(result.transcript)")
                #expect(result.errors.contains("certificate-authority-data"), "\(result.transcript)")
            }
            #expect(try sandbox.writes(since: before) == [])
        }
    }

    @Test func `a certificate for another name is said in a sentence`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            let kubeconfig = try String(contentsOfFile: sandbox.environment["KUBECONFIG"] ?? "", encoding: .utf8)
            let port = try #require(kubeconfig.firstMatch(of: /server: https:\/\/127\.0\.0\.1:(\d+)/)?.1)
            // The same server by another name, which its certificate does not have.
            let url = "https://[::ffff:127.0.0.1]:\(port)"
            let result = try await sandbox.aula(
                "plan", file,
                environment: [
                    "AULA_GITLAB_URL": url, "AULA_CA_FILE": sandbox.folder.appendingPathComponent("state/ca.pem").path,
                ])
            #expect(result.status == 1)
            #expect(
                result.errors.contains(
                    "GitLab cannot be reached at \(url): the server's certificate is for another name than this address\n"
                ), "\(result.transcript)")
        }
    }
}
