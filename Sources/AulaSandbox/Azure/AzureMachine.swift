package import AulaModel
package import Foundation

/// The sandbox's Azure: login, Resource Manager and managed clusters, as far as `az` needs them to run a course.
///
/// It keeps the records and the operations; the Kubernetes API of each cluster is the host's.
package actor AzureMachine: SandboxMachine {
    private var cloud: AzureCloud
    private let host: (any ClusterHost)?

    /// Starts from what `snapshot()` gave before, or empty.
    ///
    /// - Throws: `DecodingError` for a snapshot of another shape.
    package init(
        settings: AzureSettings = AzureSettings(), host: (any ClusterHost)? = nil, snapshot: JSON? = nil
    ) throws {
        self.host = host
        if let snapshot {
            cloud = try JSONDecoder().decode(AzureCloud.self, from: snapshot.data)
            cloud.settings = settings
        } else {
            cloud = AzureCloud(settings: settings)
        }
    }

    /// Tells the host of the clusters that a snapshot brought back.
    package func resume() async {
        for cluster in cloud.clusters where cluster.life?.isHosted == true {
            await tell(.created(cloud.hosted(cluster)))
            if cluster.life?.isRunning == false { await tell(.stopped(cluster.id.text)) }
        }
    }

    package func respond(to request: SandboxRequest, now: Date) async -> SandboxResponse {
        await refreshAttachments(for: request)
        switch cloud.respond(to: request, now: now) {
        case .response(let response): return response
        case .credentials(let id, let admin):
            let text = await host?.kubeconfig(id: id, admin: admin) ?? ""
            let entry: JSON = [
                "name": admin ? "clusterAdmin" : "clusterUser",
                "value": .string(Data(text.utf8).base64EncodedString()),
            ]
            return .json(200, ["kubeconfigs": [entry]])
        }
    }

    /// Ends the operations that are due; the host has done its part before anybody reads the new state.
    package func advance(to now: Date) async {
        for operation in cloud.takeDue(now) {
            for event in cloud.events(of: operation) { await tell(event) }
            cloud.finish(operation, now: now)
        }
    }

    package func snapshot() -> JSON {
        guard let data = try? JSONEncoder().encode(cloud), let json = try? JSON(parsing: data) else { return .null }
        return json
    }

    /// Changes the set-up while it runs, for instance a quota or how long operations take.
    package func configure(_ change: @Sendable (inout AzureSettings) -> Void) {
        change(&cloud.settings)
    }

    /// Makes the next operation of a kind fail at its end.
    package func failNext(_ kind: AzureOperation.Kind, code: String, message: String) {
        let failure = AzureSettings.Failure(code: code, message: message)
        cloud.failures.append(AzureCloud.PlannedFailure(kind: kind, failure: failure))
    }

    private func tell(_ event: ClusterEvent) async {
        guard let host else { return }
        switch event {
        case .created(let cluster):
            await host.clusterCreated(
                id: cluster.id, name: cluster.name, nodes: cluster.nodes, nodeSize: cluster.nodeSize)
            await host.clusterScaled(id: cluster.id, nodes: cluster.nodes)
        case .started(let id): await host.clusterStarted(id: id)
        case .stopped(let id): await host.clusterStopped(id: id)
        case .deleted(let id): await host.clusterDeleted(id: id)
        }
    }

    /// Volumes and addresses inside the clusters are Azure's resources too, and are asked for when they are listed.
    private func refreshAttachments(for request: SandboxRequest) async {
        let about: Set = ["resources", "disks", "publicipaddresses", "loadbalancers", "usages", "query"]
        guard let host, request.segments.contains(where: { about.contains($0.lowercased()) }) else { return }
        for cluster in cloud.clusters where cluster.life?.isHosted == true {
            cloud.store[cluster.key]?.life?.attachments = await host.attachments(id: cluster.id.text)
        }
    }
}

/// What a cluster's host is told when an operation ends.
enum ClusterEvent: Sendable {
    struct Hosted: Sendable {
        var id: String
        var name: String
        var nodes: Int
        var nodeSize: String
    }

    case created(Hosted)
    case started(String)
    case stopped(String)
    case deleted(String)
}
