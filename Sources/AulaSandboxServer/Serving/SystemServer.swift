import AulaSandbox
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore

/// The server of one system: takes each request to its machine, past the faults and into the log.
struct SystemServer: Sendable {
    let system: SandboxSystem
    let desk: FaultDesk
    let log: RequestLog
    let stage: Stage
    let control: Control

    /// The service that listens on loopback: over plain http without an authority.
    ///
    /// `onRunning` is told the port once the server listens.
    func application(
        port: Int, authority: Authority?, logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void
    ) throws -> some ApplicationProtocol {
        let plain = HTTPServerBuilder.http1(configuration: .init(additionalChannelHandlers: [ContinueHandler()]))
        return Application(
            responder: CallbackResponder<SandboxContext> { try await respond(to: $0, in: $1) },
            server: try authority.map { try .tls(plain, tlsConfiguration: $0.serverConfiguration()) } ?? plain,
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "aula-sandbox"),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { await onRunning(port) }
            },
            logger: logger)
    }

    private func respond(to request: Request, in context: SandboxContext) async throws -> Response {
        let started = Date()
        let asked: SandboxRequest
        do {
            asked = try await request.sandboxRequest()
        } catch let error as HTTPError {
            let message = "the body has more than \(Request.bodyLimit) bytes"
            return Response(.message(error.status.code, message), to: request)
        }
        if let answer = await control.respond(to: asked) { return Response(answer, to: request) }
        guard let machines = stage.machines else {
            return Response(.message(503, "the sandbox is starting"), to: request)
        }
        let destination = Destination(asked, at: system)
        let fault = desk.fault(for: destination.request, system: system, cluster: destination.cluster)
        if let delay = fault?.delay, delay > 0 { try await Task.sleep(for: .seconds(delay)) }

        let answer: SandboxResponse
        switch fault?.outcome {
        case .dropRequest?: answer = SandboxResponse(status: 0)
        case .answer(let instead)?: answer = instead.response(from: system)
        case .none?, .dropAnswer?, .cutBody?, nil: answer = await machines.respond(to: destination)
        }
        stage.noteRequest(destination.request)
        log.write(
            RequestLine(
                started: started, ended: Date(), system: system, cluster: destination.cluster,
                request: destination.request, status: answer.status, fault: fault))

        switch fault?.outcome {
        case .dropRequest?, .dropAnswer?:
            try? await context.channel.close()
            throw CutConnection()
        case .cutBody(let bytes)?: return Response(answer, to: request, cutAfter: bytes)
        case .none?, .answer?, nil: return Response(answer, to: request)
        }
    }
}
