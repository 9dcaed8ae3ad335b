import AulaModel
import NIOSSL

/// Certificates of an authority that the system does not know: a university's own, or the sandbox's.
struct CertificateFile {
    let certificates: [NIOSSLCertificate]

    /// Nil when neither `AULA_CA_FILE` nor `SSL_CERT_FILE` is set; the first one wins.
    init?(environment: [String: String]) throws {
        let names = ["AULA_CA_FILE", "SSL_CERT_FILE"]
        guard let name = names.first(where: { environment[$0]?.isEmpty == false }), let path = environment[name]
        else { return nil }
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(path)
        } catch {
            throw DiagnosticError(
                "\(name) names \(path), which cannot be read as PEM certificates",
                hint: "name a file with the certificate of your authority, or unset \(name)")
        }
    }
}
