import AulaEngine
import AulaModel
import Foundation

/// Certificate-based clusters of a project: one namespace, registered for one environment scope.
///
/// Body: `name` (carries the mark; not unique), `environment_scope` (unique in the project), `managed` (false),
/// `namespace_per_environment` (false), `platform_kubernetes_attributes` with `namespace`. Late, below the latter:
/// `api_url`, `ca_cert`, `token`; and `project_id` (not compared). Attributes: the same except `token`, which GitLab
/// never returns, so it cannot be compared: every write of ours carries it. Outputs: `id`.
///
/// A PUT resets what it leaves out (`namespace_per_environment` to true), so each one is whole.
struct ClusterKind: GitLabPart {
    static let kind = ResourceKind.gitlabCluster
    static let holder = ResourceKind.gitlabProject
    static let list = "clusters"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    private static let platform = "platform_kubernetes_attributes"

    static func observed(_ json: JSON, in holder: GitLabHolder) throws -> (address: Address, thing: Observed)? {
        guard let scope = json["environment_scope"]?.string else { return nil }
        let id = try json.number("id")
        let live = json["platform_kubernetes"] ?? .null
        var platform: JSON = ["api_url": live["api_url"] ?? .null, "namespace": live["namespace"] ?? .null]
        // GitLab strips the certificate; as a PEM file it ends with one line break.
        let certificate = (live["ca_cert"]?.string ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        platform["ca_cert"] = .string(certificate.isEmpty ? "" : certificate + "\n")
        let thing = Observed(
            identity: "\(holder.path)/clusters/\(id)",
            attributes: [
                "environment_scope": json["environment_scope"] ?? .null, "managed": json["managed"] ?? .null,
                "name": json["name"] ?? .null,
                "namespace_per_environment": json["namespace_per_environment"] ?? .null,
                "platform_kubernetes_attributes": platform,
            ],
            mark: json["name"]?.string.flatMap { Mark(line: $0) },
            slot: Slot(environment: scope),
            outputs: ["id": "\(id)"])
        return (holder.address.gitlab(kind, nil, environment: scope), thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let list = "projects/\(try number("project_id", step))/clusters"
        var body = body(step)
        body["enabled"] = true
        body[[Self.platform, "authorization_type"]] = "rbac"
        do {
            let json = try await client.write("POST", "\(list)/user", body: body)
            return StepResult(outputs: ["id": "\(try json.number("id"))"])
        } catch let failure as GitLabFailure where failure.isMissing {
            throw ExecutionError(
                "\(step.change.address): certificate-based clusters are switched off at \(client.host)",
                hint: "set `registration: variables` in the cohort file")
        } catch let failure as GitLabFailure where failure.isTaken {
            let scope = step.body["environment_scope"]
            let live = try await client.list(list).first { $0["environment_scope"] == scope }
            try checkOwner(live?["name"]?.string.flatMap { Mark(line: $0) }, step)
            let id = try (live ?? .null).number("id")
            try await client.write("PUT", "\(list)/\(id)", body: self.body(step))
            return StepResult(outputs: ["id": "\(id)"], wasDone: true)
        }
    }

    func update(_ step: Step) async throws -> StepResult {
        try await client.write("PUT", try path(step), body: body(step))
        return StepResult(outputs: step.change.observed?.outputs ?? [:])
    }

    /// Back to a name without a mark.
    func release(_ step: Step) async throws -> StepResult {
        let name = step.change.observed?.attributes["name"]?.string ?? ""
        try await client.write(
            "PUT", try path(step),
            body: [
                "managed": false, "name": .string(name.split(separator: " ").last.map(String.init) ?? name),
                "namespace_per_environment": false,
            ])
        return StepResult()
    }

    private func body(_ step: Step) -> JSON {
        fields(["environment_scope", "managed", "name", "namespace_per_environment", Self.platform], step)
    }
}
