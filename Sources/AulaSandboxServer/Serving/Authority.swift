import Crypto
import Foundation
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// The sandbox's own certificate authority, and the certificate of its servers.
///
/// The authority stays the same as long as its folder does, because clients keep it: in kubeconfigs, in token Secrets,
/// in GitLab's variables. The servers' certificate is made anew at every start.
struct Authority: Sendable {
    let caPEM: String
    private let chainPEM: String
    private let keyPEM: String

    private static let certificateFile = "ca.pem"
    private static let keyFile = "ca-key.pem"
    private static let day: TimeInterval = 86_400

    init(in folder: StateFolder, now: Date = Date()) throws {
        let (certificate, key) = try Authority.kept(in: folder, now: now) ?? Authority.make(in: folder, now: now)
        caPEM = try certificate.serializeAsPEM().pemString
        (chainPEM, keyPEM) = try Authority.issue(from: certificate, key, now: now)
    }

    /// What the TLS servers are set up with.
    func serverConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(chainPEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)))
        configuration.applicationProtocols = ["http/1.1"]
        // The default of 5 s delays the end of the sandbox by as much for every idle connection.
        configuration.shutdownTimeout = .milliseconds(100)
        return configuration
    }

    private static func kept(
        in folder: StateFolder, now: Date
    ) throws -> (Certificate, P256.Signing.PrivateKey)? {
        guard let certificateData = folder.read(certificateFile), let keyData = folder.read(keyFile),
            let certificate = try? Certificate(pemEncoded: String(decoding: certificateData, as: UTF8.self)),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: String(decoding: keyData, as: UTF8.self)),
            certificate.notValidAfter > now.addingTimeInterval(30 * day)
        else { return nil }
        return (certificate, key)
    }

    private static func make(in folder: StateFolder, now: Date) throws -> (Certificate, P256.Signing.PrivateKey) {
        let key = P256.Signing.PrivateKey()
        let signer = Certificate.PrivateKey(key)
        let name = try DistinguishedName {
            OrganizationName("aula")
            CommonName("aula sandbox CA")
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: signer.publicKey,
            notValidBefore: now.addingTimeInterval(-300), notValidAfter: now.addingTimeInterval(730 * day),
            issuer: name, subject: name,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: signer.publicKey)
            },
            issuerPrivateKey: signer)
        try folder.write(certificate.serializeAsPEM().pemString + "\n", to: certificateFile)
        try folder.write(key.pemRepresentation + "\n", to: keyFile)
        return (certificate, key)
    }

    private static func issue(
        from authority: Certificate, _ key: P256.Signing.PrivateKey, now: Date
    ) throws -> (chain: String, key: String) {
        let leafKey = P256.Signing.PrivateKey()
        let publicKey = Certificate.PrivateKey(leafKey).publicKey
        let identifier = try authority.extensions.subjectKeyIdentifier?.keyIdentifier
        let loopback: [GeneralName] = [
            .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])), .dnsName("localhost"),
        ]
        let leaf = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: publicKey,
            notValidBefore: now.addingTimeInterval(-300), notValidAfter: now.addingTimeInterval(365 * day),
            issuer: authority.subject, subject: try DistinguishedName { CommonName("aula sandbox") },
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(loopback)
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: identifier)
            },
            issuerPrivateKey: Certificate.PrivateKey(key))
        return (try leaf.serializeAsPEM().pemString, leafKey.pemRepresentation)
    }
}
