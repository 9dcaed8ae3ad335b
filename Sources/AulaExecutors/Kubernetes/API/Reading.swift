import AulaEngine
import AulaModel

/// Something that could not be read, and so is neither there nor gone.
struct ReadFailure: Error, Sendable {
    var reason: String
    /// Nobody listens on the proxy's socket any more.
    var lostProxy = false
    /// The server has no such path: the kind does not exist there.
    var isNotFound = false
    /// The user may not read the kind.
    var isForbidden = false

    init(_ reason: String) {
        self.reason = reason
    }

    init(_ refusal: Refusal) {
        reason = refusal.message
        isNotFound = refusal.isNotFound
        isForbidden = refusal.status == 403
    }

    init(_ error: any Error) {
        switch error {
        case let failure as ReadFailure: self = failure
        case TransportError.cannotConnect(let text):
            self.init("the connection to the cluster is gone (\(text))")
            lostProxy = true
        case TransportError.connectionLost(let text): self.init("the connection broke while reading (\(text))")
        case TransportError.timedOut(let limit):
            self.init("the cluster did not answer within \(limit.components.seconds) s")
        case TransportError.answerTooLarge(let limit): self.init("an answer is larger than \(limit) bytes")
        case is CancellationError: self.init("interrupted")
        default: self.init("\(error)")
        }
    }
}

extension KubernetesAPI {
    /// Reads, and asks again while the server is busy or the connection breaks.
    ///
    /// - Throws: `ReadFailure`. Any status that will not pass by itself is an answer.
    func read(
        _ path: String, query: [(name: String, value: String)] = [], accept: String = "application/json",
        patience: Patience
    ) async throws -> APIResponse {
        for attempt in 1... {
            do {
                let answer = try await send("GET", path, query: query, accept: accept)
                let refusal = answer.status < 400 ? nil : Refusal(answer)
                guard let refusal, refusal.isTemporary,
                    let pause = patience.reading.pause(after: attempt, retry: refusal.retry)
                else { return answer }
                try await patience.reading.sleep(pause)
            } catch let error as TransportError {
                guard case .connectionLost = error,
                    let pause = patience.reading.pause(after: attempt, retry: .backoff)
                else { throw ReadFailure(error) }
                try await patience.reading.sleep(pause)
            } catch {
                throw ReadFailure(error)
            }
        }
        throw ReadFailure("nothing was read")
    }
}
