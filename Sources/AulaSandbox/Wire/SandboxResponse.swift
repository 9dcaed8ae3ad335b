package import AulaModel
package import Foundation

/// One HTTP answer of a state machine.
package struct SandboxResponse: Sendable {
    package enum Body: Sendable {
        case bytes(Data)
        /// A body that goes on until the stream ends or the client leaves: a watch.
        case stream(AsyncStream<Data>)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes(Data())) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func json(
        _ status: Int, _ value: JSON, headers: [(name: String, value: String)] = []
    ) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers, body: .bytes(value.data))
    }
}
