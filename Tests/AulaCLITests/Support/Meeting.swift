import Synchronization

/// Holds those who come until somebody opens, or until enough have come.
final class Meeting: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let places: Int

    init(places: Int = .max) { self.places = places }

    var count: Int { state.withLock { $0.waiting.count } }

    func come() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }

    }

    /// Comes, and opens where it is the last one that was waited for.
    func meet() async {
        if count + 1 >= places { open() }
        await come()
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
