package import AulaModel
package import Foundation

/// The sandbox's GitLab: REST API v4 of a self-managed instance, as far as provisioning a course needs it.
package actor GitLabMachine: SandboxMachine {
    private var instance: GitLabInstance

    /// Starts from what `snapshot()` gave before, or with the seeded users and groups.
    ///
    /// - Throws: `DecodingError` for a snapshot of another shape.
    package init(settings: GitLabSettings = GitLabSettings(), snapshot: JSON? = nil, now: Date = Date()) throws {
        if let snapshot {
            instance = try JSONDecoder().decode(GitLabInstance.self, from: snapshot.data)
            instance.settings = settings
            instance.rebuildIndex()
        } else {
            instance = GitLabInstance(settings: settings, now: now)
        }
    }

    package func respond(to request: SandboxRequest, now: Date) -> SandboxResponse {
        instance.respond(to: request, now: now)
    }

    package func advance(to now: Date) {
        instance.advance(to: now)
    }

    package func snapshot() -> JSON {
        guard let data = try? JSONEncoder().encode(instance), let json = try? JSON(parsing: data) else { return .null }
        return json
    }

    /// Changes the set-up while it runs, for instance to switch certificate-based clusters off.
    package func configure(_ change: @Sendable (inout GitLabSettings) -> Void) {
        change(&instance.settings)
    }
}
