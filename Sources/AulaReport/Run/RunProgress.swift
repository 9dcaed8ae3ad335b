import AulaEngine
import AulaModel

/// Where a run stands, as a pure value: events go in, lines that stay come out.
struct RunProgress: Sendable {
    /// The work in one system for one group, or for what all groups share.
    struct Lane: Hashable {
        var group: String?
        var system: System

        init(_ change: Change) {
            group = change.slot.group
            system = change.address.system
        }

        var name: String { "\(group ?? "shared") \(system.rawValue)" }
    }

    /// How far a lane is.
    struct Tally {
        var left: Int
        var done = 0
        var failed = 0
        var skipped = 0
        var began: Duration?
    }

    /// A step that is under way.
    struct Running {
        var change: Change
        var since: Duration
        var message: String?
    }

    /// Steps that take longer than this get a line of their own.
    static let long = Duration.seconds(10)
    /// The shortest time between two lines about the same waiting step.
    static let patience = Duration.seconds(30)
    /// With more lanes than this, the lines say how much is done instead of which lane is.
    static let mostLanes = 60

    private(set) var total: Int
    private(set) var done = 0
    private(set) var failed = 0
    private(set) var skipped = 0
    private(set) var isInterrupted = false
    /// In the order in which they began.
    private(set) var running: [Running] = []
    private var lanes: [Lane: Tally]
    private var told: [Address: Duration] = [:]
    private var toldPercent = 0
    private let hasManyLanes: Bool

    init(_ plan: Plan) {
        total = plan.changes.count
        lanes = Dictionary(grouping: plan.changes, by: Lane.init).mapValues { Tally(left: $0.count) }
        hasManyLanes = lanes.count > Self.mostLanes
    }

    var finished: Int { done + failed + skipped }

    /// Takes an event in and returns what is worth a line that stays.
    mutating func take(_ event: RunEvent, at now: Duration) -> [ProgressLine] {
        switch event {
        case .began(let total):
            self.total = total
            return []
        case .started(let change):
            running.append(Running(change: change, since: now))
            let lane = Lane(change)
            let began = lanes[lane]?.began ?? now
            lanes[lane]?.began = began
            return []
        case .progress(let address, let message):
            return note(message, on: address, at: now)
        case .retrying(let address, let reason, let pause):
            let said = ExecutionError(reason).message(about: address)
            let again = PlainText.oneLine("trying again in \(Humane.duration(pause)): \(said)")
            return note(again, on: address, at: now, patience: .zero)
        case .finished(let change, let elapsed):
            done += 1
            end(change)
            let own = elapsed >= Self.long ? [ProgressLine.slow(change, elapsed)] : []
            return own + count(change, \.done, at: now)
        case .failed(let change, let error):
            failed += 1
            end(change)
            return [.failed(change, error)] + count(change, \.failed, at: now)
        case .skipped(let change, _):
            skipped += 1
            return count(change, \.skipped, at: now)
        case .interrupted:
            isInterrupted = true
            return [.interrupted(running: running.count)]
        case .ended:
            running = []
            return []
        }
    }

    private mutating func end(_ change: Change) {
        running.removeAll { $0.change.address == change.address }
        told[change.address] = nil
    }

    private mutating func note(
        _ message: String, on address: Address, at now: Duration, patience: Duration = Self.patience
    ) -> [ProgressLine] {
        if let position = running.firstIndex(where: { $0.change.address == address }) {
            running[position].message = message
        }
        if let last = told[address], now - last < patience { return [] }
        told[address] = now
        return [.waiting(address, message)]
    }

    /// Counts a step in its lane; the lane's last step is worth a line.
    private mutating func count(_ change: Change, _ kind: WritableKeyPath<Tally, Int>, at now: Duration)
        -> [ProgressLine]
    {
        let lane = Lane(change)
        guard var tally = lanes[lane] else { return [] }
        tally[keyPath: kind] += 1
        tally.left -= 1
        lanes[lane] = tally
        if hasManyLanes { return percent(at: now) }
        guard tally.left == 0 else { return [] }
        return [.lane(lane, tally, finished: finished, total: total, now - (tally.began ?? now))]
    }

    /// Every fifth part of a hundred is worth a line.
    private mutating func percent(at now: Duration) -> [ProgressLine] {
        let percent = total == 0 ? 100 : finished * 20 / total * 5
        guard percent > toldPercent else { return [] }
        toldPercent = percent
        return [.percent(finished: finished, total: total, now)]
    }
}
