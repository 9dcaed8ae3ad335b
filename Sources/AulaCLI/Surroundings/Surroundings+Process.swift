import AulaEngine
import AulaTools
import Foundation
import UnixSignals

extension Surroundings {
    /// The real ones of this process.
    static var process: Surroundings {
        claimStreams()
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

    /// A closed stdin, stdout or stderr would give its number to the next file that is opened, and results would be
    /// written into that; and a reader who left is an error to report, not a signal to die of.
    private static func claimStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 { _ = open("/dev/null", O_RDONLY) }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Ctrl-C, SIGTERM and SIGHUP, as long as somebody listens; nothing else ends the process by them then.
    private static func signals() -> AsyncStream<Stop> {
        AsyncStream { continuation in
            let listening = Task {
                for await caught in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
                    continuation.yield(caught == .sigint ? .interrupt : .terminate)
                }
                for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
            }
            continuation.onTermination = { _ in listening.cancel() }
        }
    }
}
