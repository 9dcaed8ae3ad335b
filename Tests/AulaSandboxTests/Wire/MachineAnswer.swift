import AulaModel
import AulaSandbox
import Foundation

/// The answer of a machine under test, read to its end.
struct MachineAnswer {
    let status: Int
    let headers: [String: String]
    /// JSON, or what is none as a string; null where there is nothing, or a stream.
    let body: JSON

    /// What the answer says to people, wherever the system puts it.
    var message: String { body["message"]?.string ?? body[["error", "message"]]?.string ?? "" }

    init(_ response: SandboxResponse) {
        status = response.status
        headers = Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        guard case .bytes(let data) = response.body, !data.isEmpty else {
            body = .null
            return
        }
        body = (try? JSON(parsing: data)) ?? .string(String(decoding: data, as: UTF8.self))
    }
}

extension SandboxMachine {
    /// Lets the controllers work until `now` and sends a request then; `path` may carry a query.
    func answer(
        _ method: String, _ path: String, _ body: Data?, headers: [String: String], at now: Date
    ) async -> MachineAnswer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? String($0) }
            return (name: sides[0], value: sides.count > 1 ? sides[1] : "")
        }
        await advance(to: now)
        return MachineAnswer(
            await respond(
                to: SandboxRequest(
                    method: method, path: parts[0], query: query, headers: headers, body: body ?? Data()), now: now))
    }
}
