import AulaEngine
import AulaModel
import AulaPlanner
import AulaReadiness
import AulaReport

/// Waits after an apply until the components are ready, by looking again and again.
struct ReadinessWait {
    let session: Session
    let filter: Filter
    /// Asked for or refused; nil leaves it to what kind of apply it was.
    let isAskedFor: Bool?
    let limit: Duration

    /// What fails for so long, while nothing else moves, is not going to mend itself.
    private static let patience = Duration.seconds(20)

    private var console: Console { session.console }

    /// Whether to wait: a first apply does unasked, one with nothing of ours in the cluster before.
    func isWanted(before observation: Observation) -> Bool {
        guard filter.systems.isEmpty || filter.systems.contains(.kubernetes) else { return false }
        let mark = session.loaded.blueprint.mark
        return isAskedFor
            ?? !observation.present.contains {
                $0.key.system == .kubernetes && $0.value.mark?.isSameEdition(as: mark) == true
            }
    }

    /// Waits, says what is not ready and why, and gives the exit code.
    func run(quietly: Bool) async -> Outcome {
        let interruption = Interruption()
        let work = Task { await watch(interruption) }
        let stops = StopWatch(session.surroundings.stops(), interruption, onFirst: { work.cancel() })
        let items = await work.value
        stops.end()
        guard !items.isEmpty || interruption.isRequested else { return .done }
        let report = WaitReport(items, style: quietly ? console.errorStyle : console.style)
        if quietly { console.note(report.text) } else { console.print(report.text) }
        guard !interruption.isRequested else {
            console.note("Stopped waiting; everything was applied. `aula status` looks again.")
            return interruption.outcome
        }
        return report.isReady ? .done : .someGroupsFailed
    }

    private func watch(_ interruption: Interruption) async -> [ClassStatus.Item] {
        let time = session.surroundings.time
        let elapsed = time.stopwatch()
        var stuckSince: Duration?
        var pause = Duration.milliseconds(300)
        var told = ""
        while true {
            let items = await session.components(filter)
            let report = WaitReport(items, style: console.errorStyle)
            let now = elapsed()
            guard !report.isReady, !interruption.isRequested, now < limit else { return items }
            stuckSince = items.contains(where: \.isMoving) ? nil : stuckSince ?? now
            if let stuckSince, now - stuckSince >= Self.patience { return items }
            if report.progress != told {
                told = report.progress
                console.note(told)
            }
            do {
                try await time.sleep(min(pause, limit - now))
            } catch {
                return items
            }
            pause = min(pause * 1.5, .seconds(5))
        }
    }
}

extension ClassStatus.Item {
    /// Whether it may become ready by itself.
    fileprivate var isMoving: Bool { if case .live(.progressing) = state { true } else { false } }
}
