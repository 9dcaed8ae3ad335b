import AulaModel
import AulaSandbox
import Testing

/// One row of the table of errors: a request after the preparation, and the answer that GitLab gives.
struct ErrorRow: Sendable, CustomTestStringConvertible {
    var method: String
    var path: String
    var body: JSON?
    var status: Int
    var answer: JSON

    init(_ method: String, _ path: String, _ body: JSON? = nil, _ status: Int, _ answer: JSON) {
        self.method = method
        self.path = path
        self.body = body
        self.status = status
        self.answer = answer
    }

    var testDescription: String { "\(method) \(path) \(status)" }
}

@Suite struct GitLabErrorTests {
    static let project = "projects/memo2-fiuba%2Fapi"
    static let cluster: JSON = [
        "name": "c", "platform_kubernetes_attributes": ["api_url": "https://10.0.0.1", "token": "t"],
    ]

    static let rows: [ErrorRow] = [
        ErrorRow("POST", "groups", [:], 400, ["error": "name is missing, path is missing"]),
        ErrorRow(
            "POST", "groups", ["name": "x", "path": "g1", "parent_id": 11], 400,
            ["message": "Failed to save group {:path=>[\"has already been taken\"]}"]),
        ErrorRow(
            "POST", "groups", ["name": "x", "path": "x", "parent_id": 999], 404, ["message": "404 Group Not Found"]),
        ErrorRow("GET", "groups/nope", nil, 404, ["message": "404 Group Not Found"]),
        ErrorRow("GET", "projects/memo2-fiuba%2Fnope", nil, 404, ["message": "404 Project Not Found"]),
        ErrorRow(
            "POST", "projects", ["name": "api", "path": "api", "namespace_id": 11], 400,
            [
                "message": [
                    "name": ["has already been taken"], "path": ["has already been taken"],
                    "project_namespace.name": ["has already been taken"],
                ]
            ]),
        ErrorRow("POST", "\(project)/variables", ["key": "K"], 400, ["error": "value is missing"]),
        ErrorRow(
            "POST", "\(project)/variables", ["key": "K", "value": "again"], 400,
            ["message": ["key": ["(K) has already been taken"]]]),
        ErrorRow(
            "POST", "\(project)/variables", ["key": "M", "value": "a b", "masked": true], 400,
            ["message": ["value": ["is invalid"]]]),
        ErrorRow(
            "POST", "\(project)/variables", ["key": "N", "value": "v", "variable_type": "x"], 400,
            ["error": "variable_type does not have a valid value"]),
        ErrorRow(
            "GET", "\(project)/variables/K", nil, 409,
            ["message": "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'"]
        ),
        ErrorRow("GET", "\(project)/variables/NOPE", nil, 404, ["message": "404 Variable Not Found"]),
        ErrorRow(
            "POST", "\(project)/clusters/user", cluster, 400,
            ["message": ["environment_scope": ["cannot add duplicated environment scope"]]]),
        ErrorRow(
            "POST", "\(project)/clusters/user", ["name": "c"], 400,
            [
                "error":
                    "platform_kubernetes_attributes is missing, platform_kubernetes_attributes[api_url] is missing, platform_kubernetes_attributes[token] is missing"
            ]),
        ErrorRow(
            "POST", "\(project)/cluster_agents", ["name": "ag"], 400,
            ["message": "400 Bad request - [\"Name has already been taken\"]"]),
        ErrorRow(
            "POST", "\(project)/environments", ["name": "prod"], 400, ["message": ["name": ["has already been taken"]]]),
        ErrorRow("DELETE", "\(project)/environments/1", nil, 403, ["message": "403 Forbidden"]),
        ErrorRow(
            "POST", "\(project)/protected_branches", ["name": "main"], 409,
            ["message": "Protected branch 'main' already exists"]),
        ErrorRow(
            "POST", "\(project)/repository/commits",
            [
                "branch": "main", "commit_message": "m",
                "actions": [["action": "create", "file_path": "README.md", "content": "x"]],
            ], 400, ["message": "A file with this name already exists"]),
        ErrorRow(
            "POST", "\(project)/repository/commits",
            [
                "branch": "nope", "commit_message": "m",
                "actions": [["action": "create", "file_path": "a", "content": "x"]],
            ], 400, ["message": "You can only create or edit files when you are on a branch"]),
        ErrorRow(
            "POST", "\(project)/pipeline_schedules", ["description": "d", "ref": "main", "cron": "61 * * * *"], 400,
            ["message": ["cron": [" is invalid syntax"]]]),
        ErrorRow(
            "POST", "groups/memo2-fiuba/members", ["user_id": 3, "access_level": 31], 400,
            ["error": "access_level does not have a valid value"]),
        ErrorRow(
            "POST", "groups/memo2-fiuba/members", ["user_id": 3, "access_level": 30], 409,
            ["message": "Member already exists"]),
        ErrorRow(
            "POST", "groups/memo2-fiuba/members", ["user_id": 999, "access_level": 30], 404,
            ["message": "404 User Not Found"]),
        ErrorRow(
            "POST", "\(project)/members", ["user_id": 3, "access_level": 10], 400,
            [
                "message": [
                    "access_level": [
                        "should be greater than or equal to Developer inherited membership from group memo2-fiuba"
                    ]
                ]
            ]),
        ErrorRow(
            "DELETE", "groups/memo2-fiuba%2Fg1?permanently_remove=True&full_path=memo2-fiuba%2Fg1", nil, 400,
            ["message": "Group must be marked for deletion first."]),
        ErrorRow("GET", "application/settings", nil, 403, ["message": "403 Forbidden"]),
        ErrorRow(
            "GET", "projects/1/unicorns", nil, 501,
            ["message": "501 Not Implemented - the sandbox's GitLab has no GET /api/v4/projects/1/unicorns"]),
    ]

