import AulaEngine
import AulaModel
import Foundation

/// The lock of a cohort in its cluster: the Lease `aula` in aula's own namespace, with which it also goes.
///
/// Source: `coordination.k8s.io/v1` of Kubernetes. The POST of a name that exists is refused (409 AlreadyExists), and a
/// PUT with a `resourceVersion` that is no longer the live one as well (409 Conflict): of two who want it, one wins.
struct LeaseLock: SharedLock {
    let connection: ClusterConnection
    let patience: Patience
    let mark: Mark

    func acquire(as holder: LockHolder) async throws -> LockAnswer {
        // Whoever wants to write has just read the cluster. One that is not connected now is absent or out of reach.
        guard let call = await call() else { return .nowhere }
        return try await patience.reading.run { try await attempt(call, holder) }
    }

    func look() async -> LockNote? {
        guard let call = await call(), let live = try? await call.read() else { return nil }
        return Lease(live.json, mark: mark).note
    }

    /// The way to the Lease; a new one when the proxy had to be started again.
    func call() async -> ObjectCall? {
        guard let connected = await connection.current() else { return nil }
        return ObjectCall(
            api: connected.api, patience: patience,
            address: .kubernetes(ObjectKind.lease.name, mark.ownNamespace, Self.name), kind: .lease,
            namespace: mark.ownNamespace, name: Self.name, secrets: Secrets())
    }

    static let name = "aula"

    var home: Address { .namespace(mark.ownNamespace) }

    private func attempt(_ call: ObjectCall, _ holder: LockHolder) async throws -> LockAnswer {
        let lease = Lease(note: holder.note, mark: mark)
        let made = try await send(call, "POST", call.kind.path(namespace: call.namespace), lease.body)
        if made.status == 201 { return try taken(made, call, holder) }
        let refusal = Refusal(made)
        // Without the namespace there is nothing in it that two runs could meet at.
        if refusal.isNotFound || refusal.isTerminatingNamespace { return .nowhere }
        guard refusal.alreadyExists else { throw call.error(refusal) }
        guard let live = try await call.read() else {
            throw ExecutionError("\(call.address): it came and went", retry: .backoff)
        }
        if let note = Lease(live.json, mark: mark).note, !holder.mayTakeOver(note) { return .busy(note) }
        var successor = lease
        successor.version = live.metadata["resourceVersion"]?.string
        successor.transitions = (live.json[["spec", "leaseTransitions"]]?.int ?? 0) + 1
        let answer = try await send(call, "PUT", call.path, successor.body)
        if answer.status == 200 { return try taken(answer, call, holder) }
        let lost = Refusal(answer)
        // Somebody else was quicker: the next look tells who.
        guard answer.status == 409 || lost.isNotFound else { throw call.error(lost) }
        throw ExecutionError("\(call.address): several runs want it at once", retry: .backoff)
    }

    private func send(_ call: ObjectCall, _ method: String, _ path: String, _ body: JSON) async throws -> APIResponse {
        do {
            return try await call.send(
                method, path, query: [(name: "fieldManager", value: FieldManager.aula)], body: body)
        } catch let lost as ProxyLost {
            throw lost.error
        }
    }

    private func taken(_ answer: APIResponse, _ call: ObjectCall, _ holder: LockHolder) throws -> LockAnswer {
        .taken(HeldLease(lock: self, uid: try call.object(in: answer).uid, holder: holder))
    }
}
