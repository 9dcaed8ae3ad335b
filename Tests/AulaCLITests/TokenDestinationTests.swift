import AulaModel
import AulaTools
import Foundation
import Testing

@testable import AulaCLI

/// Where a token may go is not the cohort file's choice alone.
@Suite struct TokenDestinationTests {
    private func plan(
        _ url: String, token: String, options: [String] = [], answering answers: [String]? = nil,
        on computer: Computer? = nil, environment: [String: String] = [:]
    ) async throws -> Computer.Finished {
        let computer = try computer ?? Computer("ada@laptop", in: try World())
        let text = Cohorts.small().replacingOccurrences(of: "http://127.0.0.1", with: url)
        let file = try computer.write(text)
        return try await computer.aula(["plan", file] + options, answering: answers) { surroundings in
            surroundings.environment["GITLAB_TOKEN"] = token
            surroundings.environment.merge(environment) { _, new in new }
        }
    }

    @Test(arguments: [
        ("https://gitlab.example.org", "glpat-sandbox-teacher", "is a sandbox's"),
        ("http://127.0.0.1:4711", "glpat-real", "is not encrypted"),
        ("http://gitlab.example.org", "glpat-real", "is not encrypted"),
        ("https://gitlab.example.org", "glpat-real", "has not used before"),
    ])
    func `a token does not go where only the file sends it`(url: String, token: String, says: String) async throws {
        let end = try await plan(url, token: token)
        #expect(end.outcome == .error && end.errors.contains(says), "\(end)")
    }

    @Test func `a sandbox's token goes to no real host, whoever names it`() async throws {
        let end = try await plan(
            "https://gitlab.com", token: "glpat-sandbox-teacher", environment: ["AULA_GITLAB_URL": "https://gitlab.com"]
        )
        #expect(end.outcome == .error && end.errors.contains("is a sandbox's"), "\(end)")
    }

    @Test func `a real token goes nowhere in the clear, whoever names the host`() async throws {
        let url = "http://gitlab.example.org"
        let end = try await plan(url, token: "glpat-real", environment: ["AULA_GITLAB_URL": url])
        #expect(end.outcome == .error && end.errors.contains("is not encrypted"), "\(end)")
    }

    @Test func `a list of hosts that cannot be read is not written anew`() throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "aula-hosts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        let file = home.appending(path: "aula/hosts")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let latin = Data([0x66, 0xFC, 0x72, 0x0A])
        try latin.write(to: file)
        let known = KnownHosts(environment: ["XDG_CONFIG_HOME": home.path])
        known.add("gitlab.example.org")
        #expect(try Data(contentsOf: file) == latin)
        try Data("gitlab.one.org".utf8).write(to: file)
        known.add("gitlab.example.org")
        #expect(try String(contentsOf: file, encoding: .utf8) == "gitlab.one.org\ngitlab.example.org\n")
    }

    @Test func `a host that the user trusts once, or agrees to, is known from then on`() async throws {
        let url = "https://gitlab.example.org"
        let ada = try Computer("ada@laptop", in: try World())
        #expect(try await plan(url, token: "glpat-real", answering: ["no"], on: ada).errors.contains("was not sent"))
        #expect(
            !(try await plan(url, token: "glpat-real", answering: ["yes"], on: ada).errors.contains(
                "not used before. N")))
        #expect(!(try await plan(url, token: "glpat-real", on: ada).errors.contains("not used before")))
        let grace = try Computer("grace@laptop", in: try World())
        let options = ["--trust-host", "gitlab.example.org"]
        #expect(
            !(try await plan(url, token: "glpat-real", options: options, on: grace).errors.contains("not used before")))
        #expect(!(try await plan(url, token: "glpat-real", on: grace).errors.contains("not used before")))
    }
}
