import AulaModel
import Foundation

/// What GitLab refuses in a cluster's registration.
extension GitLabInstance {
    /// - Throws: 400 with what is wrong, by field.
    func validate(_ cluster: Cluster, in holder: Holder) throws {
        var problems: [(field: String, text: String)] = []
        if cluster.name.isEmpty { problems.append(("name", "can't be blank")) }
        if !(1...255).contains(cluster.scope.count) {
            problems.append(("environment_scope", "is too long (maximum is 255 characters)"))
        }
        let others = self[contents: holder].clusters.filter { $0.id != cluster.id }
        if others.contains(where: { $0.scope == cluster.scope }) {
            problems.append(("environment_scope", "cannot add duplicated environment scope"))
        }
        if let problem = ClusterAddress(cluster.apiURL).problem(localRequests: settings.localRequests) {
            problems.append(("platform_kubernetes.api_url", problem))
        }
        if cluster.token.isEmpty { problems.append(("platform_kubernetes.token", "can't be blank")) }
        if cluster.token.count > 8_192 {
            problems.append(("platform_kubernetes.token", "is too long (maximum is 8192 characters)"))
        }
        if let certificate = cluster.certificate, !certificate.isEmpty, !Self.isCertificate(certificate) {
            problems.append(("platform_kubernetes.ca_cert", "must be a valid PEM certificate"))
        }
        problems += namespaceProblems(cluster, in: holder)
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
    }

    private func namespaceProblems(_ cluster: Cluster, in holder: Holder) -> [(field: String, text: String)] {
        guard let namespace = cluster.namespace else { return [] }
        let field = "platform_kubernetes.namespace"
        if holder.kind == .group, cluster.managed { return [(field, "only allowed for project cluster")] }
        if namespace == "gitlab-managed-apps" { return [(field, "is reserved")] }
        guard namespace.count <= 63, namespace.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil else {
            return [
                (
                    field,
                    "can contain only lowercase letters, digits, and '-'. Must start with a letter, and cannot end with "
                        + "'-'"
                )
            ]
        }
        return []
    }

    /// Whether the text is a PEM block whose content begins like a certificate's DER.
    private static func isCertificate(_ text: String) -> Bool {
        guard text.count <= 65_535, text.hasPrefix("-----BEGIN CERTIFICATE-----"),
            let end = text.range(of: "-----END CERTIFICATE-----")
        else { return false }
        let body = text[..<end.lowerBound].dropFirst("-----BEGIN CERTIFICATE-----".count).filter { !$0.isWhitespace }
        return Data(base64Encoded: String(body))?.first == 0x30
    }
}
