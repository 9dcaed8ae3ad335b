import AulaSandbox
import Foundation
import ServiceLifecycle

/// The service behind the servers: sets the machines up, then keeps their controllers working and their state saved.
struct Backstage: Service {
    let folder: StateFolder
    let authority: Authority
    let stage: Stage
    let desk: FaultDesk
    let controlToken: String
    let runsJobs: Bool
    /// The servers that have begun to listen, with their ports.
    let listening: AsyncStream<(SandboxSystem, Int)>
    /// Told once that all is ready.
    let announce: @Sendable (String) -> Void

    /// How often controllers work without a request.
    private static let tick: Duration = .milliseconds(50)

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            guard let ports = await portsOfAll() else { return }
            let machines = try await Machines(
                in: folder, ports: ports, caPEM: authority.caPEM, conditions: desk.script.conditions,
                runsJobs: runsJobs)
            try await ClientFiles(folder: folder, ports: ports, controlToken: controlToken).write(for: machines)
            stage.machines = machines
            announce("sandbox ready: source \(folder["env.sh"].path)")
            try await work(machines)
        }
    }

    /// Nil where the sandbox is stopped before all servers listen.
    private func portsOfAll() async -> Ports? {
        var ports = Ports()
        for await (system, port) in listening {
            ports[system] = port
            if ports.isComplete { return ports }
        }
        return nil
    }

    private func work(_ machines: Machines) async throws {
        var keeper = StateKeeper(folder: folder, machines: machines)
        do {
            while true {
                try await Task.sleep(for: Backstage.tick)
                await machines.advance(to: Date())
                try await keeper.saveIfDue(lastWrite: stage.lastWrite)
            }
        } catch is CancellationError {
            try await keeper.save()
        }
    }
}
