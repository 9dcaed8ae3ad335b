import AulaEngine
import AulaModel

/// Listens to the user's wishes to stop while something runs: the first lets what is in flight finish, the second stops
/// waiting for it.
struct StopWatch {
    private let listening: Task<Void, Never>

    init(
        _ stops: AsyncStream<Surroundings.Stop>, _ interruption: Interruption,
        onFirst: @escaping @Sendable () -> Void, onSecond: @escaping @Sendable () -> Void = {}
    ) {
        listening = Task {
            for await stop in stops {
                if interruption.isRequested {
                    onSecond()
                } else {
                    interruption.request(byTermination: stop == .terminate)
                    onFirst()
                }
            }
        }
    }

    func end() { listening.cancel() }
}

extension Interruption {
    /// How a run ends that was stopped.
    var outcome: Outcome { isTermination ? .terminated : .interrupted }
}
