import AulaModel
import Foundation
import Testing

/// Jobs of pipelines on this machine.
@Suite struct JobTests {
    /// Waits, for a minute at most, until a pipeline of the project has ended.
    private func ended(_ id: Int, in sandbox: RunningSandbox) async throws -> String {
        for _ in 0..<600 {
            let pipelines = try await sandbox.gitlab("GET", "/api/v4/projects/\(id)/pipelines")
            let status = pipelines.json[0]?["status"]?.string ?? ""
            if ["success", "failed", "canceled"].contains(status) { return status }
            try await Task.sleep(for: .milliseconds(100))
        }
        return "nothing"
    }

    private func project(_ path: String, _ file: String, in sandbox: RunningSandbox) async throws -> Int {
        let group = try await sandbox.gitlab("GET", "/api/v4/groups/memo2-fiuba")
        let body: JSON = [
            "path": .string(path), "namespace_id": group.json["id"] ?? .null, "initialize_with_readme": true,
        ]
        let made = try await sandbox.gitlab("POST", "/api/v4/projects", body: body.text)
        let id = try #require(made.json["id"]?.int)
        let variable: JSON = ["key": "WORD", "value": "hidden-word", "masked": true, "environment_scope": "test"]
        _ = try await sandbox.gitlab("POST", "/api/v4/projects/\(id)/variables", body: variable.text)
        let content: JSON = ["branch": "main", "commit_message": "ci", "content": .string(file)]
        let written = try await sandbox.gitlab(
            "POST", "/api/v4/projects/\(id)/repository/files/.gitlab-ci.yml", body: content.text)
        #expect(written.status == 201, "\(written.json.text)")
        return id
    }

    @Test(.timeLimit(.minutes(8)))
    func `a commit's jobs run in order with their variables, and the environment knows its deployment`() async throws {
        try await RunningSandbox.run(runsJobs: true) { sandbox in
            let file = """
                stages: [build, deploy]
                build:
                  stage: build
                  script:
                    - test -f README.md && test "$HOME" != "$OLDPWD"
                    - echo "built $CI_COMMIT_BRANCH ${WORD:-without}"
                    - test -z "$GITLAB_TOKEN"
                deploy:
                  stage: deploy
                  environment: { name: test, url: "https://$CI_PROJECT_NAME.example.com" }
                  script: echo "told $WORD"
                """
            let shared = try await project("shared", file, in: sandbox)
            _ = shared
            let team = try await project(
                "team", "include: [{ project: memo2-fiuba/shared, file: .gitlab-ci.yml }]", in: sandbox)
            #expect(try await ended(team, in: sandbox) == "success")
            let jobs = try await sandbox.gitlab("GET", "/api/v4/projects/\(team)/jobs")
            var logs: [String: String] = [:]
            for job in jobs.json.array ?? [] {
                let log = try await sandbox.gitlab("GET", "/api/v4/projects/\(team)/jobs/\(job["id"]?.int ?? 0)/trace")
                logs[job["name"]?.string ?? ""] = String(decoding: log.body, as: UTF8.self)
            }
            #expect(logs["build"]?.contains("built main without") == true, "\(logs)")
            #expect(logs["deploy"]?.contains("told [MASKED]") == true, "\(logs)")
            let environments = try await sandbox.gitlab("GET", "/api/v4/projects/\(team)/environments")
            #expect(environments.json[0]?["external_url"] == "https://team.example.com")
            let id = environments.json[0]?["id"]?.int ?? 0
            let one = try await sandbox.gitlab("GET", "/api/v4/projects/\(team)/environments/\(id)")
            #expect(one.json[["last_deployment", "status"]] == "success")
        }
    }

    @Test(.timeLimit(.minutes(8)))
    func `a job that fails skips what comes after it; without bwrap a team's own script does not run`() async throws {
        try await RunningSandbox.run(runsJobs: true) { sandbox in
            let file =
                "stages: [a, b]\none:\n  stage: a\n  script: [echo first, exit 3]\ntwo:\n  stage: b\n  script: echo second\n"
            let id = try await project("own", file, in: sandbox)
            #expect(try await ended(id, in: sandbox) == "failed")
            let jobs = try await sandbox.gitlab("GET", "/api/v4/projects/\(id)/jobs")
            let status = { (name: String) in jobs.json.array?.first { $0["name"] == .string(name) }?["status"] }
            #expect(status("one") == "failed" && status("two") == "skipped")
            let one = jobs.json.array?.first { $0["name"] == "one" }
            let log = try await sandbox.gitlab("GET", "/api/v4/projects/\(id)/jobs/\(one?["id"]?.int ?? 0)/trace")
            let text = String(decoding: log.body, as: UTF8.self)
            let hasCage = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
                .contains { FileManager.default.isExecutableFile(atPath: "\($0)/bwrap") }
            #expect(text.contains(hasCage ? "first" : "there is no bwrap on this machine"), "\(text)")
        }
    }
}
