import Foundation

/// A kubeconfig with one cluster, one user and one context, as `az aks get-credentials` would write it.
struct Kubeconfig: Sendable {
    let name: String
    let server: String
    let caPEM: String
    let token: String
    let context: String

    var text: String {
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: \(name)
          cluster:
            certificate-authority-data: \(Data(caPEM.utf8).base64EncodedString())
            server: \(server)
        users:
        - name: \(context)-user
          user:
            token: \(token)
        contexts:
        - name: \(context)
          context:
            cluster: \(name)
            user: \(context)-user
        current-context: \(context)
        preferences: {}

        """
    }
}
