import AulaEngine
import AulaExecutors
import AulaModel
import AulaTools
import Foundation

/// The ways to the systems of one cohort, opened when they are first needed.
struct Contact {
    let executors: [any Executor]
    let connection: ClusterConnection
    private let folder: RunFolder
    private let transport: HTTPClientTransport

    /// - Throws: `DiagnosticError` when the machine lacks something that every call needs.
    init(_ cohort: Cohort, environment: [String: String], redactor: Redactor) throws {
        folder = try RunFolder(environment: environment)
        transport = try HTTPClientTransport(environment: environment)
        let runner = SubprocessRunner(environment: environment)
        let token = environment["GITLAB_TOKEN"] ?? ""
        redactor.register(token)
        connection = ClusterConnection(site: cohort.site, tools: runner, transport: transport, folder: folder)
        var executors: [any Executor] = [KubernetesExecutor(connection: connection)]
        if let azure = cohort.site.azure { executors.append(AzureExecutor(azure, tools: runner)) }
        if let gitlab = cohort.gitlab {
            executors.append(GitLabExecutor(gitlab, token: token, transport: transport))
        }
        self.executors = executors
    }

    func close() async {
        for executor in executors { await executor.close() }
        await transport.close()
        folder.close()
    }
}
