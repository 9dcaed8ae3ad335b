import AulaEngine
import AulaTools
import Foundation
import UnixSignals

extension Surroundings {
    /// The real ones of this process.
    static var process: Surroundings {
        let environment = ProcessInfo.processInfo.environment
        let time = Timekeeper.system
        return Surroundings(
            environment: environment, time: time, terminal: .process,
            tools: SubprocessRunner(environment: environment),
            transport: { try HTTPClientTransport(environment: environment, authorities: $0) },
            privateFolder: { try RunFolder(environment: environment) },
            holder: LockHolder(name: RunIdentity.own, isDead: RunIdentity.isDead, now: time.now),
            stops: { Self.signals() })
    }

    /// Ctrl-C, as long as somebody listens; nobody else ends the process by it then.
    private static func signals() -> AsyncStream<Stop> {
        AsyncStream { continuation in
            let listening = Task {
                for await _ in await UnixSignalsSequence(trapping: .sigint) { continuation.yield(.interrupt) }
                signal(SIGINT, SIG_DFL)
            }
            continuation.onTermination = { _ in listening.cancel() }
        }
    }
}
