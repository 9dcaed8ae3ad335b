import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaReadiness
import AulaReport
import AulaTokens
import AulaTools

/// One command's work with the three systems: opened, used, closed.
struct Session {
    let loaded: LoadedCohort
    let surroundings: Surroundings
    let console: Console
    let systems: Systems

    private var executors: [any Executor] { systems.executors }

    /// Opens a session for a cohort file, and closes it however its use ends.
    ///
    /// - Throws: `DiagnosticError` for a bad file, or when the machine lacks something that every call needs; and what
    ///   `use` throws.
    static func open<Result>(
        _ options: CohortOptions, _ surroundings: Surroundings, _ distrust: Distrust? = nil,
        use: (Session) async throws -> Result
    ) async throws -> Result {
        let file = try ParsedCohort.read(options, needsID: true, environment: surroundings.environment, distrust)
        try TokenDestination(file.cohort, environment: surroundings.environment)?.check(
            trusted: options.trustHost, KnownHosts(environment: surroundings.environment), surroundings.console)
        let systems = try Systems(of: file.cohort, surroundings)
        do {
            // The templates are read while kubectl starts; it is asked nothing before they are known to be good.
            for cluster in systems.clusters { await cluster.connection.prepare() }
            let session = Session(
                loaded: try file.expanded(), surroundings: surroundings, console: surroundings.console, systems: systems
            )
            let result = try await use(session)
            await systems.close()
            return result
        } catch {
            await systems.close()
            throw error
        }
    }

    /// Reads what exists, and shows what is being read where somebody watches.
    func observe(
        _ purpose: Plan.Purpose, includesForeign: Bool, includesPods: Bool = false, systems: Set<System> = []
    ) async -> Observation {
        let activity = ActivityLine(style: console.errorStyle) { console.progress($0) }
        defer { activity.clear() }
        let observation = await Observer(executors).observe(
            ObservationRequest(
                blueprint: loaded.blueprint, purpose: purpose, includesForeign: includesForeign,
                includesPods: includesPods, progress: { activity.show($0) }), systems: systems)
        return observation
    }

    /// The plan for what the user asked, from a fresh look at everything.
    func plan(_ options: PlanOptions) async -> (plan: Plan, observation: Observation) {
        async let addresses = contextAddresses()
        var observation = await observe(
            options.purpose, includesForeign: options.purpose == .destroy, systems: options.filter.systems)
        var plan = Planner.plan(loaded.blueprint, observation, options)
        let deletesContainer = plan.changes.contains {
            [.delete, .replace].contains($0.action) && $0.address.isContainer
        }
        if deletesContainer, options.purpose == .apply {
            // Something goes that others may have put things into: look inside before it is shown.
            observation = await observe(options.purpose, includesForeign: true, systems: options.filter.systems)
            plan = Planner.plan(loaded.blueprint, observation, options)
        }
        nameTargets(in: &plan, await addresses)
        if options.purpose == .apply {
            plan.diagnostics += TokenGenerations(loaded.blueprint, observation).tokens
                .filter { options.filter.isEmpty || options.filter.includes($0.name, $0.slot) }
                .endingSoon(at: surroundings.time.now())
        }
        return (plan, observation)
    }

    /// Whoever may write is told first where: context, cluster and server.
    ///
    /// The addresses are asked for while the systems are read, so that they cost no time of their own.
    func nameTargets(in plan: inout Plan, _ addresses: [ClusterAddress?]) {
        let targets = plan.targets.indices.filter { plan.targets[$0].system == .kubernetes }
        for ((target, cluster), address) in zip(zip(targets, systems.clusters), addresses) {
            guard let address else { continue }
            let isNamed = cluster.place != .context(nil) || address.context.isEmpty
            let words =
                (isNamed ? [] : [address.context])
                + (address.cluster.isEmpty ? [] : ["cluster \(address.cluster)"]) + [address.server]
            plan.targets[target].description += words.map { ", \($0)" }.joined()
        }
    }

    /// Where the user's contexts lead; nil for a cluster of the cohort's own, and for one that cannot be reached.
    func contextAddresses() async -> [ClusterAddress?] {
        await withTaskGroup { group in
            for (index, cluster) in systems.clusters.enumerated() where cluster.place.azure == nil {
                group.addTask { (index, try? await cluster.connection.address()) }
            }
            return await group.reduce(into: Array(repeating: nil, count: systems.clusters.count)) { $0[$1.0] = $1.1 }
        }
    }

    /// How the components in the cluster are doing right now.
    func components(_ filter: Filter) async -> [ClassStatus.Item] {
        let observation = await observe(.apply, includesForeign: false, includesPods: true, systems: [.kubernetes])
        let nothing = Plan(purpose: .apply, mark: loaded.blueprint.mark, changes: [])
        return ClassStatus(loaded.blueprint, observation, nothing, filter: filter).items
    }

    /// What stands in the way of a plan and can be known before its first write.
    func preflight(_ plan: Plan) async -> [Diagnostic] {
        await withTaskGroup { group in
            for executor in executors { group.addTask { await executor.preflight(plan) } }
            return await group.reduce(into: []) { $0 += $1 }.sorted { $0.message < $1.message }
        }
    }

    /// Where runs of several machines meet, in the same order for each of them.
    func locks(of mark: Mark) -> [any SharedLock] {
        executors.sorted { $0.system < $1.system }.compactMap { $0.lock(of: mark) }
    }

    /// Shows a run on stderr.
    func printer(of plan: Plan) -> ProgressPrinter {
        ProgressPrinter(
            plan, style: console.errorStyle,
            columns: { [terminal = surroundings.terminal] in terminal.screen(.error)?.columns },
            elapsed: surroundings.time.stopwatch(), write: { [console] in console.progress($0) })
    }

    /// Carries out a plan in this run's turn, and gives the summary.
    func run(
        _ plan: Plan, _ observation: Observation, width: Int, in turn: WritingTurn, listeners: [any RunListener]
    ) async -> RunSummary {
        let time = surroundings.time
        let runner = Runner(
            executors: executors, width: width, retry: RetryPolicy(sleep: time.sleep),
            interruption: turn.interruption, turn: turn.shared
        ) { event in
            for listener in listeners { listener.handle(event) }
        }
        let ordered = plan.ordered(
            aroundHomes: locks(of: plan.mark).map(\.home), missing: await turn.shared.missingHomes(in: plan))
        let work = Task { await runner.run(ordered, observation: observation, given: loaded.blueprint.given) }
        let stops = StopWatch(
            surroundings.stops(), turn.interruption,
            onFirst: { for listener in listeners { listener.stopping() } }, onSecond: { work.cancel() })
        let ticker = Task { [console] in
            while console.errorStyle.live {
                try await time.sleep(.milliseconds(200))
                for listener in listeners { listener.tick() }
            }
        }
        let summary = await work.value
        ticker.cancel()
        stops.end()
        return summary
    }
}
