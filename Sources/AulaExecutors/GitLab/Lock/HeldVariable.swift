import AulaEngine

/// GitLab's lock in this run's hand.
struct HeldVariable: HeldLock {
    let lock: VariableLock
    let holder: LockHolder
    let note: LockNote

    func renew() async -> Renewal {
        do {
            guard let live = try await lock.read(), live.holder == holder.name else { return .lost }
            var next = note
            next.renewed = holder.now()
            try await lock.client.write("PUT", lock.path, query: VariableLock.scope, body: lock.body(next))
            return .renewed
        } catch let failure as GitLabFailure where failure.isMissing {
            return .lost
        } catch {
            return .unanswered
        }
    }

    func release() async {
        guard let live = try? await lock.read(), live.holder == holder.name else { return }
        try? await lock.remove()
    }
}
