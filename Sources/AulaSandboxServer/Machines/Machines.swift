import AulaModel
import AulaSandbox
import Foundation

/// The state machines of the three systems, wired to each other.
struct Machines: Sendable {
    let azure: AzureMachine
    let clusters: ClusterFleet
    let gitlab: GitLabMachine

    private static let azureFile = "azure.json"
    private static let gitlabFile = "gitlab.json"
    private static let repositories = "repositories"

    /// Brings back the state of the last run in this folder, or starts anew.
    ///
    /// - Throws: where the state of an earlier run has another shape.
    init(in folder: StateFolder, ports: Ports, caPEM: String, conditions: SandboxConditions, runsJobs: Bool = false)
        async throws
    {
        let repositories = try GitFolder(folder.folder(Machines.repositories))
        clusters = try ClusterFleet(
            base: ports.base(of: .kubernetes), caPEM: caPEM, folder: folder, conditions: conditions)
        azure = try AzureMachine(
            settings: AzureSettings().applying(conditions), host: clusters,
            snapshot: folder.readJSON(Machines.azureFile))
        gitlab = try GitLabMachine(
            settings: GitLabSettings().applying(conditions),
            repositories: repositories,
            runner: runsJobs ? BashRunner(repositories: repositories) : nil,
            snapshot: folder.readJSON(Machines.gitlabFile))
        await azure.resume()
        await failOperations(conditions)
    }

    func respond(to destination: Destination) async -> SandboxResponse {
        let now = Date()
        switch destination.system {
        case .azure: return await ask(azure, destination.request, now)
        case .gitlab: return await ask(gitlab, destination.request, now)
        case .kubernetes:
            switch await clusters.machine(ofCluster: destination.cluster) {
            case .success(let machine): return await ask(machine, destination.request, now)
            case .failure(let absence): return absence.response
            }
        }
    }

    private func ask(_ machine: some SandboxMachine, _ request: SandboxRequest, _ now: Date) async -> SandboxResponse {
        await machine.advance(to: now)
        return await machine.respond(to: request, now: now)
    }

    /// Lets every system's controllers work.
    func advance(to now: Date) async {
        await azure.advance(to: now)
        await clusters.advance(to: now)
        await gitlab.advance(to: now)
    }

    /// Puts other conditions in force; what they do not name is as usual again.
    func apply(_ conditions: SandboxConditions) async {
        await clusters.apply(conditions)
        await azure.configure { $0 = AzureSettings().applying(conditions) }
        await gitlab.configure { $0 = GitLabSettings().applying(conditions) }
        await failOperations(conditions)
    }

    private func failOperations(_ conditions: SandboxConditions) async {
        for failure in conditions.operationFailures {
            await azure.failNext(failure.operation, code: failure.code, message: failure.message)
        }
    }

    /// The files that hold the whole state now, by name.
    func files() async -> [String: Data] {
        var files = await clusters.files()
        files[Machines.azureFile] = await azure.snapshot().data
        files[Machines.gitlabFile] = await gitlab.snapshot().data
        return files
    }
}
