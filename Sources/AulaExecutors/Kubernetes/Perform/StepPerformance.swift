import AulaEngine
import AulaModel

/// Carries out one change in one cluster.
struct StepPerformance: Sendable {
    let connected: ConnectedCluster
    let catalogue: KindCatalogue
    let patience: Patience
    let step: Step

    private var address: Address { step.change.address }

    func run() async throws -> StepResult {
        let live = step.change.observed
        switch step.change.action {
        case .create:
            let writer = try await writer()
            if let live, case .leaving = live.transition {
                try await removal(live, writer.call).waitUntilGone()
            }
            return try await writer.create()
        case .update:
            return try await writer().update(uid: try observed().identity)
        case .replace:
            return try await replace(try observed())
        case .delete:
            return try await delete(try observed())
        case .release:
            return try await release(try observed())
        case .archive:
            throw ExecutionError("\(address): objects in a cluster are not archived")
        }
    }

    private func replace(_ live: Observed) async throws -> StepResult {
        let writer = try await writer()
        let removal = removal(live, writer.call)
        switch try await removal.begin(waitingForPods: writer.call.kind.row?.ownsPods == true) {
        case .begun: try await removal.waitUntilGone()
        // An earlier attempt came this far; whether what is there now is ours, the creation finds out.
        case .wasGone, .replaced: break
        }
        if step.change.renewsVolumes { try await VolumeRenewal(set: writer.call, body: step.body, step: step).run() }
        return try await writer.create(replacing: live.attributes)
    }

    private func delete(_ live: Observed) async throws -> StepResult {
        let removal = removal(live, try await call(for: live.attributes))
        switch try await removal.begin() {
        case .begun: try await removal.waitUntilGone()
        case .wasGone: return StepResult(wasDone: true)
        case .replaced:
            throw ExecutionError(
                "\(address): it is not the one that was read: somebody replaced it, so it was left alone",
                hint: "run aula again: the plan will show whose it is")
        }
        return StepResult()
    }

    /// Takes the mark off; the object and everything that others set in it stay.
    private func release(_ live: Observed) async throws -> StepResult {
        let call = try await call(for: live.attributes)
        let answer = try await call.send(
            "PATCH", call.path, query: [("fieldManager", FieldManager.aula)],
            body: ObjectMark.removal(uid: live.identity), as: .mergePatch)
        if answer.status == 200 { return StepResult() }
        let refusal = Refusal(answer)
        if refusal.isNotFound { return StepResult(wasDone: true) }
        throw call.error(refusal)
    }

    private func observed() throws -> Observed {
        guard let observed = step.change.observed else {
            throw ExecutionError("\(address): the plan does not say which object it means", hint: "plan again")
        }
        return observed
    }

    private func removal(_ live: Observed, _ call: ObjectCall) -> Removal {
        Removal(call: call, uid: live.identity, progress: step.progress)
    }

    private func writer() async throws -> ObjectWriter {
        let late = step.change.desired?.late ?? []
        let call = try await call(for: step.body, secrets: Secrets(body: step.body, late: late))
        let manifest = Manifest(
            kind: call.kind, body: step.body, mark: step.ownMark, slot: step.change.slot,
            lifecycle: step.change.desired?.lifecycle ?? Lifecycle(), fingerprint: step.change.desired?.fingerprint)
        return ObjectWriter(call: call, manifest: manifest, step: step)
    }

    private func call(for manifest: JSON, secrets: Secrets = Secrets()) async throws -> ObjectCall {
        guard let name = KindCatalogue.Name(manifest), let objectName = manifest[["metadata", "name"]]?.string else {
            throw ExecutionError("\(address): the manifest has no apiVersion, kind or name")
        }
        let kind: ObjectKind?
        do {
            kind = try await catalogue.kind(name, in: connected.api, patience: patience)
        } catch let failure as ReadFailure {
            throw ExecutionError("\(address): \(failure.reason)", hint: "run aula again", retry: .backoff)
        }
        guard let kind else {
            throw ExecutionError(
                "\(address): the cluster knows no \(name.kind) in \(name.apiVersion)",
                hint: "correct apiVersion and kind, or install its definition in the cluster first")
        }
        return ObjectCall(
            api: connected.api, patience: patience, address: address, kind: kind,
            namespace: kind.isNamespaced ? manifest[["metadata", "namespace"]]?.string : nil, name: objectName,
            secrets: secrets)
    }
}