    @Test(arguments: rows) func `an error has GitLab's status and wording`(_ row: ErrorRow) async throws {
        let gitlab = try GitLabClient()
        let group = try await gitlab.classGroup()
        _ = try await gitlab.makeGroup("g1", in: group)
        _ = try await gitlab.makeProject("api", in: group)
        for scope in ["*", "prod"] {
            let made = await gitlab.send(
                "POST", "\(Self.project)/variables", ["key": "K", "value": "v", "environment_scope": .string(scope)])
            #expect(made.status == 201)
        }
        let prepared: [(String, JSON)] = [
            ("\(Self.project)/clusters/user", Self.cluster), ("\(Self.project)/cluster_agents", ["name": "ag"]),
            ("\(Self.project)/environments", ["name": "prod"]),
            ("groups/memo2-fiuba/members", ["username": "ana", "access_level": 30]),
        ]
        for (path, body) in prepared {
            let made = await gitlab.send("POST", path, body)
            #expect(made.status == 201, "\(path): \(made)")
        }
        let answer = await gitlab.send(row.method, row.path, row.body)
        #expect(answer.status == row.status)
        #expect(answer.body == row.answer)
    }

    @Test func `a wrong token is 401, another's private group 404`() async throws {
        var gitlab = try GitLabClient()
        let issued = await gitlab.send(
            "POST", "groups/memo2-fiuba/access_tokens",
            ["name": "t", "scopes": ["read_api"], "expires_at": "2026-12-31", "access_level": 10])
        gitlab.token = "wrong"
        let refused = await gitlab.send("GET", "version")
        #expect(refused.status == 401 && refused.message == "401 Unauthorized")
        gitlab.token = "glpat-sandbox-root"
        let other = await gitlab.send("POST", "groups", ["name": "other", "path": "other"])
        #expect(other.status == 201)
        gitlab.token = try #require(issued.body["token"]?.string)
        #expect(await gitlab.send("GET", "groups/other").status == 404)
        #expect(await gitlab.send("GET", "groups/memo2-fiuba").status == 200)
        let write = await gitlab.send("POST", "groups/memo2-fiuba/variables", ["key": "K", "value": "v"])
        #expect(write.status == 403 && write.body["error"] == "insufficient_scope")
    }
}
