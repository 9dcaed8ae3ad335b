import AulaSandbox
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// The sandbox: Azure, Kubernetes and GitLab on loopback, for the real clients of each.
package struct SandboxServer: Sendable {
    package let options: SandboxOptions

    package init(options: SandboxOptions) {
        self.options = options
    }

    /// Serves until the task is cancelled or the process is told to end: by SIGTERM, by SIGINT, by its input
    /// closing where that was asked for.
    ///
    /// - Parameter announce: Told one line that begins `sandbox ready` once every server listens and `env.sh` is written.
    /// - Throws: ``SandboxError`` where the folder or a port is taken or cannot be used.
    package func run(announce: @escaping @Sendable (String) -> Void) async throws {
        let folder = try StateFolder(options.state)
        let lock = try FolderLock(folder)
        defer { withExtendedLifetime(lock) {} }
        let authority = try Authority(in: folder)
        let (listening, listens) = AsyncStream<(SandboxSystem, Int)>.makeStream()
        let stage = Stage()
        let desk = FaultDesk(options.faults)
        let controlToken = Secret.make()
        let log = try RequestLog(in: folder)
        let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }

        var services: [any Service] = [
            Backstage(
                folder: folder, authority: authority, stage: stage, desk: desk, controlToken: controlToken,
                runsJobs: options.runsJobs, listening: listening, announce: announce)
        ]
        let remembered = Ports(folder.readJSON(ClientFiles.portsFile))
        for system in SandboxSystem.allCases {
            let server = SystemServer(
                system: system, desk: desk, log: log, stage: stage,
                control: Control(token: controlToken, desk: desk, stage: stage))
            services.append(
                try server.application(
                    port: try port(of: system, remembered: remembered),
                    authority: system == .gitlab ? nil : authority, logger: logger
                ) { listens.yield((system, $0)) })
        }

        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        if options.untilStdinCloses {
            configuration.services.append(
                .init(service: EndOfInput(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The port that was asked for, or else the last run's if nothing else has it now, or else any.
    private func port(of system: SandboxSystem, remembered: Ports) throws -> Int {
        let asked = options.port(of: system)
        guard asked == 0 else {
            guard Ports.isFree(asked) else { throw SandboxError("port \(asked) for \(system.rawValue) is in use") }
            return asked
        }
        guard let last = remembered[system], Ports.isFree(last) else { return 0 }
        return last
    }
}
