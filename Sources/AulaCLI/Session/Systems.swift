import AulaEngine
import AulaExecutors
import AulaModel
import AulaTools

/// The executors of one cohort and the connections behind them, opened when they are first needed.
struct Systems {
    let executors: [any Executor]
    /// One, or one for each of the cohort's sites, in their order.
    let clusters: [Cluster]
    /// Before every write.
    let gate: WriteGate
    private let folder: any PrivateFolder
    private let transport: any HTTPTransport

    /// - Throws: `DiagnosticError` when the machine lacks something that every call needs.
    init(of cohort: Cohort, _ surroundings: Surroundings) throws {
        try SandboxCheck.requireRunning(surroundings.environment)
        let time = surroundings.time
        folder = try surroundings.privateFolder()
        gate = WriteGate(surroundings.holder.terms)
        transport = GuardedTransport(try surroundings.transport(""), gate)
        let tools = GuardedTools(surroundings.tools, gate)
        let token = Secret(surroundings.environment["GITLAB_TOKEN"] ?? "")
        clusters = cohort.parts.map { [transport, folder] site, part in
            Cluster(
                site: site, place: part.site,
                connection: ClusterConnection(
                    part.site.access(with: tools), site: site, tools: tools, transport: transport, folder: folder))
        }
        var executors: [any Executor] = clusters.map { cluster in
            let executor = KubernetesExecutor(
                connection: cluster.connection, patience: Patience(sleep: time.sleep))
            return cluster.site.map { SiteExecutor(executor, at: $0) } ?? executor
        }
        if let azure = cohort.site.azure {
            executors.append(
                AzureExecutor(azure, tools: tools, patience: AzurePatience(sleep: time.sleep)))
        }
        if let gitlab = cohort.gitlab {
            executors.append(
                GitLabExecutor(
                    gitlab, token: token, transport: transport, reading: RetryPolicy(sleep: time.sleep), now: time.now))
        }
        self.executors = executors
    }

    /// The way to the cluster of one site.
    struct Cluster {
        var site: String?
        var place: KubernetesSite
        var connection: ClusterConnection
    }

    func close() async {
        for executor in executors { await executor.close() }
        await transport.close()
        folder.close()
    }
}
