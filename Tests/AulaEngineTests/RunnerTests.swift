import AulaEngine
import AulaModel
import Synchronization
import Testing

/// An executor that answers what a test tells it to, and remembers in which order it was asked.
private final class ScriptedExecutor: Executor {
    let system = System.kubernetes
    private let script: @Sendable (Step, Int) async throws -> StepResult
    private let asked = Mutex<[Address]>([])

    init(_ script: @escaping @Sendable (Step, Int) async throws -> StepResult = { _, _ in StepResult() }) {
        self.script = script
    }

    var order: [Address] { asked.withLock { $0 } }

    func observe(_ request: ObservationRequest) async -> Observation { Observation() }

    func perform(_ step: Step) async throws -> StepResult {
        let count = asked.withLock { asked in
            asked.append(step.change.address)
            return asked.count { $0 == step.change.address }
        }
        return try await script(step, count)
    }

    func close() async {}
}

@Suite struct RunnerTests {
    private static func change(_ name: String, after: [String] = [], late: [LateField] = []) -> Change {
        let address = Address.kubernetes("ConfigMap", "n", name)
        return Change(
            address: address, action: .create, slot: Slot(),
            desired: Resource(address: address, body: ["name": .string(name)], late: late),
            dependsOn: after.map { .kubernetes("ConfigMap", "n", $0) })
    }

    private func run(
        _ changes: [Change], width: Int = 4, interruption: Interruption = Interruption(), _ executor: ScriptedExecutor
    ) async -> RunSummary {
        let retry = RetryPolicy(jitter: { 0 }, sleep: { _ in })
        let runner = Runner(executors: [executor], width: width, retry: retry, interruption: interruption)
        let plan = Plan(purpose: .apply, mark: Mark(cohort: "c", id: "i"), changes: changes)
        return await runner.run(plan, observation: Observation())
    }

    @Test(arguments: [1, 2, 8]) func `what is needed is done first, whatever the width`(width: Int) async throws {
        let executor = ScriptedExecutor()
        let changes = [Self.change("a"), Self.change("b", after: ["a"]), Self.change("c", after: ["a", "b"])]
        let summary = await run(changes, width: width, executor)
        #expect(summary.succeeded)
        #expect(executor.order == changes.map(\.address))
    }

    @Test func `a failure skips what depends on it and nothing else`() async {
        let executor = ScriptedExecutor { step, _ in
            if step.change.address.path == "n/a" { throw ExecutionError("quota exceeded") }
            return StepResult()
        }
        let summary = await run(
            [Self.change("a"), Self.change("b", after: ["a"]), Self.change("c", after: ["b"]), Self.change("d")],
            executor)
        #expect(summary.failed.map(\.error.message) == ["quota exceeded"])
        #expect(summary.skipped.map(\.address.path) == ["n/b", "n/c"])
        #expect(summary.done.map(\.address.path) == ["n/d"])
    }

    @Test func `a call is repeated only where its error says that this is safe`() async {
        let executor = ScriptedExecutor { step, attempt in
            let retry: ExecutionError.Retry = step.change.address.path == "n/safe" ? .backoff : .never
            if attempt < 3 { throw ExecutionError("the server is busy", retry: retry) }
            return StepResult()
        }
        let summary = await run([Self.change("safe"), Self.change("unsafe")], executor)
        #expect(summary.done.map(\.address.path) == ["n/safe"])
        #expect(summary.failed.map(\.change.address.path) == ["n/unsafe"])
        #expect(executor.order.count == 4)
    }

    @Test func `a value that is born in the run reaches what waits for it`() async {
        let source = Address.kubernetes("ConfigMap", "n", "token")
        let body = Mutex<JSON>(.null)
        let executor = ScriptedExecutor { step, _ in
            if step.change.address == source { return StepResult(outputs: ["token": "t0ken"]) }
            body.withLock { $0 = step.body }
            return StepResult()
        }
        let field = LateField(path: ["data", "t"], value: .joined([.text("x-"), .output(source, "token")]))
        let summary = await run([Self.change("token"), Self.change("user", after: ["token"], late: [field])], executor)
        #expect(summary.succeeded)
        #expect(body.withLock { $0["data"]?["t"] } == "x-t0ken")
    }

    @Test func `an interruption finishes what is in flight and starts nothing more`() async {
        let interruption = Interruption()
        let executor = ScriptedExecutor { _, _ in
            interruption.request()
            return StepResult()
        }
        let summary = await run(
            [Self.change("a"), Self.change("b", after: ["a"])], width: 1, interruption: interruption, executor)
        #expect(summary.interrupted)
        #expect(summary.done.map(\.address.path) == ["n/a"])
        #expect(summary.notStarted.map(\.address.path) == ["n/b"])
    }
}

@Suite struct RetryPolicyTests {
    @Test func `pauses grow to a limit, and a server's own pause is obeyed within patience`() {
        let policy = RetryPolicy(attempts: 4, first: .seconds(1), longest: .seconds(3), jitter: { 0.999_999 })
        let pauses = (1...4).map { policy.pause(after: $0, retry: .backoff).map { Int($0.components.seconds) } }
        #expect(pauses == [0, 1, 2, nil])
        #expect(policy.pause(after: 1, retry: .never) == nil)
        #expect(policy.pause(after: 1, retry: .after(.seconds(7)))?.components.seconds == 7)
        #expect(policy.pause(after: 1, retry: .after(.seconds(86_400))) == nil)
    }

    @Test func `runs that fail together do not knock again together`() throws {
        func pause(_ jitter: Double, _ retry: ExecutionError.Retry) -> Duration? {
            RetryPolicy(first: .seconds(1), jitter: { jitter }).pause(after: 1, retry: retry)
        }
        #expect(pause(0, .backoff) == .milliseconds(500))
        #expect(pause(0.5, .backoff) == .milliseconds(750))
        #expect(pause(0, .after(.seconds(7))) == .seconds(7))
        #expect(pause(0.5, .after(.seconds(7))) == .milliseconds(7_050), "never sooner than the server asked")
        let real = RetryPolicy(first: .seconds(1))
        let pauses = try (1...50).map { _ in try #require(real.pause(after: 1, retry: .backoff)) }
        #expect(Set(pauses).count > 1)
        #expect(pauses.allSatisfy { $0 >= .milliseconds(500) && $0 < .seconds(1) })
    }
}
