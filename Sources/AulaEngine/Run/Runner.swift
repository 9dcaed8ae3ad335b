package import AulaModel

/// Walks a plan: as many changes at once as allowed, each as soon as what it needs is done.
///
/// Groups do not wait for each other: a failure skips only what depends on it.
package struct Runner: Sendable {
    package var executors: [any Executor]
    /// How many changes run at the same time.
    package var width: Int
    package var retry: RetryPolicy
    package var interruption: Interruption
    /// The turn in which this run writes; nil where no lock can be.
    package var turn: Turn?
    package var events: @Sendable (RunEvent) -> Void

    package init(
        executors: [any Executor], width: Int = 16, retry: RetryPolicy = RetryPolicy(),
        interruption: Interruption = Interruption(), turn: Turn? = nil,
        events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.executors = executors
        self.width = max(1, width)
        self.retry = retry
        self.interruption = interruption
        self.turn = turn
        self.events = events
    }

    /// Carries out a plan to its end, or until the user interrupts it.
    ///
    /// - Parameters:
    ///   - plan: what to do.
    ///   - observation: what the plan was made from: it has the secrets that a plan has not.
    ///   - given: the secrets of the file.
    /// - Returns: how it ended.
    package func run(
        _ plan: Plan, observation: Observation, given: [Address: [[String]: Secret]] = [:]
    ) async -> RunSummary {
        let clock = ContinuousClock()
        let begin = clock.now
        var walk = Walk(plan.changes)
        var outputs = observation.outputs
        // What is made anew gives nothing that it gave before.
        for change in plan.changes where change.isBirth { outputs[change.address] = nil }
        var summary = RunSummary()
        events(.began(total: plan.changes.count))
        await withTaskGroup(of: (Int, Result<StepResult, ExecutionError>, Duration).self) { group in
            var running = 0
            while true {
                while running < width, !interruption.isRequested, let index = walk.next() {
                    let change = plan.changes[index]
                    events(.started(change))
                    let live = change.action == .create ? [:] : observation.present[change.address]?.secrets ?? [:]
                    let body = filled(change, outputs, live, given[change.address] ?? [:])
                    running += 1
                    group.addTask {
                        let start = clock.now
                        await letGo(of: change)
                        let result = await perform(change, body, live, plan.mark)
                        await meet(change)
                        return (index, result, clock.now - start)
                    }
                }
                guard running > 0, let (index, result, elapsed) = await group.next() else { break }
                running -= 1
                let change = plan.changes[index]
                switch result {
                case .success(let done):
                    outputs[change.address, default: [:]].merge(done.outputs) { _, new in new }
                    summary.done.append(change)
                    events(.finished(change, elapsed: elapsed))
                    walk.finish(index)
                case .failure(let error):
                    summary.failed.append(RunSummary.Failure(change: change, error: error))
                    events(.failed(change, error))
                    for skipped in walk.fail(index) {
                        summary.skipped.append(plan.changes[skipped])
                        events(.skipped(plan.changes[skipped], because: change.address))
                    }
                }
            }
        }
        summary.notStarted = walk.remaining.map { plan.changes[$0] }
        summary.interrupted = interruption.isRequested
        summary.wasCut = summary.interrupted && Task.isCancelled && !summary.failed.isEmpty
        if summary.interrupted { events(.interrupted) }
        summary.elapsed = clock.now - begin
        events(.ended(summary))
        return summary
    }

    /// The locks that live in what goes go with it.
    private func letGo(of change: Change) async {
        guard let turn, change.action == .delete || change.action == .replace else { return }
        await turn.leave { home in
            home == change.address
                || (change.address.system == .azure && home.system == .kubernetes && home.site == change.address.site)
        }
    }

    /// A cluster that was made again has another address and other credentials; and what everything waits for has come
    /// to be, or somebody else has just made it.
    private func meet(_ change: Change) async {
        if change.isBirth, change.address.system == .azure, change.address.isContainer {
            let site = change.address.site
            for executor in executors where executor.system == .kubernetes && executor.site == site {
                await executor.forget()
            }
            await turn?.comeBack { $0.system == .kubernetes && $0.site == site }
        }
        if await turn?.waits(for: change.address) == true { await turn?.prove() }
    }

    private func perform(
        _ change: Change, _ body: Result<JSON, ExecutionError>, _ live: [[String]: Secret], _ mark: Mark
    ) async -> Result<StepResult, ExecutionError> {
        let (system, site) = (change.address.system, change.address.site)
        guard let executor = executors.first(where: { $0.system == system && $0.site == site }) else {
            let name = site.map { "\(system.rawValue)@\($0)" } ?? system.rawValue
            return .failure(ExecutionError("nothing here can write to \(name)"))
        }
        do {
            let step = Step(change: change, body: try body.get(), secrets: live, mark: mark) { [events] text in
                events(.progress(change.address, text))
            }
            return .success(
                try await retry.run(
                    onRetry: { reason, pause in events(.retrying(change.address, reason: reason, after: pause)) },
                    { try await executor.perform(step) }))
        } catch let error as ExecutionError {
            return .failure(error)
        } catch is CancellationError {
            return .failure(
                ExecutionError(
                    "stopped while it was under way", hint: "run the same command again: it picks up from here"))
        } catch {
            return .failure(ExecutionError("\(error)"))
        }
    }

    /// The desired body with its late fields.
    ///
    /// One that was born earlier and cannot be read again keeps its live value.
    private func filled(
        _ change: Change, _ outputs: [Address: [String: Output]], _ live: [[String]: Secret],
        _ given: [[String]: Secret]
    ) -> Result<JSON, ExecutionError> {
        guard let desired = change.desired else { return .success(.object(JSONObject())) }
        var body = desired.body
        for field in desired.late {
            if let value = field.value.resolved(given: given[field.path], { outputs[$0]?[$1] }) {
                // What is put together of secrets is born here.
                let text = field.secret ? Secret(value.revealed).revealed : value.revealed
                body[field.path] = .string(text)
            } else if change.action == .update, let kept = live[field.path] {
                body[field.path] = .string(kept.revealed)
            } else if change.action == .update, let kept = change.observed?.attributes[field.path], !kept.isNull {
                body[field.path] = kept
            } else {
                let missing = field.value.sources.first { outputs[$0] == nil } ?? field.value.sources.first
                return .failure(
                    ExecutionError(
                        "\(field.path.joined(separator: ".")) comes from \(missing?.text ?? "nothing"), "
                            + "which did not give it", hint: "run the same command again; if it stays, report it"))
            }
        }
        return .success(body)
    }
}

extension Change {
    /// Whether it brings forth a new thing.
    fileprivate var isBirth: Bool { action == .create || action == .replace }
}
