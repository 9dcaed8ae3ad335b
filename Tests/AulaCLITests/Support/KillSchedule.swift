import AulaEngine
import AulaTestSupport
import Synchronization

/// What befalls one run after the other, by a seed.
struct KillSchedule: CustomStringConvertible {
    let seed: Int
    private var state: UInt64

    init(seed: Int) {
        self.seed = seed
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15
    }

    var description: String { "AULA_SOAK_SEEDS=\(seed)..\(seed)" }

    mutating func next(atMost writes: UInt64 = 90) -> RunFate {
        let write = Int(random(writes)) + 1
        return switch random(3) {
        case 0: .killed(atWrite: write, isAnswered: false)
        case 1: .killed(atWrite: write, isAnswered: true)
        default: .suspended(atWrite: write)
        }
    }

    /// SplitMix64: the same numbers on every machine.
    private mutating func random(_ limit: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % limit
    }
}

/// What befalls a run.
enum RunFate: Sendable {
    /// Nothing of it is sent any more; the write that it came to was carried out, or not.
    case killed(atWrite: Int, isAnswered: Bool)
    /// It stands still until another run has done its work.
    case suspended(atWrite: Int)

    private var write: Int {
        switch self {
        case .killed(let write, _), .suspended(let write): write
        }
    }

    /// Runs a command that this befalls.
    ///
    /// - Returns: whether it came so far, and how it ended; nil for a run that was killed.
    func befall(
        _ computer: Computer, _ arguments: [String], meanwhile: () async throws -> Void
    ) async throws -> (struck: Bool, finished: Computer.Finished?) {
        let lid = Meeting()
        let count = Mutex(0)
        let isOver = Mutex(false)
        let write = write
        @Sendable func strike(_ request: APIRequest, _ deliver: () async -> APIResponse) async throws -> APIResponse {
            let number = count.withLock { count in
                if request.isWrite { count += 1 }
                return count
            }
            guard number >= write, !isOver.withLock({ $0 }) else { return await deliver() }
            if case .killed(_, let isAnswered) = self {
                if number == write, request.isWrite, isAnswered { _ = await deliver() }
                // A dead process waits for nothing; the test ends it.
                await lid.come()
                throw CancellationError()
            }
            await lid.come()
            return await deliver()
        }
        computer.intercept.withLock { $0 = strike }
        let run = Task { try await computer.aula(arguments) }
        let ended = Mutex(false)
        let watch = Task {
            _ = try? await run.value
            ended.withLock { $0 = true }
        }
        try await waitUntil("the run ends or is struck") { ended.withLock { $0 } || lid.count > 0 }
        guard lid.count > 0 else { return (false, try await run.value) }
        if case .suspended = self {
            try await meanwhile()
            isOver.withLock { $0 = true }
            lid.open()
            return (true, try await run.value)
        }
        run.cancel()
        lid.open()
        await watch.value
        return (true, nil)
    }
}
