import AulaModel
import AulaSandbox
import Foundation

/// The clusters of the sandbox: the ready-made one, and those that its Azure creates.
actor ClusterFleet {
    /// The name of the cluster that is there from the start.
    static let readyMade = "sandbox"

    private let base: String
    private let caPEM: String
    private let folder: StateFolder
    private var settings = ClusterSettings()
    private var clusters: [String: Cluster] = [:]

    /// Brings back the clusters of the last run.
    ///
    /// `base` is the address of the Kubernetes server, without a path. Throws where a snapshot of an earlier run has
    /// another shape.
    init(base: String, caPEM: String, folder: StateFolder, conditions: SandboxConditions) throws {
        self.base = base
        self.caPEM = caPEM
        self.folder = folder
        settings.apply(conditions)
        var records: [Cluster.Record] = []
        if let data = folder.read(ClusterFleet.recordsFile) {
            records = try JSONDecoder().decode([Cluster.Record].self, from: data)
        }
        if !records.contains(where: { $0.path == ClusterFleet.readyMade }) {
            records.append(
                Cluster.Record(
                    id: "", name: ClusterFleet.readyMade, path: ClusterFleet.readyMade, adminToken: Secret.make(),
                    nodes: 3, nodeSize: "Standard_D4s_v5", isStopped: false))
        }
        for record in records {
            clusters[record.path] = Cluster(
                record, caPEM: caPEM, settings: settings,
                snapshot: folder.readJSON(ClusterFleet.snapshotFile(record.path)))
        }
    }

    /// Answers a request to the cluster of that name; a stopped or missing cluster has no API that could answer.
    func machine(ofCluster path: String?) -> Result<KubernetesMachine, ClusterAbsence> {
        guard let path, let cluster = clusters[path] else { return .failure(.unknown(path ?? "")) }
        return cluster.record.isStopped ? .failure(.stopped(path)) : .success(cluster.machine)
    }

    func advance(to now: Date) async {
        for cluster in clusters.values where !cluster.record.isStopped { await cluster.machine.advance(to: now) }
    }

    func apply(_ conditions: SandboxConditions) async {
        settings = ClusterSettings()
        settings.apply(conditions)
        for cluster in clusters.values { await configure(cluster) }
    }

    private func configure(_ cluster: Cluster) async {
        await cluster.machine.change(cluster.record.settings(from: settings))
    }

    // MARK: Kept between runs

    private static let recordsFile = "clusters.json"
    private static func snapshotFile(_ path: String) -> String { "cluster-\(path).json" }

    /// The files that hold the fleet now, by name.
    func files() async -> [String: Data] {
        let records = clusters.values.map(\.record).sorted { $0.path < $1.path }
        var files: [String: Data] = [:]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        files[ClusterFleet.recordsFile] = try? encoder.encode(records)
        for (path, cluster) in clusters {
            files[ClusterFleet.snapshotFile(path)] = await cluster.machine.snapshot().data
        }
        return files
    }
}

/// Why no API answers under a cluster's name.
enum ClusterAbsence: Error {
    case unknown(String)
    case stopped(String)

    /// What stands for the refused connection: no `Retry-After`, so that clients give up at once.
    var response: SandboxResponse {
        let message =
            switch self {
            case .unknown(let name): "there is no cluster '\(name)' here"
            case .stopped(let name): "the cluster '\(name)' is stopped"
            }
        return .json(
            503,
            [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
                "message": .string(message), "reason": "ServiceUnavailable", "code": 503,
            ])
    }
}

// MARK: What Azure asks for

extension ClusterFleet: ClusterHost {
    func clusterCreated(id: String, name: String, nodes: Int, nodeSize: String) async {
        guard path(ofID: id) == nil else { return }
        let record = Cluster.Record(
            id: id, name: name, path: freePath(for: name), adminToken: Secret.make(), nodes: nodes,
            nodeSize: nodeSize, isStopped: false)
        clusters[record.path] = Cluster(record, caPEM: caPEM, settings: settings, snapshot: nil)
    }

    func clusterScaled(id: String, nodes: Int) async {
        guard let path = path(ofID: id) else { return }
        clusters[path]?.record.nodes = nodes
        if let cluster = clusters[path] { await configure(cluster) }
    }

    func clusterStopped(id: String) async {
        if let path = path(ofID: id) { clusters[path]?.record.isStopped = true }
    }

    func clusterStarted(id: String) async {
        if let path = path(ofID: id) { clusters[path]?.record.isStopped = false }
    }

    func clusterDeleted(id: String) async {
        guard let path = path(ofID: id) else { return }
        clusters[path] = nil
        try? FileManager.default.removeItem(at: folder[ClusterFleet.snapshotFile(path)])
    }

    func kubeconfig(id: String, admin: Bool) async -> String {
        guard let path = path(ofID: id), let cluster = clusters[path] else { return "" }
        return kubeconfig(of: cluster, context: admin ? cluster.record.name + "-admin" : cluster.record.name)
    }

    /// Reads the cluster's own API: a claim's disk and a service's address exist as long as the objects do.
    func attachments(id: String) async -> ClusterAttachments {
        guard let path = path(ofID: id), let cluster = clusters[path] else { return ClusterAttachments() }
        let volumes = await list("/api/v1/persistentvolumes", of: cluster)
        let services = await list("/api/v1/services", of: cluster)
        return ClusterAttachments(
            disks: volumes.compactMap { $0[["metadata", "name"]]?.string },
            publicAddresses: services.filter { $0[["spec", "type"]] == "LoadBalancer" }
                .compactMap { $0[["metadata", "uid"]]?.string.map { "kubernetes-a\($0)" } })
    }

    private func list(_ path: String, of cluster: Cluster) async -> [JSON] {
        let headers = ["authorization": "Bearer \(cluster.record.adminToken)", "accept": "application/json"]
        let request = SandboxRequest(method: "GET", path: path, headers: headers)
        guard case .bytes(let data) = await cluster.machine.respond(to: request, now: Date()).body else { return [] }
        return (try? JSON(parsing: data))?["items"]?.array ?? []
    }

    private func path(ofID id: String) -> String? {
        clusters.first { $0.value.record.id.lowercased() == id.lowercased() }?.key
    }

    /// The name itself, or with a number where another cluster of this name exists in another resource group.
    private func freePath(for name: String) -> String {
        let names = [name] + (2...).prefix(clusters.count + 1).map { "\(name)-\($0)" }
        return names.first { clusters[$0] == nil } ?? name
    }
}

extension ClusterFleet {
    /// The kubeconfig of the ready-made cluster.
    func readyMadeKubeconfig() -> String {
        clusters[ClusterFleet.readyMade].map { kubeconfig(of: $0, context: ClusterFleet.readyMade) } ?? ""
    }

    private func kubeconfig(of cluster: Cluster, context: String) -> String {
        Kubeconfig(
            name: cluster.record.name, server: base + Destination.prefix(ofCluster: cluster.record.path),
            caPEM: caPEM, token: cluster.record.adminToken, context: context
        ).text
    }
}
