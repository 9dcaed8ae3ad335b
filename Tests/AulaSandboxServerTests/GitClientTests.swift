import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// The real `git`, unchanged, against the sandbox's GitLab.
@Suite struct GitClientTests {
    /// Runs a script with the sandbox's environment in a folder of its own; answers its status and all that it printed.
    private func run(_ script: String, in sandbox: RunningSandbox) async throws -> (status: Int32, text: String) {
        let folder = sandbox.folder.appending(path: "clone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let environment = sandbox.environment.merging(
            [
                "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_AUTHOR_NAME": "Ana",
                "GIT_AUTHOR_EMAIL": "ana@example.com", "GIT_COMMITTER_NAME": "Ana",
                "GIT_COMMITTER_EMAIL": "ana@example.com",
            ]
        ) { $1 }
        let result = try await Command.run(
            "/bin/sh", ["-ec", "exec 2>&1\n" + script], environment: environment, in: folder)
        return (result.status, result.output)
    }

    /// A project in the class's group, with a README.
    private func project(_ sandbox: RunningSandbox) async throws -> Int {
        let group = try await sandbox.gitlab("GET", "/api/v4/groups/memo2-fiuba")
        let made = try await sandbox.gitlab(
            "POST", "/api/v4/projects",
            body: #"{"path": "api", "namespace_id": \#(group.json["id"]?.int ?? 0), "initialize_with_readme": true}"#)
        return try #require(made.json["id"]?.int)
    }

    /// The project's address; git asks a helper for the token, so that it stands in no command line.
    private static let url = #"""
        export GITLAB_TOKEN GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=credential.helper
        export GIT_CONFIG_VALUE_0='!f() { echo username=any; echo "password=$GITLAB_TOKEN"; }; f'
        url=$AULA_GITLAB_URL/memo2-fiuba/api.git
        """#

    @Test(.timeLimit(.minutes(4)))
    func `git clones, commits and pushes, and the API tells what was pushed`() async throws {
        try await RunningSandbox.run { sandbox in
            let id = try await project(sandbox)
            let pushed = try await run(
                """
                \(Self.url)
                git clone -q "$url" work && cd work
                echo hello > "a file.txt" && head -c 3000000 /dev/urandom > big.bin
                git add . && git commit -qm "by a client" && git push -q origin HEAD:main
                git checkout -qb topic && git commit -q --allow-empty -m more && git push -q origin topic
                git tag v1 && git push -q origin v1 && git rev-parse HEAD
                """, in: sandbox)
            #expect(pushed.status == 0, "\(pushed.text)")
            let sha = pushed.text.split(separator: "\n").last.map(String.init)
            let branch = try await sandbox.gitlab("GET", "/api/v4/projects/\(id)/repository/branches/topic")
            #expect(branch.json[["commit", "id"]]?.string == sha)
            let file = try await sandbox.gitlab(
                "GET", "/api/v4/projects/\(id)/repository/files/a%20file.txt?ref=main")
            #expect(file.json["content"] == "aGVsbG8K")
            let tags = try await sandbox.gitlab("GET", "/api/v4/projects/\(id)/repository/tags")
            #expect(tags.json.array?.compactMap { $0["name"]?.string } == ["v1"])
            let byAPI = try await sandbox.gitlab(
                "POST", "/api/v4/projects/\(id)/repository/files/api.txt",
                body: #"{"branch": "main", "content": "x", "commit_message": "by the API"}"#)
            #expect(byAPI.status == 201)
            let fetched = try await run(
                "\(Self.url)\ngit clone -q --depth 1 \"$url\" work && cat work/api.txt && git -C work log -1 --format=%an",
                in: sandbox)
            #expect(fetched.status == 0 && fetched.text == "xTeacher\n", "\(fetched.text)")
        }
    }

    @Test(.timeLimit(.minutes(4)))
    func `a push that protection forbids is refused by its sentence, a stranger gets nothing`() async throws {
        try await RunningSandbox.run { sandbox in
            _ = try await project(sandbox)
            let token = try await sandbox.gitlab(
                "POST", "/api/v4/groups/memo2-fiuba/access_tokens",
                body: #"{"name": "t", "scopes": ["write_repository"], "access_level": 30}"#
                    .replacing("}", with: #", "expires_at": "\#(Self.tomorrow)"}"#))
            let secret = try #require(token.json["token"]?.string, "\(token.json.text)")
            let refused = try await run(
                """
                GITLAB_TOKEN=\(secret)
                \(Self.url)
                git clone -q "$url" work && cd work && git commit -q --allow-empty -m x
                git push origin HEAD:topic 2>/dev/null && git push origin HEAD:main
                """, in: sandbox)
            #expect(refused.status != 0)
            #expect(refused.text.contains("You are not allowed to push code to protected branches on this project."))
            #expect(refused.text.contains("pre-receive hook declined"))
            let stranger = try await run("GITLAB_TOKEN=wrong\n\(Self.url)\ngit ls-remote \"$url\"", in: sandbox)
            #expect(stranger.status != 0 && !stranger.text.contains("refs/heads/main"))
        }
    }

    private static var tomorrow: String {
        Date().addingTimeInterval(86_400).formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}
