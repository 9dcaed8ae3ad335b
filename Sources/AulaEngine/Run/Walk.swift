import AulaModel

/// The bookkeeping of a walk: who waits for whom, who may start.
///
/// Every step is constant or linear in its dependants.
struct Walk {
    private var waiting: [Int]
    private var dependants: [[Int]]
    /// Who waits for an end, whatever it is.
    private var followers: [[Int]]
    private var ready: [Int] = []
    private var nextReady = 0
    private var isSettled: [Bool]

    init(_ changes: [Change]) {
        var positions: [Address: Int] = [:]
        for (index, change) in changes.enumerated() { positions[change.address] = index }
        waiting = Array(repeating: 0, count: changes.count)
        dependants = Array(repeating: [], count: changes.count)
        followers = dependants
        isSettled = Array(repeating: false, count: changes.count)
        for (index, change) in changes.enumerated() {
            for need in Set(change.dependsOn) {
                guard let position = positions[need], position != index else { continue }
                dependants[position].append(index)
                waiting[index] += 1
            }
            for mention in change.desired?.late.flatMap(\.value.mentions) ?? [] {
                guard let position = positions[mention] else { continue }
                followers[position].append(index)
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
        release(dependants[index] + followers[index])
    }

    private mutating func release(_ indices: [Int]) {
        for index in indices {
            waiting[index] -= 1
            if waiting[index] == 0, !isSettled[index] { ready.append(index) }
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
        for ended in [index] + skipped { release(followers[ended]) }
        return skipped.sorted()
    }

    /// What was never started.
    var remaining: [Int] { isSettled.indices.filter { !isSettled[$0] } }
}
