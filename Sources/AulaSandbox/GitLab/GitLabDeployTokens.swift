import AulaModel
import Foundation

/// Deploy tokens: names are not unique, and the secret is told once.
extension GitLabInstance {
    struct DeployToken: Codable, Sendable {
        var id: Int
        var name: String
        var username: String
        var expires: Date?
        var scopes: [String]

        func render(now: Date) -> JSON {
            [
                "id": .int(id), "name": .string(name), "username": .string(username),
                "expires_at": expires.map { .string(GitLabTime.text($0)) } ?? .null,
                "scopes": .array(scopes.map(JSON.string)), "revoked": false,
                "expired": .bool(expires.map { $0 < now } ?? false),
            ]
        }
    }

    private static let deployScopes = [
        "read_repository", "read_registry", "write_registry", "read_package_registry", "write_package_registry",
        "read_virtual_registry", "write_virtual_registry",
    ]

    static let deployTokenRoutes: [GitLabRoute] =
        .joined(
            [
                GitLabRoute("GET", "deploy_tokens") { gitlab, call in
                    try requireAdmin(call)
                    let all = gitlab.groups.values.map(\.contents) + gitlab.projects.values.map(\.contents)
                    return try call.page(all.flatMap(\.deployTokens).sorted { $0.id < $1.id }) {
                        $0.render(now: call.now)
                    }
                }
            ],
            GitLabRoute.underBoth("GET", "deploy_tokens", project: .maintainer, group: .maintainer) {
                gitlab, call, holder in
                let onlyActive = try call.arguments.flag("active") ?? false
                let found = gitlab[contents: holder].deployTokens.filter {
                    !onlyActive || ($0.expires ?? .distantFuture) > call.now
                }
                return try call.page(found) { $0.render(now: call.now) }
            },
            GitLabRoute.underBoth("GET", "deploy_tokens/:token", project: .maintainer, group: .maintainer) {
                gitlab, call, holder in
                let position = try gitlab.position(ofDeployToken: call, in: holder)
                return .json(200, gitlab[contents: holder].deployTokens[position].render(now: call.now))
            },
            GitLabRoute.underBoth("POST", "deploy_tokens", project: .maintainer, group: .owner) {
                gitlab, call, holder in try gitlab.createDeployToken(call, in: holder)
            },
            GitLabRoute.underBoth("DELETE", "deploy_tokens/:token", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                gitlab[contents: holder].deployTokens.remove(at: try gitlab.position(ofDeployToken: call, in: holder))
                return GitLabCall.noContent()
            })

    private mutating func createDeployToken(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("name", "scopes")
        let scopes = try arguments.list("scopes") ?? []
        guard scopes.allSatisfy(Self.deployScopes.contains) else { throw GitLabFailure.invalidValue("scopes") }
        guard !scopes.isEmpty else { throw GitLabFailure.validation("base", "Scopes can't be blank") }
        let name = try arguments.text("name") ?? ""
        guard name.count <= 255 else {
            throw GitLabFailure.validation("name", "is too long (maximum is 255 characters)")
        }
        let username = try arguments.text("username")
        if let username, username.count > 255 || username.wholeMatch(of: /[a-zA-Z0-9.+_\-]+/) == nil {
            throw GitLabFailure.validation(
                "username", "can contain only letters, digits, '_', '-', '+', and '.'")
        }
        var expires: Date?
        if let text = try arguments.text("expires_at"), !text.isEmpty {
            guard let date = GitLabTime.date(text) else { throw GitLabFailure.parameter("expires_at is invalid") }
            expires = date
        }
        let id = nextID("deploy_token")
        let token = DeployToken(
            id: id, name: name, username: username ?? "gitlab+deploy-token-\(id)", expires: expires, scopes: scopes)
        self[contents: holder].deployTokens.append(token)
        var json = token.render(now: call.now)
        json["token"] = .string(GitLabSecret.make(prefix: "gldt-"))
        return .json(201, json)
    }

    private func position(ofDeployToken call: GitLabCall, in holder: Holder) throws -> Int {
        let id = try call.number("token")
        guard let position = self[contents: holder].deployTokens.firstIndex(where: { $0.id == id }) else {
            throw GitLabFailure.recordNotFound
        }
        return position
    }
}
