import AulaEngine
import AulaModel
import AulaTokens

/// Waits for the controller that fills a token Secret, usually within a second.
///
/// A Secret whose account does not exist is accepted and then removed (measured on 1.36), so that "gone" is not an
/// error yet: the account is asked about first.
struct TokenWait {
    enum End {
        case filled(LiveObject)
        case removed
    }

    let call: ObjectCall
    let progress: @Sendable (String) -> Void

    func wait(for object: LiveObject) async throws -> End {
        if object.transition == nil { return .filled(object) }
        let account = object.metadata["annotations"]?["kubernetes.io/service-account.name"]?.string ?? ""
        let end = try await call.patience.poll(
            for: call.patience.token,
            waiting: { waited in
                if waited >= .seconds(1) { progress("waiting for the token, \(waited.components.seconds) s") }
            },
            { () -> End? in
                guard let object = try await call.read() else { return .removed }
                return object.transition == nil ? .filled(object) : nil
            })
        switch end {
        case .filled(let object): return .filled(object)
        case .removed:
            try await requireAccount(account)
            return .removed
        case nil:
            throw ExecutionError(
                "\(call.address): no token after \(call.patience.token.components.seconds) s",
                hint: "the cluster's token controller is slow or switched off; run aula again", retry: .never)
        }
    }

    private func requireAccount(_ name: String) async throws {
        let account = ObjectCall(
            api: call.api, patience: call.patience, address: .kubernetes("ServiceAccount", call.namespace, name),
            kind: .serviceAccount, namespace: call.namespace, name: name, secrets: Secrets())
        guard try await account.read() == nil else { return }
        throw ExecutionError(
            "\(call.address): its account \(name) does not exist, so the cluster removed it",
            hint: "run aula again: the account will be made first")
    }
}
