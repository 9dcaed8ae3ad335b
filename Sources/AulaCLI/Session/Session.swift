import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaReport
import AulaTools
import Foundation

/// One command's contact with the three systems: opened, used, closed.
struct Session {
    let loaded: LoadedCohort
    let console: Console
    private let redactor: Redactor
    private let folder: RunFolder
    private let transport: HTTPClientTransport
    private let executors: [any Executor]
    let connection: ClusterConnection

    /// - Throws: `DiagnosticError` when the machine lacks something that every call needs.
    init(_ loaded: LoadedCohort, console: Console, redactor: Redactor) throws {
        self.loaded = loaded
        self.console = console
        self.redactor = redactor
        let environment = console.environment
        folder = try RunFolder(environment: environment)
        transport = try HTTPClientTransport(environment: environment)
        let runner = SubprocessRunner(environment: environment)
        let token = environment["GITLAB_TOKEN"] ?? ""
        redactor.register(token)
        connection = ClusterConnection(
            place: loaded.cohort.place, tools: runner, transport: transport, folder: folder)
        var executors: [any Executor] = [KubernetesExecutor(connection: connection)]
        if let azure = loaded.cohort.place.azure { executors.append(AzureExecutor(azure, tools: runner)) }
        if let gitlab = loaded.cohort.gitlab {
            executors.append(GitLabExecutor(gitlab, token: token, transport: transport))
        }
        self.executors = executors
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
        for (address, observed) in observation.present {
            for name in ["token", "password"] { if let secret = observed.outputs[name] { redactor.register(secret) } }
            if address.kind == "variable", observed.attributes["masked"] == true,
                let secret = observed.attributes["value"]?.string
            {
                redactor.register(secret)
            }
        }
        return observation
    }

    /// The plan for what the user asked, from a fresh look at everything.
    func plan(_ options: PlanOptions) async -> (plan: Plan, observation: Observation) {
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
        return (plan, observation)
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

    /// Carries out a plan with progress on stderr, and gives the summary.
    func run(
        _ plan: Plan, _ observation: Observation, width: Int, json: EventStream?, interruption: Interruption
    ) async -> RunSummary {
        let clock = ContinuousClock()
        let begin = clock.now
        let printer = ProgressPrinter(
            plan, style: console.errorStyle, elapsed: { clock.now - begin }, write: { console.progress($0) })
        let runner = Runner(executors: executors, width: width, interruption: interruption) { event in
            if let json { json.handle(event) } else { printer.handle(event) }
        }
        let work = Task { await runner.run(plan, observation: observation) }
        let signals = Signals(
            interruption,
            onFirst: {
                printer.handle(.interrupted)
            },
            onSecond: { work.cancel() })
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(200))
                printer.tick()
            }
        }
        let summary = await work.value
        ticker.cancel()
        withExtendedLifetime(signals) {}
        return summary
    }

    func close() async {
        for executor in executors { await executor.close() }
        await transport.close()
        folder.close()
    }
}
