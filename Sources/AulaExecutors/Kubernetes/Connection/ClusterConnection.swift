package import AulaEngine
import Foundation

/// The way to one cluster: its credentials, and a `kubectl proxy` on a private unix socket.
///
/// It connects when it is first needed, which may be in the middle of a run that makes the cluster, and once for all
/// who ask at the same time. A failure is not remembered: the next one to ask tries again.
package actor ClusterConnection {
    private let access: any ClusterAccess
    private let tools: any ToolRunner
    private let transport: any HTTPTransport
    private let folder: any PrivateFolder
    private let site: String?
    /// A proxy that was started before anybody needed it.
    private var prepared: Task<any RunningTool, any Error>?
    private var attempt: Task<Result<ConnectedCluster, ConnectionFailure>, Never>?
    private var addressAttempt: Task<ClusterAddress, any Error>?
    private var count = 0

    /// The site tells its files from those of other connections in the folder, where there are any.
    package init(
        _ access: any ClusterAccess, site: String? = nil, tools: any ToolRunner, transport: any HTTPTransport,
        folder: any PrivateFolder
    ) {
        self.access = access
        self.site = site
        self.tools = tools
        self.transport = transport
        self.folder = folder
    }

    /// Starts the proxy, which takes 60 ms, where nothing else must be asked first; nothing is sent.
    package func prepare() {
        guard access.isStanding, attempt == nil, prepared == nil else { return }
        prepared = Task { [opening = opening(count + 1)] in try await opening.startProxy() }
    }

    /// Where others reach the cluster, connecting if need be.
    ///
    /// Asked of kubectl when somebody needs it: it takes as long as all the LISTs of an unchanged class.
    ///
    /// - Throws: `ConnectionFailure`.
    package func address() async throws -> ClusterAddress {
        let connected = try await connected()
        if let address = connected.address { return address }
        let reading = addressAttempt ?? Task { [opening = opening(connected.number)] in try await opening.address() }
        addressAttempt = reading
        do {
            return try await reading.value
        } catch {
            if addressAttempt == reading { addressAttempt = nil }
            throw error
        }
    }

    /// Whether the user's kubectl speaks to today's clusters; asked before the first write.
    ///
    /// - Throws: `ConnectionFailure`.
    func checkKubectl() async throws {
        try await KubectlCheck.run(with: tools)
    }

    /// The connected that is open, without opening one; nil where there is none.
    func current() async -> ConnectedCluster? {
        guard let attempt, case .success(let connected) = await attempt.value else { return nil }
        return connected
    }

    /// - Throws: `ConnectionFailure`.
    func connected() async throws -> ConnectedCluster {
        let current = attempt ?? begin()
        switch await current.value {
        case .success(let connected): return connected
        case .failure(let failure):
            if attempt == current { attempt = nil }
            throw failure
        }
    }

    /// Forgets a connected whose proxy no longer answers, so that the next call starts another.
    func abandon(_ connected: ConnectedCluster) async {
        guard let attempt, case .success(let current) = await attempt.value, current.number == connected.number else {
            return
        }
        if self.attempt == attempt { self.attempt = nil }
        await end(connected)
    }

    package func close() async {
        if let prepared {
            self.prepared = nil
            await (try? prepared.value)?.stop()
            folder.remove(opening(count + 1).socketName)
        }
        guard let attempt else { return }
        self.attempt = nil
        if case .success(let connected) = await attempt.value { await end(connected) }
    }

    private func begin() -> Task<Result<ConnectedCluster, ConnectionFailure>, Never> {
        count += 1
        let task = Task { [opening = opening(count), prepared] in await opening.open(prepared) }
        prepared = nil
        attempt = task
        return task
    }

    private func opening(_ number: Int) -> ConnectionAttempt {
        ConnectionAttempt(
            number: number, site: site, access: access, tools: tools, transport: transport, folder: folder)
    }

    private func end(_ connected: ConnectedCluster) async {
        await connected.proxy.stop()
        folder.remove(connected.socketName)
    }
}

/// An open way to a cluster.
struct ConnectedCluster: Sendable {
    var number: Int
    var api: KubernetesAPI
    /// Such as `v1.36.0`; the sandbox says so in it.
    var version: String
    /// Known from the start where the kubeconfig is this run's own.
    var address: ClusterAddress?
    var proxy: any RunningTool
    var socketName: String
}
