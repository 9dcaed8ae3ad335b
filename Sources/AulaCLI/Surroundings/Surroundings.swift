import AulaEngine
import AulaModel
import AulaTools

/// Everything that a command takes from the world outside: a test gives another world.
struct Surroundings: Sendable {
    var environment: [String: String]
    var time: Timekeeper
    var terminal: Terminal
    /// Runs `az` and `kubectl`.
    var tools: any ToolRunner
    /// Opens a way to send requests that trusts these certificates alone; with none the public ones and the user's.
    var transport: @Sendable (_ authorities: String) throws -> any HTTPTransport
    /// Makes the folder for what a run must have on disk.
    var privateFolder: @Sendable () throws -> any PrivateFolder
    /// How this run signs a lock, and how long such a lock lives.
    var holder: LockHolder
    /// The user's wishes to stop, as they come; ends with the last one who listens.
    var stops: @Sendable () -> AsyncStream<Stop>
    let lostOutput = LostOutput()

    /// A wish of the user, or of the system, that the run may end.
    enum Stop: Sendable {
        /// Ctrl-C.
        case interrupt
        /// SIGTERM, or SIGHUP because the terminal is gone.
        case terminate
    }

    /// Where the words of a command go.
    var console: Console {
        Console(terminal, environment: environment, lostOutput: lostOutput) { Secret.scrub($0) }
    }
}
