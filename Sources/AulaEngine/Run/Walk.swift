import AulaModel

/// The bookkeeping of a walk: who waits for whom, who may start.
///
/// Every step is constant or linear in its dependants.
struct Walk {
    private var waiting: [Int]
    private var dependants: [[Int]]
    private var ready: [Int] = []
    private var nextReady = 0
    private var isSettled: [Bool]

    init(_ changes: [Change]) {
        var positions: [Address: Int] = [:]
        for (index, change) in changes.enumerated() { positions[change.address] = index }
        waiting = Array(repeating: 0, count: changes.count)
        dependants = Array(repeating: [], count: changes.count)
        isSettled = Array(repeating: false, count: changes.count)
        for (index, change) in changes.enumerated() {
            for need in Set(change.dependsOn) {
                guard let position = positions[need], position != index else { continue }
                dependants[position].append(index)
                waiting[index] += 1
            }
        }
        ready = changes.indices.filter { waiting[$0] == 0 }
    }

    /// The next change that may start, in the plan's order.
    mutating func next() -> Int? {
        guard nextReady < ready.count else { return nil }
        defer { nextReady += 1 }
        isSettled[ready[nextReady]] = true
        return ready[nextReady]
    }

    mutating func finish(_ index: Int) {
        for dependant in dependants[index] {
            waiting[dependant] -= 1
            if waiting[dependant] == 0, !isSettled[dependant] { ready.append(dependant) }
        }
    }

    /// Everything that can no longer happen because this one failed.
    mutating func fail(_ index: Int) -> [Int] {
        var skipped: [Int] = []
        var pending = dependants[index]
        while let next = pending.popLast() {
            guard !isSettled[next] else { continue }
            isSettled[next] = true
            skipped.append(next)
            pending += dependants[next]
        }
        return skipped.sorted()
    }

    /// What was never started.
    var remaining: [Int] { isSettled.indices.filter { !isSettled[$0] } }
}
