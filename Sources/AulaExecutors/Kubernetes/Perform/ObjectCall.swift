import AulaEngine
import AulaModel

/// Nobody listens on the proxy's socket: it has to be started again before the call is repeated.
struct ProxyLost: Error {
    var error: ExecutionError
}

/// Calls about one object, whose failures are said in words that name it and show no secret.
struct ObjectCall: Sendable {
    let api: KubernetesAPI
    let patience: Patience
    let address: Address
    let kind: ObjectKind
    let namespace: String?
    let name: String
    let secrets: Secrets

    var path: String { kind.path(namespace: namespace, name: name) }

    /// - Throws: `ExecutionError`, which says whether sending it again is safe, `ProxyLost` or `CancellationError`.
    func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSON? = nil,
        as content: KubernetesAPI.Content = .json
    ) async throws -> APIResponse {
        do {
            return try await api.send(method, path, query: query, body: body, as: content)
        } catch let error as TransportError {
            throw failure(error)
        }
    }

    /// The live object, or nil where there is none.
    func read() async throws -> LiveObject? {
        do {
            let answer = try await api.read(path, patience: patience)
            if answer.status == 404 { return nil }
            guard answer.status == 200 else { throw error(Refusal(answer)) }
            return try object(in: answer)
        } catch let failure as ReadFailure {
            try Task.checkCancellation()
            let error = ExecutionError("\(address): \(failure.reason)", hint: "run aula again", retry: .backoff)
            if failure.lostProxy { throw ProxyLost(error: error) }
            throw error
        }
    }

    func object(in answer: APIResponse) throws -> LiveObject {
        guard let json = try? JSON(parsing: answer.body), json["metadata"] != nil else {
            throw ExecutionError("\(address): the server's answer is no object", hint: "check what stands in between")
        }
        return LiveObject(kind: kind, json: json)
    }

    func error(_ refusal: Refusal) -> ExecutionError { refusal.error(on: address, scrubbing: secrets) }

    /// Every write here may be sent twice: applies are idempotent, deletions carry a uid, and a POST that finds its
    /// own work goes on from there.
    private func failure(_ error: TransportError) -> any Error {
        let hint = "check the network, then run aula again"
        return switch error {
        case .cannotConnect(let text):
            ProxyLost(
                error: ExecutionError(
                    "\(address): no connection to the cluster (\(text))", hint: hint, retry: .backoff))
        case .connectionLost(let text):
            ExecutionError("\(address): the connection broke (\(text))", hint: hint, retry: .backoff)
        case .timedOut(let limit):
            ExecutionError(
                "\(address): no answer within \(limit.components.seconds) s", hint: hint, retry: .backoff)
        case .answerTooLarge(let limit): ExecutionError("\(address): the answer is larger than \(limit) bytes")
        }
    }
}
