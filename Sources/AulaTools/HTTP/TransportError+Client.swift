import AsyncHTTPClient
import AulaEngine
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension TransportError {
    /// Sorts the client's errors by the one question that matters: whether the request may have been carried out.
    ///
    /// What is not known to have failed before the request was sent counts as lost.
    init(_ error: any Error, timeout: Duration, limit: Int) {
        switch error {
        case let error as HTTPClientError where Self.unsent.contains(error):
            self = .cannotConnect(error.shortDescription)
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error):
            self = .timedOut(after: timeout)
        case is NIOTooManyBytesError: self = .answerTooLarge(limit: limit)
        case let error as NIOConnectionError: self = .cannotConnect(Self.reason(error))
        case let error as NIOSSLError where Self.isHandshake(error): self = .cannotConnect(Self.reason(error))
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self = .cannotConnect("the server's certificate is for another name than this address")
        case let error as IOError where Self.refusals.contains(error.errnoCode):
            self = .cannotConnect(String(cString: strerror(error.errnoCode)))
        case let error as HTTPClientError: self = .connectionLost(error.shortDescription)
        default: self = .connectionLost(String(describing: error))
        }
    }

    private static let unsent: [HTTPClientError] = [
        .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .invalidURL, .emptyHost, .emptyScheme,
        .missingSocketPath,
    ]

    private static let refusals: Set<CInt> = [ECONNREFUSED, ENOENT, EACCES, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL]

    private static func reason(_ error: NIOConnectionError) -> String {
        guard let refused = error.connectionErrors.first else { return "the name \(error.host) is unknown" }
        let cause = (refused.error as? IOError).map { String(cString: strerror($0.errnoCode)) }
        return "\(error.host):\(error.port): \(cause ?? String(describing: refused.error))"
    }

    /// BoringSSL names the cause somewhere in its words.
    private static func reason(_ error: NIOSSLError) -> String {
        let text = String(describing: error)
        let causes = [
            ("certificate has expired", "the server's certificate has expired; is this machine's clock right?"),
            (
                "certificate is not yet valid",
                "the server's certificate is not valid yet; is this machine's clock right?"
            ),
            ("CERTIFICATE_VERIFY_FAILED", "the server's certificate is not trusted"),
            ("WRONG_VERSION_NUMBER", "the server does not speak TLS"),
        ]
        return causes.first { text.contains($0.0) }?.1
            ?? "the server's certificate is not trusted, or it does not speak TLS (\(text))"
    }

    private static func isHandshake(_ error: NIOSSLError) -> Bool {
        switch error {
        case .handshakeFailed, .unableToValidateCertificate, .failedToLoadCertificate: true
        default: false
        }
    }
}
