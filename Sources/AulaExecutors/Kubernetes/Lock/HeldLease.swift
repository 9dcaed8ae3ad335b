import AulaEngine
import AulaModel

/// The Lease in this run's hand.
struct HeldLease: HeldLock {
    let lock: LeaseLock
    let uid: String
    let holder: LockHolder

    func renew() async -> Renewal {
        do {
            guard let call = await lock.call() else { return .unanswered }
            // Gone with its namespace, or with somebody who took it away: others may have had it since.
            guard let live = try await call.read(), live.uid == uid else { return .lost }
            var next = Lease(live.json, mark: lock.mark)
            guard next.note?.holder == holder.name else { return .lost }
            next.note?.renewed = holder.now()
            // The version that was read goes along: what changed hands in between is refused.
            let answer = try await call.send(
                "PUT", call.path, query: [(name: "fieldManager", value: FieldManager.aula)], body: next.body)
            return answer.status == 200 ? .renewed : .unanswered
        } catch {
            return .unanswered
        }
    }

    func release() async {
        // The identity keeps us from taking away a Lease that somebody made after ours was gone; a holder that took
        // ours over is found by reading.
        guard let call = await lock.call(), let live = try? await call.read(), live.uid == uid,
            let version = live.metadata["resourceVersion"]?.string,
            Lease(live.json, mark: lock.mark).note?.holder == holder.name
        else { return }
        _ = try? await call.send(
            "DELETE", call.path,
            body: [
                "apiVersion": "v1", "kind": "DeleteOptions",
                "preconditions": ["uid": .string(uid), "resourceVersion": .string(version)],
            ])
    }
}
