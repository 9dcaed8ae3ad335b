import AulaEngine

/// GitLab's lock in this run's hand.
struct HeldVariable: HeldLock {
    let lock: VariableLock
    let holder: LockHolder
    let note: LockNote

    func renew() async -> Bool {
        do {
            guard let live = try await lock.read() else { return true }
            guard live.holder == holder.name else { return false }
            var next = note
            next.renewed = holder.now()
            try await lock.client.write("PUT", lock.path, body: lock.body(next))
            return true
        } catch {
            return true
        }
    }

    func release() async {
        guard let live = try? await lock.read(), live.holder == holder.name else { return }
        try? await lock.remove()
    }
}
