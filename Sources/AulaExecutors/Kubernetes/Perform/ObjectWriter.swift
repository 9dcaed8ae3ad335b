import AulaEngine
import AulaModel

/// Makes and changes one object.
///
/// Aula's own fields are written by server-side apply. Where an object is believed absent, the apply is sent
/// **without** force: the server answers 201 when it made the object, and refuses to touch a field of somebody else.
/// Should it answer 200, somebody was quicker by a moment; what was just added to their object is given back by
/// an apply of nothing, which removes exactly the fields that aula alone owns.
struct ObjectWriter: Sendable {
    let call: ObjectCall
    let manifest: Manifest
    let step: Step

    /// Makes an object that was proved absent.
    ///
    /// - Parameter live: the object that it replaces.
    /// - Returns: what other resources may take from it.
    /// - Throws: `ExecutionError`, also where somebody else was quicker.
    func create(replacing live: JSON? = nil) async throws -> StepResult {
        if manifest.beginsSmall {
            let uid = try await begin(replacing: live)
            return try await finish(try await apply(uid: uid, force: true).object)
        }
        let (object, isNew) = try await apply(uid: nil, force: false)
        // What was there already may be the work of an earlier attempt.
        guard isNew || object.isMadeByAula else {
            try await giveBack(object)
            throw taken(by: object)
        }
        return try await finish(object)
    }

    /// Brings an object in line; it must still be the one that was observed.
    func update(uid: String) async throws -> StepResult {
        try await finish(try await apply(uid: uid, force: true).object)
    }

    /// Makes the small beginning by POST.
    ///
    /// Sent again after a lost answer, it meets its own work and goes on from there.
    ///
    /// - Parameter live: the object that it replaces.
    /// - Returns: the new object's uid.
    /// - Throws: `ExecutionError`.
    private func begin(replacing live: JSON?) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let small = manifest.beginning(replacing: live, using: &generator)
        let answer = try await call.send(
            "POST", call.kind.path(namespace: call.namespace), query: [("fieldManager", FieldManager.placeholder)],
            body: small)
        if answer.status == 201 { return try call.object(in: answer).uid }
        let refusal = Refusal(answer)
        guard refusal.alreadyExists else {
            throw refusal.error(on: call.address, scrubbing: Secrets(body: small, late: []))
        }
        guard let existing = try await call.read() else {
            throw ExecutionError("\(call.address): it came and went while it was made", retry: .backoff)
        }
        guard !existing.isLeaving else {
            throw ExecutionError(
                "\(call.address): one of that name is still being deleted", hint: "run aula again when it is gone",
                retry: .after(.seconds(2)))
        }
        guard existing.mark?.isSameEdition(as: step.mark) == true else { throw taken(by: existing) }
        return existing.uid
    }

    private func apply(uid: String?, force: Bool) async throws -> (object: LiveObject, isNew: Bool) {
        var body = manifest.body
        if let uid { body[["metadata", "uid"]] = .string(uid) }
        let answer = try await call.send(
            "PATCH", call.path,
            query: [("fieldManager", FieldManager.aula), ("force", force ? "true" : "false")], body: body, as: .apply)
        guard answer.status == 200 || answer.status == 201 else { throw call.error(Refusal(answer)) }
        return (try call.object(in: answer), answer.status == 201)
    }

    private func giveBack(_ object: LiveObject) async throws {
        var nothing = JSON.object(JSONObject())
        for key in ["apiVersion", "kind"] { nothing[key] = manifest.body[key] }
        nothing["metadata"] = ["name": .string(object.name), "uid": .string(object.uid)]
        if let namespace = object.namespace { nothing[["metadata", "namespace"]] = .string(namespace) }
        _ = try await call.send(
            "PATCH", call.path, query: [("fieldManager", FieldManager.aula), ("force", "false")], body: nothing,
            as: .apply)
    }

    private func taken(by object: LiveObject) -> ExecutionError {
        let others = object.managers.map(\.name).filter { $0 != FieldManager.aula }
        let owner =
            object.mark.map { $0.isSameEdition(as: step.mark) ? nil : "cohort \($0.cohort), id \($0.id)" } ?? nil
        return ExecutionError(
            "\(call.address): somebody made it meanwhile (\(owner ?? others.first ?? "nobody says who")); it was left alone",
            hint: "run aula again: the plan will show whose it is")
    }

    /// What others may take from the object, once it is complete.
    private func finish(_ object: LiveObject) async throws -> StepResult {
        var object = object
        if object.isTokenSecret { object = try await filled(object) }
        if object.requestedAccount != nil, object.transition != nil {
            object = try await TokenRequest(call: call).fill(object)
        }
        return StepResult(outputs: object.secretValues(step.change.desired))
    }

    /// Waits until the token controller filled the Secret; one that it took away again is made again.
    private func filled(_ object: LiveObject) async throws -> LiveObject {
        var object = object
        for _ in 1...3 {
            switch try await TokenWait(call: call, progress: step.progress).wait(for: object) {
            case .filled(let object): return object
            case .removed: object = try await apply(uid: nil, force: false).object
            }
        }
        throw ExecutionError(
            "\(call.address): the cluster takes the token Secret away again and again",
            hint: "see whether its account is being deleted, then run aula again")
    }
}
