import AulaSandbox
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Thrown inside a response's body to close the connection in the middle of it.
struct CutConnection: Error {}

extension Response {
    /// The answer as it goes out; `cut` is after how many bytes of the body the connection closes, nil for never.
    init(_ answer: SandboxResponse, to request: Request, cutAfter cut: Int? = nil) {
        var fields = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        let body: ResponseBody
        switch answer.body {
        case .bytes(let data):
            if let cut {
                body = .cut(data, after: cut)
            } else if request.method == .head || data.isEmpty {
                body = ResponseBody()
            } else {
                body = ResponseBody(byteBuffer: ByteBuffer(bytes: data))
            }
        case .stream(let stream):
            body = .streaming(stream, to: request)
        }
        self.init(status: HTTPResponse.Status(code: answer.status), headers: fields, body: body)
    }
}

extension ResponseBody {
    /// A body whose head promises more than comes.
    fileprivate static func cut(_ data: Data, after bytes: Int) -> ResponseBody {
        ResponseBody(contentLength: max(data.count, bytes + 1)) { writer in
            try await writer.write(ByteBuffer(bytes: data.prefix(bytes)))
            throw CutConnection()
        }
    }

    /// A body that goes on until the stream ends, the client leaves or the sandbox stops.
    fileprivate static func streaming(_ stream: AsyncStream<Data>, to request: Request) -> ResponseBody {
        ResponseBody { writer in
            let (chunks, relay) = AsyncStream<Data>.makeStream()
            let pump = Task {
                for await chunk in stream { relay.yield(chunk) }
                relay.finish()
            }
            do {
                try await request.body.consumeWithInboundCloseHandler { _ in
                    try await withGracefulShutdownHandler {
                        for await chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                    } onGracefulShutdown: {
                        relay.finish()
                    }
                } onInboundClosed: {
                    relay.finish()
                }
            } catch {
                pump.cancel()
                throw error
            }
            pump.cancel()
            try await writer.finish(nil)
        }
    }
}
