import AulaEngine
import AulaModel

/// Deletes one object, and stays until it is gone.
struct Removal: Sendable {
    let call: ObjectCall
    /// The object that was observed; another one of that name is never touched.
    let uid: String
    let progress: @Sendable (String) -> Void

    enum Start {
        case begun
        case wasGone
        /// Another object has the name now.
        case replaced
    }

    /// Asks the server to delete it.
    ///
    /// - Parameter waitingForPods: whether the object stays until its pods are gone, for who will make it again.
    /// - Returns: how it began, where that is no error.
    /// - Throws: `ExecutionError`.
    func begin(waitingForPods: Bool = false) async throws -> Start {
        let answer = try await call.send(
            "DELETE", call.path,
            body: [
                "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": ["uid": .string(uid)],
                "propagationPolicy": .string(waitingForPods ? "Foreground" : "Background"),
            ])
        if (200..<300).contains(answer.status) { return .begun }
        let refusal = Refusal(answer)
        if refusal.isNotFound { return .wasGone }
        if refusal.isOtherIdentity { return .replaced }
        // A namespace on its way out may refuse to be sent there twice; one that is not stays, and is not waited for.
        if refusal.status == 409, call.kind == .namespace {
            guard let live = try await call.read() else { return .wasGone }
            guard live.uid == uid else { return .replaced }
            if live.isLeaving { return .begun }
        }
        throw call.error(refusal)
    }

    /// Stays until it is gone; what holds it is named after some seconds, and waited for as long as somebody works on it.
    ///
    /// - Throws: `ExecutionError` that names what holds it when the patience ends.
    func waitUntilGone() async throws {
        let isNamespace = call.kind == .namespace
        let limit = isNamespace ? call.patience.namespace : call.patience.removal
        let holdUp = HoldUp(call: call, progress: progress)
        var last: LiveObject?
        var held = HoldUp.State()
        var waited = Duration.zero
        var nextLook = Self.firstLook
        let gone = try await call.patience.poll(
            for: limit,
            waiting: { duration in
                waited = duration
                guard duration >= .seconds(1) else { return }
                let what = isNamespace ? "waiting until its contents are gone" : "waiting until it is gone"
                let holders = held.reasons.isEmpty ? "" : " (\(held.reasons.joined(separator: "; ")))"
                progress("\(what), \(duration.components.seconds) s\(holders)")
            },
            { () -> Bool? in
                last = try await call.read()
                guard let live = last, live.uid == uid else { return true }
                guard waited >= nextLook else { return nil }
                nextLook = waited + Self.firstLook
                held = await holdUp.state(of: live)
                // Somebody's controller that has not acted by now may be gone for good.
                return isNamespace && held.waitsForOthers && waited >= call.patience.holdUp ? false : nil
            })
        guard gone != true, let last else { return }
        if gone == nil { held = await holdUp.state(of: last) }
        throw holdUp.error(held, after: gone == nil ? limit : waited)
    }

    private static let firstLook = Duration.seconds(2)
}
