import AsyncHTTPClient
package import AulaEngine
import AulaModel
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends requests over TLS or a unix socket, with connections that are kept and reused.
///
/// It follows no redirect, speaks HTTP/1.1 and tries each connection once: whether to try again is the engine's
/// decision. Call `close` at the end.
package final class HTTPClientTransport: HTTPTransport {
    /// The most that one answer may hold: a LIST of a university's cluster is about 20 MB.
    package static let answerLimit = 64 << 20
    /// Connections per host; the engine's width and the reads in bulk stay below it.
    package static let connectionsPerHost = 16

    private let client: HTTPClient

    /// - Parameters:
    ///   - environment: `AULA_CA_FILE` or `SSL_CERT_FILE` names certificates to trust besides the system's.
    ///   - authorities: certificates in PEM that alone are trusted, as a kubeconfig has them; empty where the public
    ///     ones do.
    /// - Throws: `DiagnosticError` when that file cannot be read, or the text is no certificate.
    package init(environment: [String: String], authorities: String = "") throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        if !authorities.isEmpty {
            guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(authorities.utf8)) else {
                throw DiagnosticError("the kubeconfig's certificate authority is no PEM certificate")
            }
            tls.trustRoots = .certificates(certificates)
        }
        if let authorities = try CertificateFile(environment: environment) {
            tls.additionalTrustRoots = [.certificates(authorities.certificates)]
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(120)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connectionsPerHost
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func close() async {
        try? await client.shutdown()
    }

    package func send(_ request: APIRequest) async throws -> APIResponse {
        try Task.checkCancellation()
        do {
            let response = try await client.execute(
                HTTPClientRequest(request), timeout: TimeAmount(request.timeout))
            let body = try await response.body.collect(upTo: Self.answerLimit)
            var headers: [String: String] = [:]
            for header in response.headers {
                let name = header.name.lowercased()
                headers[name] = headers[name].map { "\($0), \(header.value)" } ?? header.value
            }
            return APIResponse(status: Int(response.status.code), headers: headers, body: Data(body.readableBytesView))
        } catch {
            try Task.checkCancellation()
            throw TransportError(error, timeout: request.timeout, limit: Self.answerLimit)
        }
    }
}

extension HTTPClientRequest {
    fileprivate init(_ request: APIRequest) {
        self.init(url: request.url)
        method = .init(rawValue: request.method)
        for (name, value) in request.headers { headers.replaceOrAdd(name: name, value: value) }
        if case .unixSocket = request.endpoint { headers.replaceOrAdd(name: "Host", value: "localhost") }
        if let data = request.body { body = .bytes(data) }
    }
}
