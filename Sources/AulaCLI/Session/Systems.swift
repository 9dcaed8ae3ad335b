import AulaEngine
import AulaExecutors
import AulaModel
import AulaTools

/// The executors of one cohort and the connections behind them, opened when they are first needed.
struct Systems {
    let executors: [any Executor]
    let connection: ClusterConnection
    /// Before every write.
    let gate: WriteGate
    private let folder: any PrivateFolder
    private let transport: any HTTPTransport

    /// - Throws: `DiagnosticError` when the machine lacks something that every call needs.
    init(of cohort: Cohort, _ surroundings: Surroundings) throws {
        let time = surroundings.time
        folder = try surroundings.privateFolder()
        gate = WriteGate(surroundings.holder.terms)
        transport = GuardedTransport(try surroundings.transport(""), gate)
        let tools = GuardedTools(surroundings.tools, gate)
        let token = Secret(surroundings.environment["GITLAB_TOKEN"] ?? "")
        connection = ClusterConnection(
            cohort.site.access(with: tools), tools: tools, transport: transport, folder: folder)
        var executors: [any Executor] = [
            KubernetesExecutor(connection: connection, patience: Patience(sleep: time.sleep))
        ]
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

    func close() async {
        for executor in executors { await executor.close() }
        await transport.close()
        folder.close()
    }
}
